// How an application can be approved, and the texts that must be read before.
#ifndef KAMUSM_APPROVAL_HPP
#define KAMUSM_APPROVAL_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"
#include "octets.hpp"

namespace kamusm {

// The octets of a text.
class commitment_content {
public:
    using object = kamusm_octets;
    static constexpr auto decoder = kamusm_commitment_content_decode;

    explicit commitment_content(kamusm_octets *made) noexcept : object_(made) {}

    std::string_view text() const noexcept { return octets(kamusm_octets_bytes(object_.get())).text(); }

private:
    detail::owner<kamusm_octets, kamusm_octets_free> object_;
};

// The proof that a text was read.
class commitment_view {
public:
    using object = kamusm_commitment_view;
    static constexpr auto decoder = kamusm_commitment_view_decode;

    explicit commitment_view(kamusm_commitment_view *made) noexcept : object_(made) {}

    std::string_view id() const noexcept { return detail::view(kamusm_commitment_view_id(object_.get())); }

private:
    detail::owner<kamusm_commitment_view, kamusm_commitment_view_free> object_;
};

// A text that the person must read; lent by its approval.
class commitment {
public:
    explicit commitment(const kamusm_commitment *object) noexcept : object_(object) {}

    std::string_view id() const noexcept { return detail::view(kamusm_commitment_id(object_)); }
    std::string_view title() const noexcept { return detail::view(kamusm_commitment_title(object_)); }
    std::string_view version() const noexcept { return detail::view(kamusm_commitment_version(object_)); }
    std::string_view digest() const noexcept { return detail::view(kamusm_commitment_digest(object_)); }
    std::size_t length() const noexcept { return kamusm_commitment_length(object_); }
    call<commitment_content> content(const config &config, const person_token &token) const {
        return call<commitment_content>(detail::make<kamusm_call>(kamusm_commitment_content_call, object_, config.raw(),
                                        token.raw()));
    }
    // Tells that the person read it.
    call<commitment_view> view(const config &config, const person_token &token, const std::string &number,
                               bool is_read_to_end) const {
        return call<commitment_view>(detail::make<kamusm_call>(kamusm_commitment_view_call, object_, config.raw(),
                                     token.raw(), number.c_str(), is_read_to_end));
    }

private:
    const kamusm_commitment *object_;
};

class approval {
public:
    using object = kamusm_approval;
    static constexpr auto decoder = kamusm_approval_decode;

    explicit approval(kamusm_approval *made) noexcept : object_(made) {}

    static call<approval> read(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<approval>(kamusm_approval_call, config, token, number.c_str());
    }

    std::size_t method_count() const noexcept { return kamusm_approval_method_count(object_.get()); }
    kamusm_approval_method method_code(std::size_t index) const noexcept {
        return kamusm_approval_method_code(object_.get(), index);
    }
    std::string_view method_word(std::size_t index) const noexcept {
        return detail::view(kamusm_approval_method_word(object_.get(), index));
    }
    std::string_view method_title(std::size_t index) const noexcept {
        return detail::view(kamusm_approval_method_title(object_.get(), index));
    }
    bool method_is_available(std::size_t index) const noexcept {
        return kamusm_approval_method_is_available(object_.get(), index);
    }
    kamusm_unavailable_reason method_reason(std::size_t index) const noexcept {
        return kamusm_approval_method_reason(object_.get(), index);
    }
    std::string_view method_reason_word(std::size_t index) const noexcept {
        return detail::view(kamusm_approval_method_reason_word(object_.get(), index));
    }
    std::size_t commitment_count() const noexcept { return kamusm_approval_commitment_count(object_.get()); }
    commitment commitment_at(std::size_t index) const noexcept {
        return commitment(kamusm_approval_commitment_at(object_.get(), index));
    }
    std::size_t warning_count() const noexcept { return kamusm_approval_warning_count(object_.get()); }
    std::string_view warning(std::size_t index) const noexcept {
        return detail::view(kamusm_approval_warning(object_.get(), index));
    }
    std::string_view form_digest() const noexcept { return detail::view(kamusm_approval_form_digest(object_.get())); }

private:
    detail::owner<kamusm_approval, kamusm_approval_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_APPROVAL_HPP
