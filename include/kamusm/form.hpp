// The form of an application.
#ifndef KAMUSM_FORM_HPP
#define KAMUSM_FORM_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// Values by the names of their fields, lent by a form.
class form_values_view {
public:
    explicit form_values_view(const kamusm_form_values *object) noexcept : object_(object) {}

    // Empty where it is not filled.
    std::string_view get(const std::string &name) const noexcept {
        return detail::view(kamusm_form_values_get(object_, name.c_str()));
    }
    std::size_t size() const noexcept { return kamusm_form_values_count(object_); }
    std::string_view name(std::size_t index) const noexcept {
        return detail::view(kamusm_form_values_name(object_, index));
    }
    std::string_view value(std::size_t index) const noexcept {
        return detail::view(kamusm_form_values_value(object_, index));
    }
    const kamusm_form_values *raw() const noexcept { return object_; }

private:
    const kamusm_form_values *object_;
};

class form_values : public form_values_view {
public:
    form_values() : form_values(kamusm_form_values_new()) {}
    // A copy to change.
    explicit form_values(const form_values_view &values) : form_values(kamusm_form_values_copy(values.raw())) {}

    // An empty value empties the field.
    form_values &set(const std::string &name, const std::string &value) {
        detail::call(kamusm_form_values_set, object_.get(), name.c_str(), value.c_str());
        return *this;
    }

private:
    explicit form_values(kamusm_form_values *made) noexcept : form_values_view(made), object_(made) {}

    detail::owner<kamusm_form_values, kamusm_form_values_free> object_;
};

// What is wrong with the values of a form; empty if all is well.
class field_errors {
public:
    explicit field_errors(kamusm_field_errors *made) noexcept : object_(made) {}

    std::size_t size() const noexcept { return kamusm_field_errors_count(object_.get()); }
    std::string_view pointer(std::size_t index) const noexcept {
        return detail::view(kamusm_field_errors_pointer(object_.get(), index));
    }
    kamusm_field_error code(std::size_t index) const noexcept { return kamusm_field_errors_code(object_.get(), index); }
    std::string_view word(std::size_t index) const noexcept {
        return detail::view(kamusm_field_errors_word(object_.get(), index));
    }

private:
    detail::owner<kamusm_field_errors, kamusm_field_errors_free> object_;
};

class form {
public:
    using object = kamusm_form;
    static constexpr auto decoder = kamusm_form_decode;

    explicit form(kamusm_form *made) noexcept : object_(made) {}

    static call<form> read(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<form>(kamusm_form_call, config, token, number.c_str());
    }
    // `etag`: of the form that the person saw.
    static call<form> save(const config &config, const person_token &token, const std::string &number,
                           const std::string &etag, const form_values_view &values) {
        return detail::ask<form>(kamusm_form_save_call, config, token, number.c_str(), etag.c_str(), values.raw());
    }

    // What is known here to be wrong; the service has the last word.
    field_errors check(const form_values_view &values) const {
        return field_errors(detail::make<kamusm_field_errors>(kamusm_form_check, object_.get(), values.raw()));
    }
    std::string_view schema() const noexcept { return detail::view(kamusm_form_schema(object_.get())); }
    std::string_view etag() const noexcept { return detail::view(kamusm_form_etag(object_.get())); }
    form_values_view filled() const noexcept { return form_values_view(kamusm_form_filled(object_.get())); }
    std::size_t section_count() const noexcept { return kamusm_form_section_count(object_.get()); }
    std::string_view section_id(std::size_t section) const noexcept {
        return detail::view(kamusm_form_section_id(object_.get(), section));
    }
    std::string_view section_title(std::size_t section) const noexcept {
        return detail::view(kamusm_form_section_title(object_.get(), section));
    }
    std::size_t field_count(std::size_t section) const noexcept {
        return kamusm_form_field_count(object_.get(), section);
    }
    std::string_view field_name(std::size_t section, std::size_t field) const noexcept {
        return detail::view(kamusm_form_field_name(object_.get(), section, field));
    }
    std::string_view field_label(std::size_t section, std::size_t field) const noexcept {
        return detail::view(kamusm_form_field_label(object_.get(), section, field));
    }
    bool field_is_required(std::size_t section, std::size_t field) const noexcept {
        return kamusm_form_field_is_required(object_.get(), section, field);
    }
    kamusm_field_kind field_kind(std::size_t section, std::size_t field) const noexcept {
        return kamusm_form_field_kind(object_.get(), section, field);
    }
    std::string_view field_kind_word(std::size_t section, std::size_t field) const noexcept {
        return detail::view(kamusm_form_field_kind_word(object_.get(), section, field));
    }
    std::string_view field_options_list(std::size_t section, std::size_t field) const noexcept {
        return detail::view(kamusm_form_field_options_list(object_.get(), section, field));
    }
    std::size_t locked_count() const noexcept { return kamusm_form_locked_count(object_.get()); }
    std::string_view locked(std::size_t index) const noexcept {
        return detail::view(kamusm_form_locked(object_.get(), index));
    }

private:
    detail::owner<kamusm_form, kamusm_form_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_FORM_HPP
