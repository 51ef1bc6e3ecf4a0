// What can sign, as a token lists it.
#ifndef KAMUSM_IDENTITY_HPP
#define KAMUSM_IDENTITY_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "error.hpp"
#include "octets.hpp"

namespace kamusm {

// A certificate in a list of identities, which owns it.
class identity {
public:
    explicit identity(const kamusm_identity *object) noexcept : object_(object) {}

    octets certificate() const noexcept { return kamusm_identity_certificate(object_); }
    octets fingerprint() const noexcept { return kamusm_identity_fingerprint(object_); }
    std::string_view common_name() const noexcept { return detail::view(kamusm_identity_common_name(object_)); }
    std::string_view token_label() const noexcept { return detail::view(kamusm_identity_token_label(object_)); }
    std::string_view reader() const noexcept { return detail::view(kamusm_identity_reader(object_)); }
    std::int64_t not_before_unix_s() const noexcept { return kamusm_identity_not_before_unix_s(object_); }
    std::int64_t not_after_unix_s() const noexcept { return kamusm_identity_not_after_unix_s(object_); }
    error_view refusal() const noexcept { return kamusm_identity_refusal(object_); }
    kamusm_purpose purpose() const noexcept { return kamusm_identity_purpose(object_); }
    bool has_pin_pad() const noexcept { return kamusm_identity_has_pin_pad(object_); }
    int pin_tries_left() const noexcept { return kamusm_identity_pin_tries_left(object_); }
    const kamusm_identity *raw() const noexcept { return object_; }

private:
    const kamusm_identity *object_;
};

class identities {
public:
    explicit identities(kamusm_identities *object) noexcept : object_(object) {}

    std::size_t size() const noexcept { return kamusm_identities_count(object_.get()); }
    identity operator[](std::size_t index) const noexcept {
        return identity(kamusm_identities_at(object_.get(), index));
    }

private:
    detail::owner<kamusm_identities, kamusm_identities_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_IDENTITY_HPP
