/* A caller with its own HTTP (a socket) and its own signing (openssl): no performer of the library is used. */
#include "outside.h"

static kamusm_answer *perform(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_response *response = respond(kamusm_step_request(step));
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    kamusm_response_free(response);
    return answer;
}

static kamusm_answer *signed_outside(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    CHECK(kamusm_step_item_count(step) == 1);
    CHECK(kamusm_step_item_algorithm(step, 0) == KAMUSM_ALGORITHM_ECDSA_P256_SHA256);
    CHECK(kamusm_step_item_digest(step, 0).len == 32);
    CHECK(kamusm_step_item_digest(step, 1).data == NULL);
    CHECK(kamusm_step_signing_time_unix_s(step) > 1700000000);
    kamusm_bytes value = signed_by_openssl(kamusm_step_item_to_be_signed(step, 0));
    kamusm_bytes values[2] = {value, value};
    CHECK_FAILS(kamusm_step_signatures(step, values, 2, &answer, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_step_signatures(step, values, 1, &answer, &error));
    return answer;
}

/* A signature that does not fit the certificate brings the step again, with the reason. */
static kamusm_answer *signed_wrong(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_bytes value = kamusm_step_item_digest(step, 0);
    CHECK_OK(kamusm_step_signatures(step, &value, 1, &answer, &error));
    return answer;
}

/* The reader lost its card for a moment. */
static kamusm_answer *without_card(const kamusm_step *step) {
    kamusm_error *error = NULL, *why = NULL;
    kamusm_answer *answer = NULL;
    CHECK_OK(kamusm_error_new(KAMUSM_RESULT_TOKEN_REMOVED, "the card is not there", &why, &error));
    CHECK_OK(kamusm_step_failed(step, why, &answer, &error));
    kamusm_error_free(why);
    return answer;
}

static kamusm_bytes intermediate;

/* With the certificate above it: no configuration names one here. */
static kamusm_answer *certificate(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_bytes nothing = {NULL, 0}, der = der_of(setting("KAMUSM_TEST_PEM"));
    CHECK_FAILS(kamusm_step_certificate_with_chain(step, der, &nothing, 1, &answer, &error), KAMUSM_RESULT_NULL);
    CHECK_FAILS(kamusm_step_certificate_with_chain(step, der, &intermediate, SIZE_MAX, &answer, &error),
                KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_step_certificate_with_chain(step, der, &intermediate, 1, &answer, &error));
    free((void *)der.data);
    return answer;
}

int main(void) {
    kamusm_error *error = NULL;
    intermediate = der_of(setting("KAMUSM_TEST_INTERMEDIATE"));
    kamusm_session *session = new_session(setting("KAMUSM_TEST_BASE_URL"), setting("KAMUSM_TEST_CODE"));
    kamusm_outcome outcome = 0;
    kamusm_result before = KAMUSM_RESULT_OK;
    int sign_steps = 0;
    while (outcome == 0) {
        kamusm_answer *answer = NULL;
        kamusm_step *step = next_step(session);
        switch (kamusm_step_kind_of(step)) {
        case KAMUSM_STEP_SEND: answer = perform(step); break;
        case KAMUSM_STEP_WAIT: CHECK_OK(kamusm_wait_perform(step, NULL, &answer, &error)); break;
        case KAMUSM_STEP_SHOW: CHECK_OK(kamusm_step_accept(step, &answer, &error)); break;
        case KAMUSM_STEP_CHOOSE: answer = certificate(step); break;
        case KAMUSM_STEP_SIGN:
            CHECK(kamusm_error_code(kamusm_step_failure(step)) == before);
            sign_steps++;
            before = sign_steps == 1 ? KAMUSM_RESULT_TOKEN_REMOVED : KAMUSM_RESULT_SELF_CHECK;
            answer = sign_steps == 1 ? without_card(step) : sign_steps == 2 ? signed_wrong(step) : signed_outside(step);
            break;
        default:
            outcome = kamusm_step_outcome(step);
            CHECK(outcome == KAMUSM_OUTCOME_ACCEPTED);
            CHECK(holds(kamusm_step_signature(step, 0), intermediate));
            if (outcome != KAMUSM_OUTCOME_ACCEPTED) printf("%s\n", kamusm_error_message(kamusm_step_outcome_error(step)));
            kamusm_step_free(step);
            continue;
        }
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    }
    CHECK(sign_steps == 3);
    free((void *)intermediate.data);
    kamusm_session_free(session);
    return finish();
}
