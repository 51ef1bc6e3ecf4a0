/* Sessions opened and dropped in any state, and all that hangs on them: memory does not grow. */
#include "memory.h"

static kamusm_config *config;
static kamusm_verification_code *code;

/* As far as one comes without a service, with every object that is made on the way. */
static void open_and_drop(size_t round) {
    kamusm_session *session = NULL;
    kamusm_answer *answer = NULL;
    kamusm_response *response = NULL;
    kamusm_error *error = NULL;
    kamusm_log *log = NULL;
    need(kamusm_session_new(code, config, &session, NULL) == KAMUSM_RESULT_OK, "a session");
    kamusm_step *step = next_step(session);
    need(kamusm_step_url(step) != NULL && kamusm_request_url(kamusm_step_request(step)) != NULL, "an address");
    need(kamusm_step_accept(step, &answer, &error) == KAMUSM_RESULT_STATE, "a refusal");
    need(kamusm_error_text(error, "tr") != NULL && kamusm_error_message(error) != NULL, "a sentence");
    kamusm_error_free(error);
    need(kamusm_response_new(round % 2 == 0 ? 503 : 404, &response, NULL) == KAMUSM_RESULT_OK, "a response");
    need(kamusm_response_set_body(response, (const uint8_t *)"{}", 2, NULL) == KAMUSM_RESULT_OK, "a body");
    need(kamusm_step_response(step, response, &answer, NULL) == KAMUSM_RESULT_OK, "an answer");
    need(give(session, step, answer) == KAMUSM_RESULT_OK, "to be heard");
    kamusm_response_free(response);
    if (round % 3 == 0) kamusm_session_cancel(session);
    kamusm_step_free(next_step(session));
    if (round % 5 == 0) {
        need(kamusm_log_read(config, &log, NULL) == KAMUSM_RESULT_OK, "a log");
        kamusm_log_free(log);
    }
    kamusm_session_free(session);
}

int main(void) {
    config = new_config(NOWHERE);
    code = parsed_code(SAMPLE_CODE);
    check_growth(open_and_drop);
    kamusm_verification_code_free(code);
    kamusm_config_free(config);
    return finish();
}
