// libkamusm for C++17: owners, views and one exception over kamusm.h. Header only; docs/embedding.md shows the use.
//
// Owners are move-only and free their object; views (identity, error_view, octets, std::string_view) live as long as
// the object that lends them. Every call that can fail throws kamusm::error. Thread rules are those of kamusm.h.
#ifndef KAMUSM_HPP
#define KAMUSM_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kamusm.h"

namespace kamusm {

namespace detail {

template <auto Free>
struct deleter {
    template <class T>
    void operator()(T *object) const noexcept {
        Free(object);
    }
};

template <class T, auto Free>
using owner = std::unique_ptr<T, deleter<Free>>;

// Whatever is absent is empty.
inline std::string_view view(const char *text) noexcept {
    return text != nullptr ? std::string_view(text) : std::string_view();
}

}  // namespace detail

// Octets that somebody else owns.
class octets {
public:
    octets() noexcept : octets_{nullptr, 0} {}
    octets(const std::uint8_t *data, std::size_t size) noexcept : octets_{data, size} {}
    octets(kamusm_bytes octets) noexcept : octets_(octets) {}
    octets(std::string_view text) noexcept
        : octets_{reinterpret_cast<const std::uint8_t *>(text.data()), text.size()} {}
    octets(const std::vector<std::uint8_t> &octets) noexcept : octets_{octets.data(), octets.size()} {}

    const std::uint8_t *data() const noexcept { return octets_.data; }
    std::size_t size() const noexcept { return octets_.len; }
    bool empty() const noexcept { return octets_.len == 0; }
    const std::uint8_t *begin() const noexcept { return octets_.data; }
    const std::uint8_t *end() const noexcept { return octets_.data + octets_.len; }
    std::string_view text() const noexcept {
        return empty() ? std::string_view() : std::string_view(reinterpret_cast<const char *>(data()), size());
    }
    std::vector<std::uint8_t> copy() const { return {begin(), end()}; }
    kamusm_bytes raw() const noexcept { return octets_; }

private:
    kamusm_bytes octets_;
};

// An error that another object owns; none if it is false.
class error_view {
public:
    error_view(const kamusm_error *error) noexcept : error_(error) {}

    explicit operator bool() const noexcept { return error_ != nullptr; }
    kamusm_result code() const noexcept { return kamusm_error_code(error_); }
    kamusm_category category() const noexcept { return kamusm_error_category(error_); }
    std::string_view message() const noexcept { return detail::view(kamusm_error_message(error_)); }
    std::string_view text(const char *language = "tr") const noexcept {
        return detail::view(kamusm_error_text(error_, language));
    }
    bool is_retryable() const noexcept { return kamusm_error_is_retryable(error_); }
    std::uint16_t http_status() const noexcept { return kamusm_error_http_status(error_); }
    std::int64_t retry_after_s() const noexcept { return kamusm_error_retry_after_s(error_); }
    std::string_view problem() const noexcept { return detail::view(kamusm_error_problem(error_)); }
    std::string_view request_id() const noexcept { return detail::view(kamusm_error_request_id(error_)); }
    int pin_tries_left() const noexcept { return kamusm_error_pin_tries_left(error_); }
    bool used_pin_try() const noexcept { return kamusm_error_used_pin_try(error_); }
    std::optional<std::uint64_t> ck_rv() const noexcept {
        std::uint64_t value = 0;
        return kamusm_error_ck_rv(error_, &value) ? std::optional<std::uint64_t>(value) : std::nullopt;
    }
    error_view cause() const noexcept { return kamusm_error_cause(error_); }
    const kamusm_error *raw() const noexcept { return error_; }

private:
    const kamusm_error *error_;
};

// What every failing call throws. It holds the error object; copies share it.
class error : public std::exception, public error_view {
public:
    explicit error(kamusm_error *object) : error_view(object), object_(object, kamusm_error_free) {}
    // For answers of callers who choose or sign by themselves; throws if `code` is the number of no error.
    error(kamusm_result code, const std::string &reason) : error(make(code, reason)) {}

    const char *what() const noexcept override {
        const char *message = kamusm_error_message(raw());
        return message != nullptr ? message : "libkamusm";
    }

private:
    static kamusm_error *make(kamusm_result code, const std::string &reason) {
        kamusm_error *made = nullptr, *why = nullptr;
        kamusm_error_new(code, reason.c_str(), &made, &why);
        if (why != nullptr) throw error(why);
        return made;
    }

    std::shared_ptr<kamusm_error> object_;
};

namespace detail {

// Calls a C function whose last argument is the place for the error.
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
    kamusm_error *why = nullptr;
    if (function(arguments..., &why) != KAMUSM_RESULT_OK) throw error(why);
}

// The same for one whose last output is an object.
template <class T, class Function, class... Arguments>
T *make(Function function, Arguments... arguments) {
    T *made = nullptr;
    call(function, arguments..., &made);
    return made;
}

}  // namespace detail

class verification_code {
public:
    explicit verification_code(const std::string &text)
        : object_(detail::make<kamusm_verification_code>(kamusm_verification_code_parse, text.c_str())) {}

    kamusm_environment environment() const noexcept { return kamusm_verification_code_environment(raw()); }
    const kamusm_verification_code *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_verification_code, kamusm_verification_code_free> object_;
};

class logbook;

class config {
public:
    config(const std::string &base_url, kamusm_environment environment)
        : object_(detail::make<kamusm_config>(kamusm_config_new, base_url.c_str(), environment)) {}

    config &trust_roots_pem(octets pem) {
        return set(kamusm_config_set_trust_roots_pem, pem.data(), pem.size());
    }
    config &add_intermediates_pem(octets pem) {
        return set(kamusm_config_add_intermediates_pem, pem.data(), pem.size());
    }
    config &proxy(const std::string &proxy) { return set(kamusm_config_set_proxy, proxy.c_str()); }
    config &timeout_ms(std::uint64_t timeout_ms) { return set(kamusm_config_set_timeout_ms, timeout_ms); }
    config &client(const std::string &name, const std::string &version) {
        return set(kamusm_config_set_client, name.c_str(), version.c_str());
    }
    config &language(const std::string &tag) { return set(kamusm_config_set_language, tag.c_str()); }
    config &add_receipt_key(const std::string &thumbprint) {
        return set(kamusm_config_add_receipt_key, thumbprint.c_str());
    }
    config &other_text_profiles(bool allowed) { return set(kamusm_config_set_other_text_profiles, allowed); }
    config &log_lines(std::size_t lines) { return set(kamusm_config_set_log_lines, lines); }
    // Takes the lines out of the log of this configuration's sessions; a setter begins a new log.
    logbook read_log() const;
    const kamusm_config *raw() const noexcept { return object_.get(); }

private:
    template <class Function, class... Arguments>
    config &set(Function function, Arguments... arguments) {
        detail::call(function, object_.get(), arguments...);
        return *this;
    }

    detail::owner<kamusm_config, kamusm_config_free> object_;
};

// Lines that were taken out of a configuration's log.
class logbook {
public:
    explicit logbook(kamusm_log *object) noexcept : object_(object) {}

    std::size_t size() const noexcept { return kamusm_log_count(object_.get()); }
    std::uint64_t dropped() const noexcept { return kamusm_log_dropped(object_.get()); }
    std::string_view text(std::size_t index) const noexcept {
        return detail::view(kamusm_log_text(object_.get(), index));
    }
    std::uint64_t at_ms(std::size_t index) const noexcept { return kamusm_log_at_ms(object_.get(), index); }

private:
    detail::owner<kamusm_log, kamusm_log_free> object_;
};

inline logbook config::read_log() const {
    return logbook(detail::make<kamusm_log>(kamusm_log_read, raw()));
}

// May be used from many threads at once.
class cancel {
public:
    cancel() : object_(kamusm_cancel_new()) {}

    void now() const noexcept { kamusm_cancel_now(raw()); }
    bool is_cancelled() const noexcept { return kamusm_cancel_is_cancelled(raw()); }
    const kamusm_cancel *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_cancel, kamusm_cancel_free> object_;
};

class answer {
public:
    explicit answer(kamusm_answer *object) noexcept : object_(object) {}

    const kamusm_answer *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_answer, kamusm_answer_free> object_;
};

// For callers with their own HTTP.
class response {
public:
    explicit response(std::uint16_t status) : object_(detail::make<kamusm_response>(kamusm_response_new, status)) {}

    response &add_header(const std::string &name, const std::string &value) {
        detail::call(kamusm_response_add_header, object_.get(), name.c_str(), value.c_str());
        return *this;
    }
    response &body(octets body) {
        detail::call(kamusm_response_set_body, object_.get(), body.data(), body.size());
        return *this;
    }
    const kamusm_response *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_response, kamusm_response_free> object_;
};

// What does not belong to the step's kind is empty, 0 or false.
class step {
public:
    explicit step(kamusm_step *object) noexcept : object_(object) {}

    kamusm_step_kind kind() const noexcept { return kamusm_step_kind_of(raw()); }
    std::uint64_t deadline_ms() const noexcept { return kamusm_step_deadline_ms(raw()); }
    answer cancelled() const { return made(kamusm_step_cancelled); }
    answer failed(error_view why) const { return made(kamusm_step_failed, why.raw()); }

    // KAMUSM_STEP_SEND
    std::string_view method() const noexcept { return detail::view(kamusm_step_method(raw())); }
    std::string_view url() const noexcept { return detail::view(kamusm_step_url(raw())); }
    std::size_t header_count() const noexcept { return kamusm_step_header_count(raw()); }
    std::string_view header_name(std::size_t index) const noexcept {
        return detail::view(kamusm_step_header_name(raw(), index));
    }
    std::string_view header_value(std::size_t index) const noexcept {
        return detail::view(kamusm_step_header_value(raw(), index));
    }
    octets body() const noexcept { return kamusm_step_body(raw()); }
    std::uint64_t timeout_ms() const noexcept { return kamusm_step_timeout_ms(raw()); }
    std::size_t max_response_octets() const noexcept { return kamusm_step_max_response_octets(raw()); }
    bool is_sent_after_cancel() const noexcept { return kamusm_step_is_sent_after_cancel(raw()); }
    answer responded(const response &response) const { return made(kamusm_step_response, response.raw()); }
    answer transport_failed(kamusm_transport_failure failure) const {
        return made(kamusm_step_transport_failed, failure);
    }

    // KAMUSM_STEP_WAIT
    std::uint64_t until_ms() const noexcept { return kamusm_step_until_ms(raw()); }
    kamusm_wait_reason wait_reason() const noexcept { return kamusm_step_wait_reason(raw()); }
    answer elapsed() const { return made(kamusm_step_elapsed); }

    // KAMUSM_STEP_SHOW
    std::size_t text_count() const noexcept { return kamusm_step_text_count(raw()); }
    std::string_view text_title(std::size_t index) const noexcept {
        return detail::view(kamusm_step_text_title(raw(), index));
    }
    octets text_octets(std::size_t index) const noexcept { return kamusm_step_text_octets(raw(), index); }
    bool text_is_checked(std::size_t index) const noexcept { return kamusm_step_text_is_checked(raw(), index); }
    std::string_view service() const noexcept { return detail::view(kamusm_step_service(raw())); }
    std::string_view origin() const noexcept { return detail::view(kamusm_step_origin(raw())); }
    std::string_view applicant_name() const noexcept { return detail::view(kamusm_step_applicant_name(raw())); }
    std::string_view applicant_tckn() const noexcept { return detail::view(kamusm_step_applicant_tckn(raw())); }
    std::string_view application() const noexcept { return detail::view(kamusm_step_application(raw())); }
    std::string_view institution() const noexcept { return detail::view(kamusm_step_institution(raw())); }
    std::string_view product() const noexcept { return detail::view(kamusm_step_product(raw())); }
    std::size_t warning_count() const noexcept { return kamusm_step_warning_count(raw()); }
    std::string_view warning(std::size_t index) const noexcept {
        return detail::view(kamusm_step_warning(raw(), index));
    }
    std::string_view created_at() const noexcept { return detail::view(kamusm_step_created_at(raw())); }
    std::string_view match_code() const noexcept { return detail::view(kamusm_step_match_code(raw())); }
    answer accept() const { return made(kamusm_step_accept); }
    answer decline() const { return made(kamusm_step_decline); }

    // KAMUSM_STEP_CHOOSE
    std::size_t refusal_count() const noexcept { return kamusm_step_refusal_count(raw()); }
    octets refusal_fingerprint(std::size_t index) const noexcept {
        return kamusm_step_refusal_fingerprint(raw(), index);
    }
    error_view refusal_error(std::size_t index) const noexcept { return kamusm_step_refusal_error(raw(), index); }
    answer certificate(octets der) const { return made(kamusm_step_certificate, der.raw()); }

    // KAMUSM_STEP_SIGN
    std::size_t item_count() const noexcept { return kamusm_step_item_count(raw()); }
    octets item_to_be_signed(std::size_t index) const noexcept { return kamusm_step_item_to_be_signed(raw(), index); }
    octets item_digest(std::size_t index) const noexcept { return kamusm_step_item_digest(raw(), index); }
    kamusm_algorithm item_algorithm(std::size_t index) const noexcept {
        return kamusm_step_item_algorithm(raw(), index);
    }
    octets signer_certificate() const noexcept { return kamusm_step_signer_certificate(raw()); }
    std::int64_t signing_time_unix_s() const noexcept { return kamusm_step_signing_time_unix_s(raw()); }
    error_view failure() const noexcept { return kamusm_step_failure(raw()); }
    answer signatures(const std::vector<octets> &values) const {
        std::vector<kamusm_bytes> list;
        for (const octets &value : values) list.push_back(value.raw());
        return made(kamusm_step_signatures, list.data(), list.size());
    }

    // KAMUSM_STEP_DONE
    kamusm_outcome outcome() const noexcept { return kamusm_step_outcome(raw()); }
    error_view outcome_error() const noexcept { return kamusm_step_outcome_error(raw()); }
    std::string_view return_to() const noexcept { return detail::view(kamusm_step_return_to(raw())); }
    bool may_have_arrived() const noexcept { return kamusm_step_may_have_arrived(raw()); }
    std::size_t signature_count() const noexcept { return kamusm_step_signature_count(raw()); }
    octets signature(std::size_t index) const noexcept { return kamusm_step_signature(raw(), index); }
    std::string_view receipt() const noexcept { return detail::view(kamusm_step_receipt(raw())); }
    std::string_view receipt_application() const noexcept {
        return detail::view(kamusm_step_receipt_application(raw()));
    }
    std::string_view receipt_received_at() const noexcept {
        return detail::view(kamusm_step_receipt_received_at(raw()));
    }
    std::string_view receipt_signing_time() const noexcept {
        return detail::view(kamusm_step_receipt_signing_time(raw()));
    }
    bool receipt_is_anchored() const noexcept { return kamusm_step_receipt_is_anchored(raw()); }

    const kamusm_step *raw() const noexcept { return object_.get(); }

private:
    template <class Function, class... Arguments>
    answer made(Function function, Arguments... arguments) const {
        return answer(detail::make<kamusm_answer>(function, raw(), arguments...));
    }

    detail::owner<kamusm_step, kamusm_step_free> object_;
};

class session {
public:
    session(const verification_code &code, const config &config)
        : object_(detail::make<kamusm_session>(kamusm_session_new, code.raw(), config.raw())) {}

    step next() const {
        return step(detail::make<kamusm_step>(kamusm_session_step, object_.get(), kamusm_clock_monotonic_ms(),
                                              kamusm_clock_unix_ms()));
    }
    void give(const answer &answer) {
        detail::call(kamusm_session_answer, object_.get(), answer.raw(), kamusm_clock_monotonic_ms(),
                     kamusm_clock_unix_ms());
    }
    void cancel() noexcept { kamusm_session_cancel(object_.get()); }
    std::optional<std::uint64_t> deadline_ms() const noexcept {
        std::uint64_t value = 0;
        return kamusm_session_deadline(object_.get(), &value) ? std::optional<std::uint64_t>(value) : std::nullopt;
    }

private:
    detail::owner<kamusm_session, kamusm_session_free> object_;
};

// May be used from many threads and sessions at once.
class http {
public:
    explicit http(const config &config) : object_(detail::make<kamusm_http>(kamusm_http_new, config.raw())) {}

    answer perform(const step &step, const cancel *cancel = nullptr) const {
        return answer(detail::make<kamusm_answer>(kamusm_http_perform, object_.get(), step.raw(),
                                                  cancel != nullptr ? cancel->raw() : nullptr));
    }

private:
    detail::owner<kamusm_http, kamusm_http_free> object_;
};

inline answer wait(const step &step, const cancel *cancel = nullptr) {
    return answer(detail::make<kamusm_answer>(kamusm_wait_perform, step.raw(),
                                              cancel != nullptr ? cancel->raw() : nullptr));
}

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
    bool has_pin_pad() const noexcept { return kamusm_identity_has_pin_pad(object_); }
    int pin_tries_left() const noexcept { return kamusm_identity_pin_tries_left(object_); }

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

#endif  // KAMUSM_HPP
