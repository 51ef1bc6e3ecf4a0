// The person who is signed in.
#ifndef KAMUSM_PERSON_HPP
#define KAMUSM_PERSON_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// The consent to e-onay, lent by what the service knows of the person.
class consent_view {
public:
    explicit consent_view(const kamusm_consent *object) noexcept : object_(object) {}

    bool is_given() const noexcept { return kamusm_consent_is_given(object_); }
    std::string_view given_at() const noexcept { return detail::view(kamusm_consent_given_at(object_)); }

private:
    const kamusm_consent *object_;
};

class consent : public consent_view {
public:
    using object = kamusm_consent;
    static constexpr auto decoder = kamusm_consent_decode;

    explicit consent(kamusm_consent *made) noexcept : consent_view(made), object_(made) {}

    // The person agrees to e-onay.
    static call<consent> give(const config &config, const person_token &token, bool is_accepted) {
        return detail::ask<consent>(kamusm_consent_call, config, token, is_accepted);
    }

private:
    detail::owner<kamusm_consent, kamusm_consent_free> object_;
};

// What the service knows of the person, masked by the service.
class me {
public:
    using object = kamusm_me;
    static constexpr auto decoder = kamusm_me_decode;

    explicit me(kamusm_me *made) noexcept : object_(made) {}

    static call<me> read(const config &config, const person_token &token) {
        return detail::ask<me>(kamusm_me_call, config, token);
    }

    std::string_view name() const noexcept { return detail::view(kamusm_me_name(object_.get())); }
    std::string_view tckn() const noexcept { return detail::view(kamusm_me_tckn(object_.get())); }
    std::string_view email() const noexcept { return detail::view(kamusm_me_email(object_.get())); }
    std::string_view gsm() const noexcept { return detail::view(kamusm_me_gsm(object_.get())); }
    consent_view eonay_consent() const noexcept { return consent_view(kamusm_me_eonay_consent(object_.get())); }
    bool has_valid_certificate() const noexcept { return kamusm_me_has_valid_certificate(object_.get()); }
    std::size_t institution_count() const noexcept { return kamusm_me_institution_count(object_.get()); }
    std::string_view institution_id(std::size_t index) const noexcept {
        return detail::view(kamusm_me_institution_id(object_.get(), index));
    }
    std::string_view institution_name(std::size_t index) const noexcept {
        return detail::view(kamusm_me_institution_name(object_.get(), index));
    }

private:
    detail::owner<kamusm_me, kamusm_me_free> object_;
};

// What Kimlik Bilgilerimi Güncelle brought.
class identity_refresh {
public:
    using object = kamusm_identity_refresh;
    static constexpr auto decoder = kamusm_identity_refresh_decode;

    explicit identity_refresh(kamusm_identity_refresh *made) noexcept : object_(made) {}

    static call<identity_refresh> ask(const config &config, const person_token &token) {
        return detail::ask<identity_refresh>(kamusm_identity_refresh_call, config, token);
    }

    std::string_view name() const noexcept { return detail::view(kamusm_identity_refresh_name(object_.get())); }
    std::string_view tckn() const noexcept { return detail::view(kamusm_identity_refresh_tckn(object_.get())); }
    bool is_changed() const noexcept { return kamusm_identity_refresh_is_changed(object_.get()); }

private:
    detail::owner<kamusm_identity_refresh, kamusm_identity_refresh_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_PERSON_HPP
