// Steps and answers.
#ifndef KAMUSM_STEP_HPP
#define KAMUSM_STEP_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "error.hpp"
#include "identity.hpp"
#include "octets.hpp"
#include "request.hpp"
#include "sign_in.hpp"

namespace kamusm {

class answer {
public:
    explicit answer(kamusm_answer *object) noexcept : object_(object) {}

    const kamusm_answer *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_answer, kamusm_answer_free> object_;
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
    kamusm::request request() const noexcept { return kamusm::request(kamusm_step_request(raw())); }
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
    // Whether the text is one to sign in with.
    bool is_sign_in() const noexcept { return kamusm_step_is_sign_in(raw()); }
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
    // With certificates above it, DER; those of config::add_intermediates_pem are looked through as well.
    answer certificate(octets der, const std::vector<octets> &chain) const {
        std::vector<kamusm_bytes> list = detail::raw(chain);
        return made(kamusm_step_certificate_with_chain, der.raw(), list.data(), list.size());
    }
    // Throws for one that cannot sign whatever the date.
    answer identity(const kamusm::identity &identity) const { return made(kamusm_step_identity, identity.raw()); }

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
        std::vector<kamusm_bytes> list = detail::raw(values);
        return made(kamusm_step_signatures, list.data(), list.size());
    }

    // KAMUSM_STEP_PERSIST
    octets record() const noexcept { return kamusm_step_record(raw()); }
    std::string_view record_id() const noexcept { return detail::view(kamusm_step_record_id(raw())); }
    std::uint64_t record_sequence() const noexcept { return kamusm_step_record_sequence(raw()); }
    std::size_t record_reserve() const noexcept { return kamusm_step_record_reserve(raw()); }
    answer stored() const { return made(kamusm_step_stored); }

    // KAMUSM_STEP_DONE
    kamusm_outcome outcome() const noexcept { return kamusm_step_outcome(raw()); }
    error_view outcome_error() const noexcept { return kamusm_step_outcome_error(raw()); }
    signed_in_view signed_in() const noexcept { return signed_in_view(kamusm_step_signed_in(raw())); }
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
    std::string_view journal() const noexcept { return detail::view(kamusm_step_journal(raw())); }
    error_view journal_failure() const noexcept { return kamusm_step_journal_failure(raw()); }
    bool receipt_is_anchored() const noexcept { return kamusm_step_receipt_is_anchored(raw()); }

    const kamusm_step *raw() const noexcept { return object_.get(); }

private:
    template <class Function, class... Arguments>
    answer made(Function function, Arguments... arguments) const {
        return answer(detail::make<kamusm_answer>(function, raw(), arguments...));
    }

    detail::owner<kamusm_step, kamusm_step_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_STEP_HPP
