// An institution's side: who of its staff may apply, and where their applications stand.
#ifndef KAMUSM_INSTITUTION_HPP
#define KAMUSM_INSTITUTION_HPP

#include <optional>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "application.hpp"
#include "call.hpp"
#include "config.hpp"
#include "octets.hpp"

namespace kamusm {

// One of the staff who may apply; lent by its list.
class pre_application_view {
public:
    explicit pre_application_view(const kamusm_pre_application *object) noexcept : object_(object) {}

    // There is none where the row is wrong.
    explicit operator bool() const noexcept { return object_ != nullptr; }
    std::string_view tckn() const noexcept { return detail::view(kamusm_pre_application_tckn(object_)); }
    bool has_right_checksum() const noexcept { return kamusm_pre_application_has_right_checksum(object_); }
    std::string_view name() const noexcept { return detail::view(kamusm_pre_application_name(object_)); }
    std::string_view email() const noexcept { return detail::view(kamusm_pre_application_email(object_)); }
    std::string_view gsm() const noexcept { return detail::view(kamusm_pre_application_gsm(object_)); }
    kamusm_reason reason() const noexcept { return kamusm_pre_application_reason(object_); }
    std::string_view reason_word() const noexcept { return detail::view(kamusm_pre_application_reason_word(object_)); }
    bool is_institution_change() const noexcept { return kamusm_pre_application_is_institution_change(object_); }
    kamusm_payer payer() const noexcept { return kamusm_pre_application_payer(object_); }
    std::string_view payer_word() const noexcept { return detail::view(kamusm_pre_application_payer_word(object_)); }
    std::string_view product() const noexcept { return detail::view(kamusm_pre_application_product(object_)); }
    // Nothing where that is as the institution has agreed.
    std::optional<bool> prepaid() const noexcept {
        std::int32_t prepaid = kamusm_pre_application_prepaid(object_);
        return prepaid >= 0 ? std::optional<bool>(prepaid != 0) : std::nullopt;
    }
    const kamusm_pre_application *raw() const noexcept { return object_; }

private:
    const kamusm_pre_application *object_;
};

class pre_application : public pre_application_view {
public:
    pre_application(const std::string &tckn, const std::string &name, const std::string &email, kamusm_reason reason)
        : pre_application(detail::make<kamusm_pre_application>(kamusm_pre_application_new, tckn.c_str(), name.c_str(),
                                                               email.c_str(), static_cast<std::int32_t>(reason))) {}

    using pre_application_view::gsm;
    using pre_application_view::payer;
    using pre_application_view::prepaid;
    using pre_application_view::product;
    pre_application &gsm(const std::string &gsm) { return set(kamusm_pre_application_set_gsm, gsm.c_str()); }
    pre_application &institution_change(bool is_change) {
        return set(kamusm_pre_application_set_institution_change, is_change);
    }
    pre_application &payer(kamusm_payer payer) {
        return set(kamusm_pre_application_set_payer, static_cast<std::int32_t>(payer));
    }
    pre_application &prepaid(bool is_prepaid) { return set(kamusm_pre_application_set_prepaid, is_prepaid); }
    pre_application &product(const std::string &product) {
        return set(kamusm_pre_application_set_product, product.c_str());
    }

private:
    explicit pre_application(kamusm_pre_application *made) noexcept : pre_application_view(made), object_(made) {}

    template <class Function, class Value>
    pre_application &set(Function function, Value value) {
        detail::call(function, object_.get(), value);
        return *this;
    }

    detail::owner<kamusm_pre_application, kamusm_pre_application_free> object_;
};

// Rows to tell the service of.
class pre_applications {
public:
    pre_applications() : object_(kamusm_pre_applications_new()) {}
    // Each row has its own result; what is wrong with the whole file is thrown.
    static pre_applications from_csv(octets csv) {
        return pre_applications(
            detail::make<kamusm_pre_applications>(kamusm_pre_applications_from_csv, csv.data(), csv.size()));
    }

    pre_applications &add(const pre_application_view &row) {
        detail::call(kamusm_pre_applications_add, object_.get(), row.raw());
        return *this;
    }
    std::size_t size() const noexcept { return kamusm_pre_applications_count(object_.get()); }
    std::uint64_t line(std::size_t index) const noexcept { return kamusm_pre_applications_line(object_.get(), index); }
    pre_application_view operator[](std::size_t index) const noexcept {
        return pre_application_view(kamusm_pre_applications_at(object_.get(), index));
    }
    error_view error(std::size_t index) const noexcept { return kamusm_pre_applications_error(object_.get(), index); }
    const kamusm_pre_applications *raw() const noexcept { return object_.get(); }

private:
    explicit pre_applications(kamusm_pre_applications *made) noexcept : object_(made) {}

    detail::owner<kamusm_pre_applications, kamusm_pre_applications_free> object_;
};

// What became of each row that was told of.
class placed {
public:
    using object = kamusm_placed;
    static constexpr auto decoder = kamusm_placed_decode;

    explicit placed(kamusm_placed *made) noexcept : object_(made) {}

    // Tells of the right rows; wrong ones are passed over.
    static call<placed> submit(const config &config, const person_token &token, const std::string &institution,
                               const pre_applications &rows) {
        return detail::ask<placed>(kamusm_pre_applications_call, config, token, institution.c_str(), rows.raw());
    }

    std::size_t size() const noexcept { return kamusm_placed_count(object_.get()); }
    std::size_t row(std::size_t index) const noexcept { return kamusm_placed_row(object_.get(), index); }
    std::string_view no(std::size_t index) const noexcept {
        return detail::view(kamusm_placed_no(object_.get(), index));
    }
    error_view error(std::size_t index) const noexcept { return kamusm_placed_error(object_.get(), index); }

private:
    detail::owner<kamusm_placed, kamusm_placed_free> object_;
};

// A pre-application that a list owns.
class staff_application_view {
public:
    explicit staff_application_view(const kamusm_staff_application *object) noexcept : object_(object) {}

    std::string_view no() const noexcept { return detail::view(kamusm_staff_application_no(object_)); }
    std::string_view name() const noexcept { return detail::view(kamusm_staff_application_name(object_)); }
    std::string_view tckn() const noexcept { return detail::view(kamusm_staff_application_tckn(object_)); }
    std::string_view applied_on() const noexcept { return detail::view(kamusm_staff_application_applied_on(object_)); }
    kamusm::status status() const noexcept { return kamusm::status(kamusm_staff_application_status(object_)); }
    std::string_view etag() const noexcept { return detail::view(kamusm_staff_application_etag(object_)); }

private:
    const kamusm_staff_application *object_;
};

class staff_application : public staff_application_view {
public:
    using object = kamusm_staff_application;
    static constexpr auto decoder = kamusm_staff_application_decode;
    static constexpr auto watch_decoder = kamusm_staff_application_watch_decode;

    explicit staff_application(kamusm_staff_application *made) noexcept : staff_application_view(made), object_(made) {}

    static call<staff_application> read(const config &config, const person_token &token, const std::string &institution,
                                        const std::string &number) {
        return detail::ask<staff_application>(kamusm_staff_application_call, config, token, institution.c_str(),
                                              number.c_str());
    }
    // Nothing comes where nothing changed for up to 25 s.
    static call<std::optional<staff_application>> watch(const config &config, const person_token &token,
                                                        const std::string &institution, const std::string &number,
                                                        const std::string &etag) {
        return detail::ask<std::optional<staff_application>>(kamusm_staff_application_watch_call, config, token,
                                                             institution.c_str(), number.c_str(), etag.c_str());
    }

private:
    detail::owner<kamusm_staff_application, kamusm_staff_application_free> object_;
};

class staff_applications {
public:
    using object = kamusm_staff_applications;
    static constexpr auto decoder = kamusm_staff_applications_decode;

    explicit staff_applications(kamusm_staff_applications *made) noexcept : object_(made) {}

    static call<staff_applications> list(const config &config, const person_token &token,
                                         const std::string &institution) {
        return detail::ask<staff_applications>(kamusm_staff_applications_call, config, token, institution.c_str());
    }

    std::size_t size() const noexcept { return kamusm_staff_applications_count(object_.get()); }
    staff_application_view operator[](std::size_t index) const noexcept {
        return staff_application_view(kamusm_staff_applications_at(object_.get(), index));
    }

private:
    detail::owner<kamusm_staff_applications, kamusm_staff_applications_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_INSTITUTION_HPP
