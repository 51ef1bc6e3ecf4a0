/* From the approval to the end: taahhütname, E-Onay, doğrulama kodu, result, payment, events, evidence. */
#include "messages.h"

static kamusm_config *config;
static kamusm_person_token *token;
static const char *views[] = {"v1", "v2"};

static void check_commitment(const kamusm_commitment *commitment) {
    kamusm_error *error = NULL;
    kamusm_octets *text = NULL;
    CHECK_TEXT(kamusm_commitment_id(commitment), "t1");
    CHECK_TEXT(kamusm_commitment_title(commitment), "Taahh\xc3\xbctname");
    CHECK_TEXT(kamusm_commitment_version(commitment), "1");
    CHECK_TEXT(kamusm_commitment_digest(commitment), ABC_DIGEST);
    CHECK(kamusm_commitment_length(commitment) == 3);
    CHECK_OK(kamusm_commitment_content_call(commitment, config, token, &call, &error));
    CHECK(sends(call, "GET", NOWHERE "/api/v1/commitments/t1/content", NULL));
    kamusm_response *response = answered_with(200, "text/plain", ABC);
    CHECK_OK(kamusm_commitment_content_decode(call, response, &text, &error));
    CHECK(same_octets(kamusm_octets_bytes(text), (kamusm_bytes){(const uint8_t *)ABC, 3}));
    kamusm_octets_free(text);
    kamusm_response_free(response);
    response = answered_with(200, "text/plain", "abd");
    CHECK_FAILS(kamusm_commitment_content_decode(call, response, &text, &error), KAMUSM_RESULT_DIGEST_MISMATCH);
    kamusm_response_free(response);
    kamusm_call_free(call);
    CHECK_CALL(kamusm_commitment_view_call(commitment, config, token, "SD-1", true, &call, NULL), "POST",
               "/applications/SD-1/commitment-views",
               "{\"commitment_id\":\"t1\",\"digest\":\"" ABC_DIGEST "\",\"read_to_end\":true}");
    kamusm_commitment_view *view =
        DECODED(commitment_view, "{\"view_id\":\"v1\"}",
                kamusm_commitment_view_call(commitment, config, token, "SD-1", true, &call, NULL));
    CHECK_TEXT(kamusm_commitment_view_id(view), "v1");
    kamusm_commitment_view_free(view);
}

static void check_approval(void) {
    CHECK_CALL(kamusm_approval_call(config, token, "SD-1", &call, NULL), "GET", "/applications/SD-1/approval", NULL);
    kamusm_approval *approval = DECODED(approval, APPROVAL, kamusm_approval_call(config, token, "SD-1", &call, NULL));
    CHECK(kamusm_approval_method_count(approval) == 2);
    CHECK(kamusm_approval_method_code(approval, 0) == KAMUSM_APPROVAL_METHOD_E_ONAY);
    CHECK(kamusm_approval_method_code(approval, 2) == KAMUSM_APPROVAL_METHOD_UNKNOWN);
    CHECK_TEXT(kamusm_approval_method_word(approval, 1), "e_imza");
    CHECK_TEXT(kamusm_approval_method_title(approval, 1), "e-imza ile Onayla");
    CHECK(kamusm_approval_method_is_available(approval, 0) && !kamusm_approval_method_is_available(approval, 1));
    CHECK(kamusm_approval_method_reason(approval, 1) == KAMUSM_UNAVAILABLE_REASON_NOT_READ);
    CHECK(kamusm_approval_method_reason_word(approval, 0) == NULL);
    CHECK_TEXT(kamusm_approval_method_reason_word(approval, 1), "not_read");
    CHECK(kamusm_approval_warning_count(approval) == 1 && kamusm_approval_warning(approval, 1) == NULL);
    CHECK_TEXT(kamusm_approval_warning(approval, 0), "revokes_existing");
    CHECK_TEXT(kamusm_approval_form_digest(approval), "f1");
    CHECK(kamusm_approval_commitment_count(approval) == 1 && kamusm_approval_commitment_at(approval, 1) == NULL);
    check_commitment(kamusm_approval_commitment_at(approval, 0));
    kamusm_approval_free(approval);
}

static void check_result(void) {
    kamusm_error *error = NULL;
    const char *with_null[] = {"v1", NULL};
    CHECK_CALL(kamusm_approve_call(config, token, "SD-1", views, 2, "f1", true, &call, NULL), "POST",
               "/applications/SD-1/approvals", "{\"view_ids\":[\"v1\",\"v2\"],\"form_digest\":\"f1\",\"accepted\":true}");
    call = NULL;
    CHECK_FAILS(kamusm_approve_call(config, token, "SD-1", with_null, 2, "f1", true, &call, &error), KAMUSM_RESULT_NULL);
    CHECK_CALL(kamusm_application_result_call(config, token, "SD-1", &call, NULL), "GET", "/applications/SD-1/result", NULL);
    kamusm_application_result *result =
        DECODED(application_result, RESULT, kamusm_approve_call(config, token, "SD-1", NULL, 0, "f1", true, &call, NULL));
    CHECK(kamusm_application_result_state(result) == KAMUSM_APPROVAL_STATE_DONE);
    CHECK_TEXT(kamusm_application_result_state_word(result), "done");
    CHECK_TEXT(kamusm_application_result_title(result), "\xc4\xb0\xc5\x9flem Ba\xc5\x9f" "ar\xc4\xb1l\xc4\xb1");
    CHECK_TEXT(kamusm_application_result_receipt(result), "a.b.c");
    CHECK(kamusm_status_code_of(kamusm_application_result_status(result)) == KAMUSM_STATUS_CODE_PRODUCTION_PENDING);
    kamusm_application_result_free(result);
}

static void check_sign_code(void) {
    kamusm_error *error = NULL;
    CHECK_CALL(kamusm_sign_code_issue_call(config, token, "SD-1", views, 1, &call, NULL), "POST",
               "/applications/SD-1/sign-codes", "{\"view_ids\":[\"v1\"]}");
    CHECK_CALL(kamusm_sign_code_watch_call(config, token, "SD-1", "c1", &call, NULL), "GET",
               "/applications/SD-1/sign-codes/c1", NULL);
    CHECK_CALL(kamusm_sign_code_confirm_call(config, token, "SD-1", "c1", false, &call, NULL), "PUT",
               "/applications/SD-1/sign-codes/c1/confirmation", "{\"confirmed\":false}");
    kamusm_sign_code *code = DECODED(sign_code, SIGN_CODE, kamusm_sign_code_call(config, token, "SD-1", "c1", &call, NULL));
    CHECK_TEXT(kamusm_sign_code_id(code), "c1");
    CHECK(kamusm_sign_code_state(code) == KAMUSM_CODE_STATE_REDEEMED);
    CHECK_TEXT(kamusm_sign_code_state_word(code), "redeemed");
    CHECK_TEXT(kamusm_sign_code_code(code), SAMPLE_CODE);
    CHECK_TEXT(kamusm_sign_code_created_at(code), "2026-01-02T10:00:00+03:00");
    CHECK(kamusm_sign_code_expires_in_s(code) == 90 && kamusm_sign_code_second_redemptions(code) == 1);
    CHECK(kamusm_sign_code_session_state(code) == KAMUSM_SESSION_STATE_AWAITING_CONFIRMATION);
    CHECK_TEXT(kamusm_sign_code_session_state_word(code), "awaiting_confirmation");
    CHECK_TEXT(kamusm_sign_code_match_code(code), "0042");
    CHECK_TEXT(kamusm_sign_code_client_name(code), "e-\xc4\xb0mza");
    CHECK_TEXT(kamusm_sign_code_client_version(code), "1.0");
    CHECK_TEXT(kamusm_sign_code_client_network(code), "Ankara");
    CHECK(kamusm_sign_code_client_is_other_network(code));
    CHECK_TEXT(kamusm_sign_code_session_created_at(code), "2026-01-02T10:01:00+03:00");
    CHECK(kamusm_sign_code_session_hard_expires_in_s(code) == 600);
    kamusm_sign_code_free(code);
    code = DECODED(sign_code, "{\"id\":\"c1\",\"state\":\"new\",\"created_at\":\"\"}",
                   kamusm_sign_code_call(config, token, "SD-1", "c1", &call, NULL));
    CHECK(kamusm_sign_code_state(code) == KAMUSM_CODE_STATE_UNKNOWN && kamusm_sign_code_code(code) == NULL);
    CHECK(kamusm_sign_code_session_state(code) == KAMUSM_SESSION_STATE_UNKNOWN);
    CHECK(kamusm_sign_code_session_state_word(code) == NULL && kamusm_sign_code_match_code(code) == NULL);
    kamusm_sign_code_free(code);
    CHECK_OK(kamusm_sign_code_withdraw_call(config, token, "SD-1", "c1", &call, &error));
    CHECK(sends(call, "DELETE", NOWHERE "/api/v1/applications/SD-1/sign-codes/c1", NULL));
    kamusm_response *response = answered_with(204, "application/json", "");
    CHECK_OK(kamusm_sign_code_withdraw_decode(call, response, &error));
    kamusm_response_free(response);
    response = answered_with(503, "text/plain", "");
    CHECK_FAILS(kamusm_sign_code_withdraw_decode(call, response, &error), KAMUSM_RESULT_SERVICE_UNAVAILABLE);
    kamusm_response_free(response);
    kamusm_call_free(call);
}

static void check_payment(void) {
    CHECK_CALL(kamusm_payment_call(config, token, "SD-1", &call, NULL), "GET", "/applications/SD-1/payment", NULL);
    CHECK_CALL(kamusm_payment_intent_call(config, token, "SD-1", &call, NULL), "POST",
               "/applications/SD-1/payment-intents", "{}");
    kamusm_payment *payment = DECODED(payment, PAYMENT, kamusm_payment_call(config, token, "SD-1", &call, NULL));
    CHECK(kamusm_payment_state_of(payment) == KAMUSM_PAYMENT_STATE_PENDING);
    CHECK_TEXT(kamusm_payment_state_word(payment), "pending");
    CHECK(kamusm_payment_payer(payment) == KAMUSM_PAYER_PERSON);
    CHECK_TEXT(kamusm_payment_payer_word(payment), "person");
    CHECK(kamusm_payment_is_prepaid(payment) && kamusm_payment_has_virtual_pos(payment));
    CHECK(kamusm_payment_amount_kurus(payment) == 60000);
    CHECK_TEXT(kamusm_payment_currency(payment), "TRY");
    CHECK(kamusm_payment_block_count(payment) == 2);
    CHECK(kamusm_payment_block_kind(payment, 0) == KAMUSM_BLOCK_KIND_ITEM);
    CHECK_TEXT(kamusm_payment_block_label(payment, 0), "a.");
    CHECK_TEXT(kamusm_payment_block_text(payment, 0), "Bankadan");
    CHECK(kamusm_payment_bank_count(payment, 1) == 1 && kamusm_payment_bank_count(payment, 0) == 0);
    CHECK_TEXT(kamusm_payment_bank_name(payment, 1, 0), "BANKA");
    CHECK(kamusm_payment_bank_takes(payment, 1, 0, KAMUSM_CHANNEL_ATM));
    CHECK(!kamusm_payment_bank_takes(payment, 1, 0, KAMUSM_CHANNEL_BRANCH));
    kamusm_payment_free(payment);
    kamusm_payment_intent *intent =
        DECODED(payment_intent, INTENT, kamusm_payment_intent_call(config, token, "SD-1", &call, NULL));
    CHECK_TEXT(kamusm_payment_intent_id(intent), "i1");
    CHECK_TEXT(kamusm_payment_intent_address(intent), "https://pos.invalid/1");
    CHECK(kamusm_payment_intent_expires_in_s(intent) == 900);
    kamusm_payment_intent_free(intent);
}

static void check_events(void) {
    CHECK_CALL(kamusm_events_call(config, token, "SD-1", &call, NULL), "GET", "/applications/SD-1/events", NULL);
    kamusm_events *events = DECODED(events, EVENTS, kamusm_events_call(config, token, "SD-1", &call, NULL));
    CHECK(kamusm_events_count(events) == 1 && kamusm_events_time(events, 1) == NULL);
    CHECK_TEXT(kamusm_events_time(events, 0), "2026-01-02T10:00:00+03:00");
    CHECK_TEXT(kamusm_events_code(events, 0), "form_saved");
    CHECK_TEXT(kamusm_events_text(events, 0), "Form kaydedildi.");
    kamusm_events_free(events);
}

static void check_evidence(void) {
    kamusm_error *error = NULL;
    kamusm_octets *octets = NULL;
    kamusm_evidence_list *list =
        DECODED(evidence_list, EVIDENCE, kamusm_evidence_list_call(config, token, "SD-1", &call, NULL));
    CHECK(kamusm_evidence_list_count(list) == 1 && kamusm_evidence_list_at(list, 1) == NULL);
    const kamusm_evidence *evidence = kamusm_evidence_list_at(list, 0);
    CHECK_TEXT(kamusm_evidence_id(evidence), "e1");
    CHECK(kamusm_evidence_session_id(evidence) == NULL && kamusm_evidence_document_id(evidence) == NULL);
    CHECK_TEXT(kamusm_evidence_media_type(evidence), "application/cms");
    CHECK(kamusm_evidence_length(evidence) == 3);
    CHECK_TEXT(kamusm_evidence_digest(evidence), ABC_DIGEST);
    CHECK_TEXT(kamusm_evidence_created_at(evidence), "2026-01-02T10:00:00+03:00");
    CHECK_OK(kamusm_evidence_download_call(evidence, config, token, "SD-1", &call, &error));
    CHECK(sends(call, "GET", NOWHERE "/api/v1/applications/SD-1/evidence/e1", NULL));
    kamusm_response *response = answered_with(200, "application/cms", ABC);
    CHECK_OK(kamusm_evidence_download_decode(call, response, &octets, &error));
    CHECK(kamusm_octets_bytes(octets).len == 3);
    kamusm_octets_free(octets);
    kamusm_response_free(response);
    kamusm_call_free(call);
    kamusm_evidence_list_free(list);
}

int main(void) {
    config = new_config(NOWHERE);
    need(kamusm_person_token_parse("token", &token, NULL) == KAMUSM_RESULT_OK, "a token");
    check_approval();
    check_result();
    check_sign_code();
    check_payment();
    check_events();
    check_evidence();
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
