// The accepted signatures of an application, and the records of e-onay.
#ifndef KAMUSM_EVIDENCE_HPP
#define KAMUSM_EVIDENCE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"
#include "octets.hpp"

namespace kamusm {

// The octets of one of them.
class evidence_content {
public:
    using object = kamusm_octets;
    static constexpr auto decoder = kamusm_evidence_download_decode;

    explicit evidence_content(kamusm_octets *made) noexcept : object_(made) {}

    kamusm::octets octets() const noexcept { return kamusm_octets_bytes(object_.get()); }

private:
    detail::owner<kamusm_octets, kamusm_octets_free> object_;
};

// Lent by its list.
class evidence {
public:
    explicit evidence(const kamusm_evidence *object) noexcept : object_(object) {}

    std::string_view id() const noexcept { return detail::view(kamusm_evidence_id(object_)); }
    std::string_view session_id() const noexcept { return detail::view(kamusm_evidence_session_id(object_)); }
    std::string_view document_id() const noexcept { return detail::view(kamusm_evidence_document_id(object_)); }
    std::string_view media_type() const noexcept { return detail::view(kamusm_evidence_media_type(object_)); }
    std::size_t length() const noexcept { return kamusm_evidence_length(object_); }
    std::string_view digest() const noexcept { return detail::view(kamusm_evidence_digest(object_)); }
    std::string_view created_at() const noexcept { return detail::view(kamusm_evidence_created_at(object_)); }
    call<evidence_content> download(const config &config, const person_token &token, const std::string &number) const {
        return call<evidence_content>(detail::make<kamusm_call>(kamusm_evidence_download_call, object_, config.raw(),
                                      token.raw(), number.c_str()));
    }

private:
    const kamusm_evidence *object_;
};

class evidence_list {
public:
    using object = kamusm_evidence_list;
    static constexpr auto decoder = kamusm_evidence_list_decode;

    explicit evidence_list(kamusm_evidence_list *made) noexcept : object_(made) {}

    static call<evidence_list> list(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<evidence_list>(kamusm_evidence_list_call, config, token, number.c_str());
    }

    std::size_t size() const noexcept { return kamusm_evidence_list_count(object_.get()); }
    evidence operator[](std::size_t index) const noexcept {
        return evidence(kamusm_evidence_list_at(object_.get(), index));
    }

private:
    detail::owner<kamusm_evidence_list, kamusm_evidence_list_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_EVIDENCE_HPP
