// CAdES signatures without a session: making and judging them.
#ifndef KAMUSM_CADES_HPP
#define KAMUSM_CADES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "error.hpp"
#include "octets.hpp"

namespace kamusm {

namespace cades {

// A signature that lacks only its value: sign to_be_signed() with a key from anywhere.
class signing {
public:
    // `chain`: certificates above the signer's, DER, to embed. `signing_time_unix_s`: what the signer says.
    signing(octets content, octets certificate, const std::vector<octets> &chain, bool attached,
            std::int64_t signing_time_unix_s)
        : object_(begin(content, certificate, chain, attached, signing_time_unix_s)) {}

    octets to_be_signed() const noexcept { return kamusm_cades_signing_to_be_signed(object_.get()); }
    octets digest() const noexcept { return kamusm_cades_signing_digest(object_.get()); }
    kamusm_algorithm algorithm() const noexcept { return kamusm_cades_signing_algorithm(object_.get()); }
    // The signature file; a value that does not verify with the certificate is thrown.
    std::vector<std::uint8_t> finish(octets signature) const {
        detail::owner<kamusm_octets, kamusm_octets_free> cms(detail::make<kamusm_octets>(
            kamusm_cades_signing_finish, object_.get(), signature.data(), signature.size()));
        return octets(kamusm_octets_bytes(cms.get())).copy();
    }

private:
    static kamusm_cades_signing *begin(octets content, octets certificate, const std::vector<octets> &chain,
                                       bool attached, std::int64_t signing_time_unix_s) {
        detail::owner<kamusm_cades_profile, kamusm_cades_profile_free> profile(
            kamusm_cades_profile_new(attached, signing_time_unix_s));
        std::vector<kamusm_bytes> list = detail::raw(chain);
        return detail::make<kamusm_cades_signing>(kamusm_cades_begin, content.data(), content.size(),
                                                  certificate.raw(), list.data(), list.size(), profile.get());
    }

    detail::owner<kamusm_cades_signing, kamusm_cades_signing_free> object_;
};

// What a signature is judged by; nothing is fetched.
class policy {
public:
    explicit policy(std::int64_t at_unix_s) : object_(kamusm_cades_policy_new(at_unix_s)) {}

    // Certificates: one in DER or any number in PEM.
    policy &add_anchors(octets data) { return add(kamusm_cades_policy_add_anchors, data); }
    policy &add_intermediates(octets data) { return add(kamusm_cades_policy_add_intermediates, data); }
    policy &add_crl(octets der) { return add(kamusm_cades_policy_add_crl, der); }
    policy &add_ocsp_response(octets der) { return add(kamusm_cades_policy_add_ocsp_response, der); }
    policy &revocation(kamusm_cades_revocation revocation) {
        detail::call(kamusm_cades_policy_set_revocation, object_.get(), revocation);
        return *this;
    }
    const kamusm_cades_policy *raw() const noexcept { return object_.get(); }

private:
    template <class Function>
    policy &add(Function function, octets data) {
        detail::call(function, object_.get(), data.data(), data.size());
        return *this;
    }

    detail::owner<kamusm_cades_policy, kamusm_cades_policy_free> object_;
};

// One verdict per signer; never empty.
class report {
public:
    report(octets cms, const policy &policy) : object_(judge(cms, nullptr, policy)) {}
    // `detached`: the content if the file does not hold it.
    report(octets cms, octets detached, const policy &policy) : object_(judge(cms, &detached, policy)) {}

    std::size_t size() const noexcept { return kamusm_cades_report_count(object_.get()); }
    kamusm_cades_indication indication(std::size_t index) const noexcept {
        return kamusm_cades_report_indication(object_.get(), index);
    }
    // Empty if it passed.
    std::string_view sub_indication(std::size_t index) const noexcept {
        return detail::view(kamusm_cades_report_sub_indication(object_.get(), index));
    }
    std::string_view reason(std::size_t index) const noexcept {
        return detail::view(kamusm_cades_report_reason(object_.get(), index));
    }
    octets signer(std::size_t index) const noexcept { return kamusm_cades_report_signer(object_.get(), index); }
    octets signer_fingerprint(std::size_t index) const noexcept {
        return kamusm_cades_report_signer_fingerprint(object_.get(), index);
    }
    std::optional<std::int64_t> signing_time_unix_s(std::size_t index) const noexcept {
        std::int64_t value = 0;
        return kamusm_cades_report_signing_time(object_.get(), index, &value) ? std::optional<std::int64_t>(value)
                                                                              : std::nullopt;
    }
    std::string_view level(std::size_t index) const noexcept {
        return detail::view(kamusm_cades_report_level(object_.get(), index));
    }
    std::size_t warning_count(std::size_t index) const noexcept {
        return kamusm_cades_report_warning_count(object_.get(), index);
    }
    std::string_view warning(std::size_t index, std::size_t warning) const noexcept {
        return detail::view(kamusm_cades_report_warning(object_.get(), index, warning));
    }
    std::size_t file_warning_count() const noexcept { return kamusm_cades_report_file_warning_count(object_.get()); }
    std::string_view file_warning(std::size_t index) const noexcept {
        return detail::view(kamusm_cades_report_file_warning(object_.get(), index));
    }

private:
    static kamusm_cades_report *judge(octets cms, const octets *detached, const policy &policy) {
        kamusm_bytes content = detached != nullptr ? detached->raw() : kamusm_bytes();
        return detail::make<kamusm_cades_report>(kamusm_cades_verify, cms.data(), cms.size(),
                                                 detached != nullptr ? &content : nullptr, policy.raw());
    }

    detail::owner<kamusm_cades_report, kamusm_cades_report_free> object_;
};

}  // namespace cades

}  // namespace kamusm

#endif  // KAMUSM_CADES_HPP
