// Many pre-applications followed cheaply.
#ifndef KAMUSM_FOLLOW_HPP
#define KAMUSM_FOLLOW_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "application.hpp"
#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// Something new about a number.
class change {
public:
    explicit change(kamusm_change *made) noexcept : object_(made) {}

    // Whether there is something.
    explicit operator bool() const noexcept { return object_ != nullptr; }
    std::string_view no() const noexcept { return detail::view(kamusm_change_no(object_.get())); }
    kamusm::status status() const noexcept { return kamusm::status(kamusm_change_status(object_.get())); }
    error_view error() const noexcept { return kamusm_change_error(object_.get()); }

private:
    detail::owner<kamusm_change, kamusm_change_free> object_;
};

// Says whom to ask next. While next() gives calls, perform them (http::perform), several at once, and give the answers.
class follow {
public:
    follow(const config &config, const person_token &token, const std::string &institution,
           const std::vector<std::string> &numbers, std::size_t parallel)
        : object_(begin(config, token, institution, numbers, parallel)) {}

    // Nothing where none is due; the call counts as open until its answer is given.
    std::optional<call<change>> next() {
        kamusm_call *made = detail::make<kamusm_call>(kamusm_follow_next, object_.get(), kamusm_clock_monotonic_ms());
        if (made == nullptr) return std::nullopt;
        return call<change>(made);
    }
    change answer(const call<change> &call, const response &response) {
        return change(detail::make<kamusm_change>(kamusm_follow_answer, object_.get(), call.raw(), response.raw(),
                                                  kamusm_clock_monotonic_ms()));
    }
    change failed(const call<change> &call, kamusm_transport_failure failure) {
        return change(detail::make<kamusm_change>(kamusm_follow_failed, object_.get(), call.raw(),
                                                  static_cast<std::int32_t>(failure), kamusm_clock_monotonic_ms()));
    }
    std::optional<std::uint64_t> deadline_ms() const noexcept {
        std::uint64_t value = 0;
        return kamusm_follow_deadline(object_.get(), &value) ? std::optional<std::uint64_t>(value) : std::nullopt;
    }
    std::size_t total() const noexcept { return kamusm_follow_total(object_.get()); }
    std::size_t known() const noexcept { return kamusm_follow_known(object_.get()); }
    std::size_t refused() const noexcept { return kamusm_follow_refused(object_.get()); }
    std::size_t open() const noexcept { return kamusm_follow_open(object_.get()); }

private:
    static kamusm_follow *begin(const config &config, const person_token &token, const std::string &institution,
                                const std::vector<std::string> &numbers, std::size_t parallel) {
        std::vector<const char *> list = detail::raw(numbers);
        return detail::make<kamusm_follow>(kamusm_follow_new, config.raw(), token.raw(), institution.c_str(),
                                           list.data(), list.size(), parallel);
    }

    detail::owner<kamusm_follow, kamusm_follow_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_FOLLOW_HPP
