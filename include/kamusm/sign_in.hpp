// The person's sign-in by e-Devlet, and what every sign-in brings.
#ifndef KAMUSM_SIGN_IN_HPP
#define KAMUSM_SIGN_IN_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// A person who signed in; lent by the last step of a session.
class signed_in_view {
public:
    explicit signed_in_view(const kamusm_signed_in *object) noexcept : object_(object) {}

    // Whether somebody did.
    explicit operator bool() const noexcept { return object_ != nullptr; }
    // What the person's calls are made with; it does not need this object any more.
    person_token token() const {
        return person_token(detail::make<kamusm_person_token>(kamusm_signed_in_token, object_));
    }
    std::uint64_t expires_in_s() const noexcept { return kamusm_signed_in_expires_in_s(object_); }
    std::string_view name() const noexcept { return detail::view(kamusm_signed_in_name(object_)); }
    std::string_view tckn() const noexcept { return detail::view(kamusm_signed_in_tckn(object_)); }

private:
    const kamusm_signed_in *object_;
};

class signed_in : public signed_in_view {
public:
    using object = kamusm_signed_in;
    static constexpr auto decoder = kamusm_signed_in_decode;

    explicit signed_in(kamusm_signed_in *made) noexcept : signed_in_view(made), object_(made) {}

private:
    detail::owner<kamusm_signed_in, kamusm_signed_in_free> object_;
};

// One sign-in by e-Devlet: open address() in the person's browser; returned() takes the address that it comes back to.
class edevlet {
public:
    edevlet(const config &config, const std::string &client_id, const std::string &redirect_uri)
        : object_(detail::make<kamusm_edevlet>(kamusm_edevlet_new, config.raw(), client_id.c_str(),
                                               redirect_uri.c_str())) {}

    std::string_view address() const noexcept { return detail::view(kamusm_edevlet_address(object_.get())); }
    bool is_return(const std::string &address) const noexcept {
        return kamusm_edevlet_is_return(object_.get(), address.c_str());
    }
    call<signed_in> returned(const std::string &address) const {
        return call<signed_in>(
            detail::make<kamusm_call>(kamusm_edevlet_returned_call, object_.get(), address.c_str()));
    }

private:
    detail::owner<kamusm_edevlet, kamusm_edevlet_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_SIGN_IN_HPP
