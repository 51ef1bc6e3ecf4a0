/* kamusm_session: the same state gives the same step, late answers are refused, cancelling ends it. */
#include "support.h"

int main(void) {
    kamusm_error *error = NULL;
    kamusm_session *session = new_session(NOWHERE, SAMPLE_CODE);
    kamusm_step *first = next_step(session), *again = next_step(session);
    CHECK(kamusm_step_kind_of(first) == KAMUSM_STEP_SEND);
    CHECK_TEXT(kamusm_step_url(first), kamusm_step_url(again));
    CHECK(!kamusm_session_deadline(session, NULL));

    kamusm_answer *answer = NULL;
    CHECK_OK(kamusm_step_transport_failed(first, KAMUSM_TRANSPORT_FAILURE_TIMEOUT, &answer, &error));
    uint64_t now = kamusm_clock_monotonic_ms();
    CHECK_OK(kamusm_session_answer(session, answer, now, kamusm_clock_unix_ms(), &error));
    CHECK_FAILS(kamusm_session_answer(session, answer, now, kamusm_clock_unix_ms(), &error), KAMUSM_RESULT_STALE);
    kamusm_answer_free(answer);

    kamusm_step *wait = NULL;
    CHECK_OK(kamusm_session_step(session, now, 0, &wait, &error));
    CHECK(kamusm_step_kind_of(wait) == KAMUSM_STEP_WAIT);
    uint64_t deadline = 0;
    CHECK(kamusm_session_deadline(session, &deadline));
    CHECK(deadline == kamusm_step_until_ms(wait));
    CHECK(deadline > now);
    kamusm_step_free(wait);
    /* Time is a parameter: at the deadline the request comes again. */
    kamusm_step *later = NULL;
    CHECK_OK(kamusm_session_step(session, deadline, 0, &later, &error));
    CHECK(kamusm_step_kind_of(later) == KAMUSM_STEP_SEND);
    kamusm_step_free(later);
    kamusm_step_free(first);
    kamusm_step_free(again);

    kamusm_session_cancel(session);
    kamusm_step *done = next_step(session);
    CHECK(kamusm_step_kind_of(done) == KAMUSM_STEP_DONE);
    CHECK(kamusm_step_outcome(done) == KAMUSM_OUTCOME_CANCELLED);
    CHECK(kamusm_error_code(kamusm_step_outcome_error(done)) == KAMUSM_RESULT_CANCELLED);
    CHECK(!kamusm_step_may_have_arrived(done));
    CHECK(kamusm_step_signature_count(done) == 0);
    CHECK(kamusm_step_signature(done, 0).data == NULL);
    CHECK(kamusm_step_receipt(done) == NULL);
    CHECK(kamusm_step_return_to(done) == NULL);
    CHECK_FAILS(kamusm_step_cancelled(done, &answer, &error), KAMUSM_RESULT_STATE);
    kamusm_step_free(done);
    kamusm_session_free(session);

    /* A code of another environment than the configuration's ends at once. */
    kamusm_config *config = NULL;
    CHECK_OK(kamusm_config_new("https://basvuru.example", KAMUSM_ENVIRONMENT_PRODUCTION, &config, &error));
    kamusm_verification_code *code = parsed_code(SAMPLE_CODE);
    CHECK_OK(kamusm_session_new(code, config, &session, &error));
    kamusm_config_free(config);
    kamusm_verification_code_free(code);
    done = next_step(session);
    CHECK(kamusm_error_code(kamusm_step_outcome_error(done)) == KAMUSM_RESULT_WRONG_ENVIRONMENT);
    kamusm_step_free(done);
    kamusm_session_free(session);
    return finish();
}
