/* kamusm_step and kamusm_response: accessors by kind and place, and the answers of a caller with its own HTTP. */
#include "support.h"

static void answers_of_other_kinds(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    uint8_t octet = 0;
    kamusm_bytes octets = {&octet, 1};
    kamusm_sign_options *options = kamusm_sign_options_new();
    kamusm_token *token = new_token();
    kamusm_error *why = NULL;
    CHECK_OK(kamusm_error_new(KAMUSM_RESULT_NO_TOKEN, "for a test", &why, &error));
    CHECK_FAILS(kamusm_step_accept(step, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_step_decline(step, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_step_elapsed(step, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_step_failed(step, why, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_step_certificate(step, octets, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_step_signatures(step, &octets, 1, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_wait_perform(step, NULL, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_token_sign(token, step, options, NULL, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK(answer == NULL);
    kamusm_error_free(why);
    kamusm_token_free(token);
    kamusm_sign_options_free(options);
}

int main(void) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_session *session = new_session(NOWHERE, SAMPLE_CODE);
    kamusm_step *step = next_step(session);
    CHECK_TEXT(kamusm_step_method(step), "GET");
    CHECK_TEXT(kamusm_step_url(step), NOWHERE "/.well-known/kamusm-configuration");
    CHECK(kamusm_step_header_count(step) == 3);
    CHECK_TEXT(kamusm_step_header_name(step, 0), "accept");
    CHECK(kamusm_step_header_name(step, 3) == NULL);
    CHECK(kamusm_step_header_value(step, SIZE_MAX) == NULL);
    CHECK(kamusm_step_body(step).data == NULL);
    CHECK(kamusm_step_timeout_ms(step) == 30000);
    CHECK(kamusm_step_max_response_octets(step) > 0);
    CHECK(!kamusm_step_is_sent_after_cancel(step));
    /* The absent values of the other kinds. */
    CHECK(kamusm_step_until_ms(step) == 0);
    CHECK(kamusm_step_wait_reason(step) == KAMUSM_WAIT_REASON_UNKNOWN);
    CHECK(kamusm_step_deadline_ms(step) == 0);
    CHECK(kamusm_step_text_count(step) == 0);
    CHECK(kamusm_step_text_title(step, 0) == NULL);
    CHECK(kamusm_step_text_octets(step, 0).data == NULL);
    CHECK(kamusm_step_match_code(step) == NULL);
    CHECK(kamusm_step_refusal_count(step) == 0);
    CHECK(kamusm_step_refusal_error(step, 0) == NULL);
    CHECK(kamusm_step_item_count(step) == 0);
    CHECK(kamusm_step_item_algorithm(step, 0) == KAMUSM_ALGORITHM_UNKNOWN);
    CHECK(kamusm_step_signer_certificate(step).data == NULL);
    CHECK(kamusm_step_outcome(step) == 0);
    CHECK(kamusm_step_outcome_error(step) == NULL);
    answers_of_other_kinds(step);
    CHECK_FAILS(kamusm_step_transport_failed(step, 0, &answer, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_step_transport_failed(step, 6, &answer, &error), KAMUSM_RESULT_RANGE);

    kamusm_response *response = NULL;
    CHECK_FAILS(kamusm_response_new(99, &response, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_response_new(600, &response, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_response_new(503, &response, &error));
    CHECK_FAILS(kamusm_response_add_header(response, "retry-after", "\xff", &error), KAMUSM_RESULT_UTF8);
    CHECK_OK(kamusm_response_add_header(response, "Retry-After", "7", &error));
    CHECK_OK(kamusm_response_set_body(response, NULL, 0, &error));
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    uint64_t now = kamusm_clock_monotonic_ms();
    CHECK_OK(kamusm_session_answer(session, answer, now, 0, &error));
    kamusm_answer_free(answer);
    kamusm_step_free(step);
    CHECK_OK(kamusm_session_step(session, now, 0, &step, &error));
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_WAIT);
    CHECK(kamusm_step_wait_reason(step) == KAMUSM_WAIT_REASON_RETRY);
    CHECK(kamusm_step_until_ms(step) >= now + 7000);
    CHECK(kamusm_step_method(step) == NULL);
    CHECK(kamusm_step_url(step) == NULL);
    CHECK_FAILS(kamusm_step_response(step, response, &answer, &error), KAMUSM_RESULT_STATE);
    CHECK_OK(kamusm_step_elapsed(step, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    kamusm_response_free(response);

    /* A web page of the network instead of the service ends the session with its own number. */
    step = next_step(session);
    CHECK_OK(kamusm_response_new(200, &response, &error));
    CHECK_OK(kamusm_response_add_header(response, "content-type", "text/html", &error));
    CHECK_OK(kamusm_response_set_body(response, (const uint8_t *)"<html>", 6, &error));
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    kamusm_response_free(response);
    step = next_step(session);
    CHECK(kamusm_step_outcome(step) == KAMUSM_OUTCOME_FAILED);
    CHECK(kamusm_error_code(kamusm_step_outcome_error(step)) == KAMUSM_RESULT_CAPTIVE_PORTAL);
    kamusm_step_free(step);
    kamusm_session_free(session);
    return finish();
}
