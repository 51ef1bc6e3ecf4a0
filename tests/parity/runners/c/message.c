/* The messages of the calls. */
#include "message.h"

#include <string.h>

void write_me(json *out, const kamusm_me *me) {
    json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_me_name(me));
    json_key(out, "tckn"), json_text(out, kamusm_me_tckn(me));
    json_key(out, "email"), json_text(out, kamusm_me_email(me));
    json_key(out, "gsm"), json_text(out, kamusm_me_gsm(me));
    json_key(out, "eonay_consent"), write_consent(out, kamusm_me_eonay_consent(me));
    json_key(out, "has_valid_certificate"), json_bool(out, kamusm_me_has_valid_certificate(me));
    json_key(out, "institutions");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_me_institution_count(me); i++) {
        json_open(out, '{');
        json_key(out, "id"), json_text(out, kamusm_me_institution_id(me, i));
        json_key(out, "name"), json_text(out, kamusm_me_institution_name(me, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

void write_consent(json *out, const kamusm_consent *consent) {
    json_open(out, '{');
    json_key(out, "given"), json_bool(out, kamusm_consent_is_given(consent));
    json_key(out, "given_at"), json_text(out, kamusm_consent_given_at(consent));
    json_close(out, '}');
}

void write_identity_refresh(json *out, const kamusm_identity_refresh *refresh) {
    json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_identity_refresh_name(refresh));
    json_key(out, "tckn"), json_text(out, kamusm_identity_refresh_tckn(refresh));
    json_key(out, "changed"), json_bool(out, kamusm_identity_refresh_is_changed(refresh));
    json_close(out, '}');
}

void write_choices(json *out, const kamusm_choices *choices) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_choices_count(choices); i++) {
        json_open(out, '{');
        json_key(out, "code"), json_text(out, kamusm_choices_code(choices, i));
        json_key(out, "title"), json_text(out, kamusm_choices_title(choices, i));
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_field(json *out, const kamusm_form *form, size_t section, size_t field) {
    json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_form_field_name(form, section, field));
    json_key(out, "label"), json_text(out, kamusm_form_field_label(form, section, field));
    json_key(out, "required"), json_bool(out, kamusm_form_field_is_required(form, section, field));
    json_key(out, "kind"), json_text(out, kamusm_form_field_kind_word(form, section, field));
    json_key(out, "options_list"), json_text(out, kamusm_form_field_options_list(form, section, field));
    json_close(out, '}');
}

void write_form(json *out, const kamusm_form *form) {
    const kamusm_form_values *values = kamusm_form_filled(form);
    const char *schema = kamusm_form_schema(form);
    json written = {.text = (char *)schema, .len = strlen(schema)};
    json_open(out, '{');
    json_key(out, "schema"), json_part(out, &written);
    json_key(out, "sections");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_form_section_count(form); i++) {
        json_open(out, '{');
        json_key(out, "id"), json_text(out, kamusm_form_section_id(form, i));
        json_key(out, "title"), json_text(out, kamusm_form_section_title(form, i));
        json_key(out, "fields"), json_open(out, '[');
        for (size_t k = 0; k < kamusm_form_field_count(form, i); k++) write_field(out, form, i, k);
        json_close(out, ']');
        json_close(out, '}');
    }
    json_close(out, ']');
    json_key(out, "values"), json_open(out, '{');
    for (size_t i = 0; i < kamusm_form_values_count(values); i++)
        json_key(out, kamusm_form_values_name(values, i)), json_text(out, kamusm_form_values_value(values, i));
    json_close(out, '}');
    json_key(out, "locked");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_form_locked_count(form); i++) {
        json_text(out, kamusm_form_locked(form, i));
    }
    json_close(out, ']');
    json_key(out, "etag"), json_text(out, kamusm_form_etag(form));
    json_close(out, '}');
}

void write_phone_verification(json *out, const kamusm_phone_verification *phone) {
    json_open(out, '{');
    json_key(out, "id"), json_text(out, kamusm_phone_verification_id(phone));
    json_key(out, "gsm"), json_text(out, kamusm_phone_verification_gsm(phone));
    json_key(out, "expires_in"), json_uint(out, kamusm_phone_verification_expires_in_s(phone));
    json_key(out, "attempts_left"), json_uint(out, kamusm_phone_verification_attempts_left(phone));
    json_key(out, "resend_in"), json_uint(out, kamusm_phone_verification_resend_in_s(phone));
    json_close(out, '}');
}

static void write_commitment(json *out, const kamusm_commitment *commitment) {
    json_open(out, '{');
    json_key(out, "id"), json_text(out, kamusm_commitment_id(commitment));
    json_key(out, "title"), json_text(out, kamusm_commitment_title(commitment));
    json_key(out, "version"), json_text(out, kamusm_commitment_version(commitment));
    json_key(out, "digest"), json_text(out, kamusm_commitment_digest(commitment));
    json_key(out, "length"), json_uint(out, kamusm_commitment_length(commitment));
    json_close(out, '}');
}

void write_approval(json *out, const kamusm_approval *approval) {
    json_open(out, '{');
    json_key(out, "methods");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_approval_method_count(approval); i++) {
        json_open(out, '{');
        json_key(out, "code"), json_text(out, kamusm_approval_method_word(approval, i));
        json_key(out, "title"), json_text(out, kamusm_approval_method_title(approval, i));
        json_key(out, "available"), json_bool(out, kamusm_approval_method_is_available(approval, i));
        json_key(out, "reason"), json_text(out, kamusm_approval_method_reason_word(approval, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_key(out, "commitments");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_approval_commitment_count(approval); i++) {
        write_commitment(out, kamusm_approval_commitment_at(approval, i));
    }
    json_close(out, ']');
    json_key(out, "warnings");
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_approval_warning_count(approval); i++) {
        json_text(out, kamusm_approval_warning(approval, i));
    }
    json_close(out, ']');
    json_key(out, "form_digest"), json_text(out, kamusm_approval_form_digest(approval));
    json_close(out, '}');
}

void write_application_result(json *out, const kamusm_application_result *result) {
    json_open(out, '{');
    json_key(out, "state"), json_text(out, kamusm_application_result_state_word(result));
    json_key(out, "title"), json_text(out, kamusm_application_result_title(result));
    json_key(out, "receipt"), json_text(out, kamusm_application_result_receipt(result));
    json_key(out, "status"), write_status(out, kamusm_application_result_status(result));
    json_close(out, '}');
}

static void write_session(json *out, const kamusm_sign_code *code) {
    json_open(out, '{');
    json_key(out, "state"), json_text(out, kamusm_sign_code_session_state_word(code));
    json_key(out, "match_code"), json_text(out, kamusm_sign_code_match_code(code));
    json_key(out, "client"), json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_sign_code_client_name(code));
    json_key(out, "version"), json_text(out, kamusm_sign_code_client_version(code));
    json_key(out, "network"), json_text(out, kamusm_sign_code_client_network(code));
    json_key(out, "is_other_network"), json_bool(out, kamusm_sign_code_client_is_other_network(code));
    json_close(out, '}');
    json_key(out, "created_at"), json_text(out, kamusm_sign_code_session_created_at(code));
    json_key(out, "hard_expires_in"), json_uint(out, kamusm_sign_code_session_hard_expires_in_s(code));
    json_close(out, '}');
}

void write_sign_code(json *out, const kamusm_sign_code *code) {
    json_open(out, '{');
    json_key(out, "id"), json_text(out, kamusm_sign_code_id(code));
    json_key(out, "state"), json_text(out, kamusm_sign_code_state_word(code));
    json_key(out, "code"), json_text(out, kamusm_sign_code_code(code));
    json_key(out, "created_at"), json_text(out, kamusm_sign_code_created_at(code));
    json_key(out, "expires_in"), json_uint(out, kamusm_sign_code_expires_in_s(code));
    json_key(out, "second_redemptions"), json_uint(out, kamusm_sign_code_second_redemptions(code));
    json_key(out, "session");
    if (kamusm_sign_code_session_state_word(code) == NULL) json_null(out);
    else write_session(out, code);
    json_close(out, '}');
}

void write_payment(json *out, const kamusm_payment *payment) {
    json_open(out, '{');
    json_key(out, "state"), json_text(out, kamusm_payment_state_word(payment));
    json_key(out, "payer"), json_text(out, kamusm_payment_payer_word(payment));
    json_key(out, "prepaid"), json_bool(out, kamusm_payment_is_prepaid(payment));
    json_key(out, "amount_kurus"), json_uint(out, kamusm_payment_amount_kurus(payment));
    json_key(out, "currency"), json_text(out, kamusm_payment_currency(payment));
    json_key(out, "body"), write_payment_body(out, payment);
    json_key(out, "virtual_pos"), json_bool(out, kamusm_payment_has_virtual_pos(payment));
    json_close(out, '}');
}

void write_payment_intent(json *out, const kamusm_payment_intent *intent) {
    json_open(out, '{');
    json_key(out, "id"), json_text(out, kamusm_payment_intent_id(intent));
    json_key(out, "address"), json_text(out, kamusm_payment_intent_address(intent));
    json_key(out, "expires_in"), json_uint(out, kamusm_payment_intent_expires_in_s(intent));
    json_close(out, '}');
}

void write_events(json *out, const kamusm_events *events) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_events_count(events); i++) {
        json_open(out, '{');
        json_key(out, "at"), json_text(out, kamusm_events_time(events, i));
        json_key(out, "code"), json_text(out, kamusm_events_code(events, i));
        json_key(out, "text"), json_text(out, kamusm_events_text(events, i));
        json_close(out, '}');
    }
    json_close(out, ']');
}

void write_evidence_list(json *out, const kamusm_evidence_list *list) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_evidence_list_count(list); i++) {
        const kamusm_evidence *one = kamusm_evidence_list_at(list, i);
        json_open(out, '{');
        json_key(out, "id"), json_text(out, kamusm_evidence_id(one));
        json_key(out, "session_id"), json_text(out, kamusm_evidence_session_id(one));
        json_key(out, "document_id"), json_text(out, kamusm_evidence_document_id(one));
        json_key(out, "media_type"), json_text(out, kamusm_evidence_media_type(one));
        json_key(out, "length"), json_uint(out, kamusm_evidence_length(one));
        json_key(out, "digest"), json_text(out, kamusm_evidence_digest(one));
        json_key(out, "created_at"), json_text(out, kamusm_evidence_created_at(one));
        json_close(out, '}');
    }
    json_close(out, ']');
}

void write_staff_application(json *out, const kamusm_staff_application *one) {
    json_open(out, '{');
    json_key(out, "no"), json_text(out, kamusm_staff_application_no(one));
    json_key(out, "name"), json_text(out, kamusm_staff_application_name(one));
    json_key(out, "tckn"), json_text(out, kamusm_staff_application_tckn(one));
    json_key(out, "applied_on"), json_text(out, kamusm_staff_application_applied_on(one));
    json_key(out, "status"), write_status(out, kamusm_staff_application_status(one));
    json_key(out, "etag"), json_text(out, kamusm_staff_application_etag(one));
    json_close(out, '}');
}

void write_staff_applications(json *out, const kamusm_staff_applications *list) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_staff_applications_count(list); i++) {
        write_staff_application(out, kamusm_staff_applications_at(list, i));
    }
    json_close(out, ']');
}

static void write_pre_application(json *out, const kamusm_pre_application *row) {
    int32_t prepaid = kamusm_pre_application_prepaid(row);
    json_open(out, '{');
    json_key(out, "tckn"), json_text(out, kamusm_pre_application_tckn(row));
    json_key(out, "name"), json_text(out, kamusm_pre_application_name(row));
    json_key(out, "email"), json_text(out, kamusm_pre_application_email(row));
    json_key(out, "gsm"), json_text(out, kamusm_pre_application_gsm(row));
    json_key(out, "reason"), json_text(out, kamusm_pre_application_reason_word(row));
    json_key(out, "institution_change"), json_bool(out, kamusm_pre_application_is_institution_change(row));
    json_key(out, "payer"), json_text(out, kamusm_pre_application_payer_word(row));
    json_key(out, "prepaid");
    if (prepaid < 0) json_null(out);
    else json_bool(out, prepaid != 0);
    json_key(out, "product"), json_text(out, kamusm_pre_application_product(row));
    json_close(out, '}');
}

void write_pre_applications(json *out, const kamusm_pre_applications *rows) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_pre_applications_count(rows); i++) {
        json_open(out, '{');
        json_key(out, "line"), json_uint(out, kamusm_pre_applications_line(rows, i));
        json_key(out, "result");
        if (kamusm_pre_applications_at(rows, i) != NULL) write_pre_application(out, kamusm_pre_applications_at(rows, i));
        else json_call_error(out, kamusm_pre_applications_error(rows, i));
        json_close(out, '}');
    }
    json_close(out, ']');
}

void write_placed(json *out, const kamusm_placed *placed) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_placed_count(placed); i++) {
        json_open(out, '{');
        json_key(out, "row"), json_uint(out, kamusm_placed_row(placed, i));
        json_key(out, "no"), json_text(out, kamusm_placed_no(placed, i));
        json_key(out, "thrown"), json_call_error(out, kamusm_placed_error(placed, i));
        json_close(out, '}');
    }
    json_close(out, ']');
}

void write_field_errors(json *out, const kamusm_field_errors *errors) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_field_errors_count(errors); i++) {
        json_open(out, '{');
        json_key(out, "pointer"), json_text(out, kamusm_field_errors_pointer(errors, i));
        json_key(out, "code"), json_text(out, kamusm_field_errors_word(errors, i));
        json_close(out, '}');
    }
    json_close(out, ']');
}
