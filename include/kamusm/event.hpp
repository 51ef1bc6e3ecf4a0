// What happened to an application, the latest first.
#ifndef KAMUSM_EVENT_HPP
#define KAMUSM_EVENT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

class events {
public:
    using object = kamusm_events;
    static constexpr auto decoder = kamusm_events_decode;

    explicit events(kamusm_events *made) noexcept : object_(made) {}

    static call<events> list(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<events>(kamusm_events_call, config, token, number.c_str());
    }

    std::size_t size() const noexcept { return kamusm_events_count(object_.get()); }
    std::string_view time(std::size_t index) const noexcept {
        return detail::view(kamusm_events_time(object_.get(), index));
    }
    std::string_view code(std::size_t index) const noexcept {
        return detail::view(kamusm_events_code(object_.get(), index));
    }
    std::string_view text(std::size_t index) const noexcept {
        return detail::view(kamusm_events_text(object_.get(), index));
    }

private:
    detail::owner<kamusm_events, kamusm_events_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_EVENT_HPP
