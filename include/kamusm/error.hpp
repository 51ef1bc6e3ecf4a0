// Errors: a view, and the exception that every failing call throws.
#ifndef KAMUSM_ERROR_HPP
#define KAMUSM_ERROR_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "owner.hpp"

namespace kamusm {

// An error that another object owns; none if it is false.
class error_view {
public:
    error_view(const kamusm_error *error) noexcept : error_(error) {}

    explicit operator bool() const noexcept { return error_ != nullptr; }
    kamusm_result code() const noexcept { return kamusm_error_code(error_); }
    // For developers, such as "PIN_INCORRECT".
    std::string_view name() const noexcept { return detail::view(kamusm_result_name(code())); }
    kamusm_category category() const noexcept { return kamusm_error_category(error_); }
    std::string_view message() const noexcept { return detail::view(kamusm_error_message(error_)); }
    std::string_view text(const char *language = "tr") const noexcept {
        return detail::view(kamusm_error_text(error_, language));
    }
    bool is_retryable() const noexcept { return kamusm_error_is_retryable(error_); }
    std::uint16_t http_status() const noexcept { return kamusm_error_http_status(error_); }
    std::int64_t retry_after_s() const noexcept { return kamusm_error_retry_after_s(error_); }
    std::string_view problem() const noexcept { return detail::view(kamusm_error_problem(error_)); }
    std::string_view request_id() const noexcept { return detail::view(kamusm_error_request_id(error_)); }
    // What is wrong with what was sent, with KAMUSM_RESULT_FORM_INVALID.
    std::size_t field_count() const noexcept { return kamusm_error_field_count(error_); }
    std::string_view field_pointer(std::size_t index) const noexcept {
        return detail::view(kamusm_error_field_pointer(error_, index));
    }
    kamusm_field_error field_code(std::size_t index) const noexcept { return kamusm_error_field_code(error_, index); }
    std::string_view field_word(std::size_t index) const noexcept {
        return detail::view(kamusm_error_field_word(error_, index));
    }
    std::int64_t attempts_left() const noexcept { return kamusm_error_attempts_left(error_); }
    std::string_view upstream() const noexcept { return detail::view(kamusm_error_upstream(error_)); }
    int pin_tries_left() const noexcept { return kamusm_error_pin_tries_left(error_); }
    bool used_pin_try() const noexcept { return kamusm_error_used_pin_try(error_); }
    std::optional<std::uint64_t> ck_rv() const noexcept {
        std::uint64_t value = 0;
        return kamusm_error_ck_rv(error_, &value) ? std::optional<std::uint64_t>(value) : std::nullopt;
    }
    error_view cause() const noexcept { return kamusm_error_cause(error_); }
    const kamusm_error *raw() const noexcept { return error_; }

private:
    const kamusm_error *error_;
};

// What every failing call throws. It holds the error object; copies share it.
class error : public std::exception, public error_view {
public:
    explicit error(kamusm_error *object) : error_view(object), object_(object, kamusm_error_free) {}
    // For answers of callers who choose or sign by themselves; throws if `code` is the number of no error.
    error(kamusm_result code, const std::string &reason) : error(make(code, reason)) {}

    const char *what() const noexcept override {
        const char *message = kamusm_error_message(raw());
        return message != nullptr ? message : "libkamusm";
    }

private:
    static kamusm_error *make(kamusm_result code, const std::string &reason) {
        kamusm_error *made = nullptr, *why = nullptr;
        kamusm_error_new(code, reason.c_str(), &made, &why);
        if (why != nullptr) throw error(why);
        return made;
    }

    std::shared_ptr<kamusm_error> object_;
};

namespace detail {

// Calls a C function whose last argument is the place for the error.
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
    kamusm_error *why = nullptr;
    if (function(arguments..., &why) != KAMUSM_RESULT_OK) throw error(why);
}

// The same for one whose last output is an object.
template <class T, class Function, class... Arguments>
T *make(Function function, Arguments... arguments) {
    T *made = nullptr;
    call(function, arguments..., &made);
    return made;
}

}  // namespace detail

}  // namespace kamusm

#endif  // KAMUSM_ERROR_HPP
