/* kamusm_log: what happened is kept within bounds, comes out once, and names nothing of a person. */
#include "support.h"

static kamusm_log *read_log(const kamusm_config *config) {
    kamusm_log *log = NULL;
    need(kamusm_log_read(config, &log, NULL) == KAMUSM_RESULT_OK, "a log");
    return log;
}

int main(void) {
    kamusm_error *error = NULL;
    kamusm_config *config = new_config(NOWHERE);
    kamusm_verification_code *code = parsed_code(SAMPLE_CODE);
    kamusm_session *session = NULL;
    CHECK_FAILS(kamusm_config_set_log_lines(config, 65537, &error), KAMUSM_RESULT_CONFIG);
    CHECK_OK(kamusm_config_set_log_lines(config, 2, &error));
    CHECK_OK(kamusm_session_new(code, config, &session, &error));
    kamusm_verification_code_free(code);
    uint64_t now = 1000;
    for (int i = 0; i < 3; i++) {
        kamusm_step *step = NULL;
        kamusm_answer *answer = NULL;
        CHECK_OK(kamusm_session_step(session, now, 0, &step, &error));
        if (kamusm_step_kind_of(step) == KAMUSM_STEP_WAIT) CHECK_OK(kamusm_step_elapsed(step, &answer, &error));
        else CHECK_OK(kamusm_step_transport_failed(step, KAMUSM_TRANSPORT_FAILURE_TIMEOUT, &answer, &error));
        CHECK_OK(kamusm_session_answer(session, answer, now++, 0, &error));
        kamusm_answer_free(answer);
        kamusm_step_free(step);
    }
    kamusm_log *log = read_log(config);
    CHECK(kamusm_log_count(log) == 2);
    CHECK(kamusm_log_dropped(log) == 1);
    CHECK(kamusm_log_at_ms(log, 0) == 1001 && kamusm_log_at_ms(log, 1) == 1002);
    for (size_t i = 0; i < 2; i++) {
        CHECK(strlen(kamusm_log_text(log, i)) > 0);
        CHECK(strstr(kamusm_log_text(log, i), "SHYZ") == NULL && strstr(kamusm_log_text(log, i), "4EVA") == NULL);
    }
    CHECK(kamusm_log_text(log, 2) == NULL);
    CHECK(kamusm_log_at_ms(log, 2) == 0);
    kamusm_log_free(log);
    log = read_log(config);
    CHECK(kamusm_log_count(log) == 0 && kamusm_log_dropped(log) == 0);
    kamusm_log_free(log);
    kamusm_session_free(session);
    kamusm_config_free(config);
    return finish();
}
