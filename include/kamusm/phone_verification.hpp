// The code by SMS that verifies the phone of the form.
#ifndef KAMUSM_PHONE_VERIFICATION_HPP
#define KAMUSM_PHONE_VERIFICATION_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// What the service says to a code that the person typed; a wrong one is thrown.
struct phone_attempt {
    bool is_verified;
};

namespace detail {

template <>
struct answer_of<phone_attempt> {
    static phone_attempt decode(const kamusm_call *call, const kamusm_response *response) {
        phone_attempt attempt{false};
        detail::call(kamusm_phone_attempt_decode, call, response, &attempt.is_verified);
        return attempt;
    }
};

}  // namespace detail

// A code on its way to the phone.
class phone_verification {
public:
    using object = kamusm_phone_verification;
    static constexpr auto decoder = kamusm_phone_verification_decode;

    explicit phone_verification(kamusm_phone_verification *made) noexcept : object_(made) {}

    // An earlier one is over.
    static call<phone_verification> start(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<phone_verification>(kamusm_phone_verification_call, config, token, number.c_str());
    }
    static call<phone_attempt> attempt(const config &config, const person_token &token, const std::string &number,
                                       const std::string &id, const std::string &sms_code) {
        return detail::ask<phone_attempt>(kamusm_phone_attempt_call, config, token, number.c_str(), id.c_str(),
                                          sms_code.c_str());
    }

    std::string_view id() const noexcept { return detail::view(kamusm_phone_verification_id(object_.get())); }
    std::string_view gsm() const noexcept { return detail::view(kamusm_phone_verification_gsm(object_.get())); }
    std::uint32_t expires_in_s() const noexcept { return kamusm_phone_verification_expires_in_s(object_.get()); }
    std::uint32_t attempts_left() const noexcept { return kamusm_phone_verification_attempts_left(object_.get()); }
    std::uint32_t resend_in_s() const noexcept { return kamusm_phone_verification_resend_in_s(object_.get()); }

private:
    detail::owner<kamusm_phone_verification, kamusm_phone_verification_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_PHONE_VERIFICATION_HPP
