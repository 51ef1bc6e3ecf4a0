// The person's applications (Başvurularım) with their statuses.
#ifndef KAMUSM_APPLICATION_HPP
#define KAMUSM_APPLICATION_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// A part of a status text; lent by its application.
class status_block {
public:
    status_block(const kamusm_status *status, std::size_t index) noexcept : status_(status), index_(index) {}

    kamusm_block_kind kind() const noexcept { return kamusm_status_block_kind(status_, index_); }
    std::string_view label() const noexcept { return detail::view(kamusm_status_block_label(status_, index_)); }
    std::string_view text() const noexcept { return detail::view(kamusm_status_block_text(status_, index_)); }
    std::size_t bank_count() const noexcept { return kamusm_status_bank_count(status_, index_); }
    std::string_view bank_name(std::size_t bank) const noexcept {
        return detail::view(kamusm_status_bank_name(status_, index_, bank));
    }
    bool bank_takes(std::size_t bank, kamusm_channel channel) const noexcept {
        return kamusm_status_bank_takes(status_, index_, bank, channel);
    }

private:
    const kamusm_status *status_;
    std::size_t index_;
};

// Başvuru Durumu; lent by its application.
class status {
public:
    explicit status(const kamusm_status *object) noexcept : object_(object) {}

    kamusm_status_code code() const noexcept { return kamusm_status_code_of(object_); }
    std::string_view code_word() const noexcept { return detail::view(kamusm_status_code_word(object_)); }
    std::string_view title() const noexcept { return detail::view(kamusm_status_title(object_)); }
    kamusm_cancelled_by cancelled_by() const noexcept { return kamusm_status_cancelled_by(object_); }
    // Empty where nobody did.
    std::string_view cancelled_by_word() const noexcept {
        return detail::view(kamusm_status_cancelled_by_word(object_));
    }
    kamusm_action action() const noexcept { return kamusm_status_action(object_); }
    std::string_view action_word() const noexcept { return detail::view(kamusm_status_action_word(object_)); }
    std::string_view action_title() const noexcept { return detail::view(kamusm_status_action_title(object_)); }
    std::size_t block_count() const noexcept { return kamusm_status_block_count(object_); }
    status_block block(std::size_t index) const noexcept { return status_block(object_, index); }

private:
    const kamusm_status *object_;
};

// An application that a list owns.
class application_view {
public:
    explicit application_view(const kamusm_application *object) noexcept : object_(object) {}

    std::string_view no() const noexcept { return detail::view(kamusm_application_no(object_)); }
    std::string_view applied_on() const noexcept { return detail::view(kamusm_application_applied_on(object_)); }
    std::string_view institution() const noexcept { return detail::view(kamusm_application_institution(object_)); }
    std::string_view product() const noexcept { return detail::view(kamusm_application_product(object_)); }
    kamusm_reason reason() const noexcept { return kamusm_application_reason(object_); }
    std::string_view reason_word() const noexcept { return detail::view(kamusm_application_reason_word(object_)); }
    kamusm::status status() const noexcept { return kamusm::status(kamusm_application_status(object_)); }
    kamusm_state state() const noexcept { return kamusm_application_state(object_); }
    std::string_view state_word() const noexcept { return detail::view(kamusm_application_state_word(object_)); }
    kamusm_form_state form() const noexcept { return kamusm_application_form(object_); }
    std::string_view form_word() const noexcept { return detail::view(kamusm_application_form_word(object_)); }
    kamusm_payment_state payment() const noexcept { return kamusm_application_payment(object_); }
    std::string_view payment_word() const noexcept { return detail::view(kamusm_application_payment_word(object_)); }
    kamusm_production_state production() const noexcept { return kamusm_application_production(object_); }
    std::string_view production_word() const noexcept {
        return detail::view(kamusm_application_production_word(object_));
    }
    std::string_view earliest_production_on() const noexcept {
        return detail::view(kamusm_application_earliest_production_on(object_));
    }
    std::string_view etag() const noexcept { return detail::view(kamusm_application_etag(object_)); }
    std::size_t warning_count() const noexcept { return kamusm_application_warning_count(object_); }
    std::string_view warning(std::size_t index) const noexcept {
        return detail::view(kamusm_application_warning(object_, index));
    }

private:
    const kamusm_application *object_;
};

class application : public application_view {
public:
    using object = kamusm_application;
    static constexpr auto decoder = kamusm_application_decode;
    static constexpr auto watch_decoder = kamusm_application_watch_decode;

    explicit application(kamusm_application *made) noexcept : application_view(made), object_(made) {}

    // Somebody else's is KAMUSM_RESULT_NOT_FOUND.
    static call<application> read(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<application>(kamusm_application_call, config, token, number.c_str());
    }
    // Nothing comes where nothing changed for up to 25 s.
    static call<std::optional<application>> watch(const config &config, const person_token &token,
                                                  const std::string &number, const std::string &etag) {
        return detail::ask<std::optional<application>>(kamusm_application_watch_call, config, token, number.c_str(),
                                                       etag.c_str());
    }
    static call<application> cancel(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<application>(kamusm_application_cancel_call, config, token, number.c_str());
    }

private:
    detail::owner<kamusm_application, kamusm_application_free> object_;
};

// All applications of a person, the latest first.
class applications {
public:
    using object = kamusm_applications;
    static constexpr auto decoder = kamusm_applications_decode;

    explicit applications(kamusm_applications *made) noexcept : object_(made) {}

    static call<applications> list(const config &config, const person_token &token) {
        return detail::ask<applications>(kamusm_applications_call, config, token);
    }

    std::size_t size() const noexcept { return kamusm_applications_count(object_.get()); }
    application_view operator[](std::size_t index) const noexcept {
        return application_view(kamusm_applications_at(object_.get(), index));
    }

private:
    detail::owner<kamusm_applications, kamusm_applications_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_APPLICATION_HPP
