/* The whole way against the service: `flow accepted` signs after a wrong PIN, `flow cancelled` and `flow declined` do not. */
#include "support.h"

/* UTF-8 of "şahsıma bir nitelikli elektronik sertifika hazırlanmasını", octet by octet. */
static const char SENTENCE[] = "\xc5\x9f"
                               "ahs\xc4\xb1"
                               "ma bir nitelikli elektronik sertifika haz\xc4\xb1"
                               "rlanmas\xc4\xb1n\xc4\xb1";

static bool contains(kamusm_bytes octets, const char *part) {
    size_t len = strlen(part);
    for (size_t i = 0; i + len <= octets.len; i++)
        if (memcmp(octets.data + i, part, len) == 0) return true;
    return false;
}

/* Sends and waits until a step comes that needs the person, or the end. */
static kamusm_step *persons_step(kamusm_session *session, const kamusm_http *http) {
    for (;;) {
        kamusm_error *error = NULL;
        kamusm_answer *answer = NULL;
        kamusm_step *step = next_step(session);
        kamusm_step_kind kind = kamusm_step_kind_of(step);
        if (kind != KAMUSM_STEP_SEND && kind != KAMUSM_STEP_WAIT) return step;
        if (kind == KAMUSM_STEP_SEND) CHECK_OK(kamusm_http_perform(http, step, NULL, &answer, &error));
        else CHECK_OK(kamusm_wait_perform(step, NULL, &answer, &error));
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    }
}

static void check_shown(const kamusm_step *step) {
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_SHOW);
    CHECK(kamusm_step_text_count(step) == 1);
    CHECK_TEXT(kamusm_step_text_title(step, 0), "\xc4\xb0mzalanacak Metin 1:");
    CHECK(contains(kamusm_step_text_octets(step, 0), SENTENCE));
    CHECK(kamusm_step_text_is_checked(step, 0));
    CHECK(!kamusm_step_text_is_checked(step, 1));
    CHECK(strlen(kamusm_step_match_code(step)) == 4);
    CHECK_TEXT(kamusm_step_application(step), setting("KAMUSM_TEST_APPLICATION"));
    CHECK(strlen(kamusm_step_service(step)) > 0);
    CHECK_TEXT(kamusm_step_origin(step), setting("KAMUSM_TEST_BASE_URL"));
    CHECK(strstr(kamusm_step_applicant_tckn(step), "*") != NULL);
    CHECK(strlen(kamusm_step_applicant_name(step)) > 0);
    CHECK(strlen(kamusm_step_institution(step)) > 0);
    CHECK(strlen(kamusm_step_product(step)) > 0);
    CHECK(strlen(kamusm_step_created_at(step)) >= 20);
    CHECK(kamusm_step_warning(step, kamusm_step_warning_count(step)) == NULL);
    CHECK(kamusm_step_deadline_ms(step) > kamusm_clock_monotonic_ms());
}

static kamusm_step *chosen(kamusm_session *session, const kamusm_http *http, const kamusm_token *token) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_identities *list = NULL;
    kamusm_step *step = persons_step(session, http);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_CHOOSE);
    CHECK(strstr(kamusm_step_applicant_tckn(step), "*") != NULL);
    /* Octets that are no certificate are refused when they are answered. */
    CHECK_OK(kamusm_step_certificate(step, (kamusm_bytes){(const uint8_t *)"0", 1}, &answer, &error));
    CHECK_FAILS(kamusm_session_answer(session, answer, kamusm_clock_monotonic_ms(), 0, &error),
                KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    kamusm_answer_free(answer);
    CHECK_OK(kamusm_token_identities(token, 1000, &list, &error));
    kamusm_bytes der = kamusm_identity_certificate(kamusm_identities_at(list, 0));
    CHECK_OK(kamusm_step_certificate(step, der, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    step = persons_step(session, http);
    CHECK(same_octets(kamusm_step_signer_certificate(step), der));
    kamusm_identities_free(list);
    return step;
}

static void signed_after_a_wrong_pin(kamusm_session *session, const kamusm_http *http) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_token *token = new_token();
    kamusm_step *step = chosen(session, http, token);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_SIGN);
    CHECK(kamusm_step_failure(step) == NULL);
    kamusm_sign_options *options = kamusm_sign_options_new();
    CHECK_FAILS(kamusm_token_sign(token, step, options, NULL, &answer, &error), KAMUSM_RESULT_PIN_REQUIRED);
    CHECK_OK(kamusm_sign_options_set_pin(options, (const uint8_t *)"0000", 4, &error));
    CHECK(kamusm_token_sign(token, step, options, NULL, &answer, &error) == KAMUSM_RESULT_PIN_INCORRECT);
    CHECK(answer == NULL);
    CHECK(kamusm_error_used_pin_try(error));
    CHECK(kamusm_error_pin_tries_left(error) == 2);
    CHECK(kamusm_error_category(error) == KAMUSM_CATEGORY_CARD);
    CHECK(!kamusm_error_is_retryable(error));
    kamusm_error_free(error);
    error = NULL;
    /* The PIN was used up: without another one none is tried. */
    CHECK_FAILS(kamusm_token_sign(token, step, options, NULL, &answer, &error), KAMUSM_RESULT_PIN_REQUIRED);
    kamusm_step_free(step);

    step = next_step(session);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_SIGN);
    CHECK_OK(kamusm_sign_options_set_pin(options, (const uint8_t *)"1234", 4, &error));
    CHECK_OK(kamusm_token_sign(token, step, options, NULL, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    kamusm_sign_options_free(options);
    kamusm_token_free(token);

    step = persons_step(session, http);
    CHECK(kamusm_step_outcome(step) == KAMUSM_OUTCOME_ACCEPTED);
    CHECK(kamusm_step_outcome_error(step) == NULL);
    CHECK_TEXT(kamusm_step_return_to(step), setting("KAMUSM_TEST_BASE_URL"));
    CHECK(kamusm_step_signature_count(step) == 1);
    CHECK(kamusm_step_signature(step, 0).len > 1000);
    CHECK(strchr(kamusm_step_receipt(step), '.') != NULL);
    CHECK_TEXT(kamusm_step_receipt_application(step), setting("KAMUSM_TEST_APPLICATION"));
    CHECK(strlen(kamusm_step_receipt_received_at(step)) >= 20);
    CHECK(strlen(kamusm_step_receipt_signing_time(step)) >= 20);
    CHECK(!kamusm_step_receipt_is_anchored(step));
    kamusm_step_free(step);
}

int main(int argc, char **argv) {
    need(argc == 2, "what to try");
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_session *session = new_session(setting("KAMUSM_TEST_BASE_URL"), setting("KAMUSM_TEST_CODE"));
    kamusm_http *http = new_http(setting("KAMUSM_TEST_BASE_URL"));
    kamusm_step *step = persons_step(session, http);
    check_shown(step);
    if (strcmp(argv[1], "accepted") == 0) {
        CHECK_OK(kamusm_step_accept(step, &answer, &error));
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
        signed_after_a_wrong_pin(session, http);
    } else {
        bool declined = strcmp(argv[1], "declined") == 0;
        if (declined) CHECK_OK(kamusm_step_decline(step, &answer, &error));
        else CHECK_OK(kamusm_step_cancelled(step, &answer, &error));
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
        step = next_step(session);
        CHECK(kamusm_step_is_sent_after_cancel(step));
        kamusm_step_free(step);
        step = persons_step(session, http);
        CHECK(kamusm_step_outcome(step) == KAMUSM_OUTCOME_CANCELLED);
        CHECK(kamusm_error_code(kamusm_step_outcome_error(step)) ==
              (declined ? KAMUSM_RESULT_DECLINED : KAMUSM_RESULT_CANCELLED));
        kamusm_step_free(step);
    }
    kamusm_http_free(http);
    kamusm_session_free(session);
    return finish();
}
