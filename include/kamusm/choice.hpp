// The lists that fields are chosen from.
#ifndef KAMUSM_CHOICE_HPP
#define KAMUSM_CHOICE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

class choices {
public:
    using object = kamusm_choices;
    static constexpr auto decoder = kamusm_choices_decode;

    explicit choices(kamusm_choices *made) noexcept : object_(made) {}

    static call<choices> list(const config &config, const person_token &token, const std::string &list) {
        return detail::ask<choices>(kamusm_choices_call, config, token, list.c_str(), nullptr);
    }
    // As it is in a province, by its two-digit code.
    static call<choices> list_of_province(const config &config, const person_token &token, const std::string &list,
                                          const std::string &province) {
        return detail::ask<choices>(kamusm_choices_call, config, token, list.c_str(), province.c_str());
    }

    std::size_t size() const noexcept { return kamusm_choices_count(object_.get()); }
    std::string_view code(std::size_t index) const noexcept {
        return detail::view(kamusm_choices_code(object_.get(), index));
    }
    std::string_view title(std::size_t index) const noexcept {
        return detail::view(kamusm_choices_title(object_.get(), index));
    }

private:
    detail::owner<kamusm_choices, kamusm_choices_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_CHOICE_HPP
