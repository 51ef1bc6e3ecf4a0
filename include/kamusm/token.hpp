// Cards and software keys.
#ifndef KAMUSM_TOKEN_HPP
#define KAMUSM_TOKEN_HPP

#include <cstdint>
#include <string>

#include "cancel.hpp"
#include "error.hpp"
#include "identity.hpp"
#include "octets.hpp"
#include "step.hpp"

namespace kamusm {

class sign_options {
public:
    sign_options() : object_(kamusm_sign_options_new()) {}

    // Copied; wipe your own octets at once.
    sign_options &pin(octets pin) { return set(kamusm_sign_options_set_pin, pin.data(), pin.size()); }
    sign_options &use_pad() { return set(kamusm_sign_options_use_pad); }
    sign_options &pad_policy(kamusm_pad_policy policy) { return set(kamusm_sign_options_set_pad_policy, policy); }
    sign_options &allow_final_try(bool allowed) { return set(kamusm_sign_options_allow_final_try, allowed); }
    sign_options &allow_host_login(bool allowed) { return set(kamusm_sign_options_allow_host_login, allowed); }
    kamusm_sign_options *raw() noexcept { return object_.get(); }

private:
    template <class Function, class... Arguments>
    sign_options &set(Function function, Arguments... arguments) {
        detail::call(function, object_.get(), arguments...);
        return *this;
    }

    detail::owner<kamusm_sign_options, kamusm_sign_options_free> object_;
};

// May be used from many threads and sessions at once.
class token {
public:
    static token open_module(const std::string &path, kamusm_init_policy policy = KAMUSM_INIT_POLICY_TOLERANT) {
        return token(detail::make<kamusm_token>(kamusm_token_open_module, path.c_str(), policy));
    }
    static token open_pkcs12(octets file, octets password) {
        return token(detail::make<kamusm_token>(kamusm_token_open_pkcs12, file.data(), file.size(), password.data(),
                                                password.size()));
    }
    static token open_pem(octets text, octets pin = {}) {
        return token(
            detail::make<kamusm_token>(kamusm_token_open_pem, text.data(), text.size(), pin.data(), pin.size()));
    }

    kamusm::identities identities(std::uint64_t within_ms = 10000) const {
        return kamusm::identities(
            detail::make<kamusm_identities>(kamusm_token_identities, object_.get(), within_ms));
    }
    // A wrong PIN is thrown; the same step comes again, so ask the person again.
    answer sign(const step &step, sign_options &options, const cancel *cancel = nullptr) const {
        return answer(detail::make<kamusm_answer>(kamusm_token_sign, object_.get(), step.raw(), options.raw(),
                                                  cancel != nullptr ? cancel->raw() : nullptr));
    }

private:
    explicit token(kamusm_token *object) noexcept : object_(object) {}

    detail::owner<kamusm_token, kamusm_token_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_TOKEN_HPP
