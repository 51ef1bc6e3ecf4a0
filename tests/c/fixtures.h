/* One object of each kind, for the generated test of NULL. */
#ifndef FIXTURES_H
#define FIXTURES_H

#include "support.h"

/* What an output holds before the call; a refused call must leave it there. */
static char untouched;
#define UNTOUCHED ((void *)&untouched)

static kamusm_answer *some_answer, *made_answer;
static kamusm_cancel *some_cancel;
static kamusm_config *some_config, *made_config;
static kamusm_error *some_error, *made_error, *error;
static kamusm_http *some_http, *made_http;
static kamusm_identities *some_identities, *made_identities;
static const kamusm_identity *some_identity;
static kamusm_log *some_log, *made_log;
static kamusm_response *some_response, *made_response;
static kamusm_session *some_session, *made_session;
static kamusm_sign_options *some_sign_options;
static kamusm_step *some_step, *made_step;
static kamusm_token *some_token, *made_token;
static kamusm_verification_code *some_verification_code, *made_verification_code;
static const uint8_t some_octets[] = {0x30};
static const kamusm_bytes some_bytes = {some_octets, 1}, no_bytes = {NULL, 0};
static uint64_t some_number = 77;

static inline void reset(void) {
    error = NULL;
    made_answer = UNTOUCHED;
    made_config = UNTOUCHED;
    made_error = UNTOUCHED;
    made_http = UNTOUCHED;
    made_identities = UNTOUCHED;
    made_log = UNTOUCHED;
    made_response = UNTOUCHED;
    made_session = UNTOUCHED;
    made_step = UNTOUCHED;
    made_token = UNTOUCHED;
    made_verification_code = UNTOUCHED;
}

#define FREE_MADE(noun) \
    if ((void *)made_##noun != UNTOUCHED) kamusm_##noun##_free(made_##noun)

/* Frees what a call has made; whether it made nothing. */
static inline bool made_nothing(void) {
    bool nothing = (void *)made_answer == UNTOUCHED && (void *)made_config == UNTOUCHED &&
                   (void *)made_error == UNTOUCHED && (void *)made_http == UNTOUCHED &&
                   (void *)made_identities == UNTOUCHED && (void *)made_response == UNTOUCHED &&
                   (void *)made_log == UNTOUCHED && (void *)made_session == UNTOUCHED && (void *)made_step == UNTOUCHED &&
                   (void *)made_token == UNTOUCHED && (void *)made_verification_code == UNTOUCHED;
    FREE_MADE(answer);
    FREE_MADE(config);
    FREE_MADE(error);
    FREE_MADE(http);
    FREE_MADE(identities);
    FREE_MADE(log);
    FREE_MADE(response);
    FREE_MADE(session);
    FREE_MADE(step);
    FREE_MADE(token);
    FREE_MADE(verification_code);
    return nothing;
}

static inline bool refused_null(kamusm_result result) {
    bool so = result == KAMUSM_RESULT_NULL && (error == NULL || kamusm_error_code(error) == KAMUSM_RESULT_NULL) &&
              some_number == 77;
    kamusm_error_free(error);
    so = made_nothing() && so;
    reset();
    return so;
}

static inline bool allowed_null(kamusm_result result) {
    kamusm_error_free(error);
    made_nothing();
    reset();
    return result != KAMUSM_RESULT_NULL;
}

static inline bool is_absent(kamusm_bytes octets) {
    return octets.data == NULL && octets.len == 0;
}

static inline void make_fixtures(void) {
    reset();
    some_verification_code = parsed_code(SAMPLE_CODE);
    some_config = new_config(NOWHERE);
    some_http = new_http(NOWHERE);
    some_session = new_session(NOWHERE, SAMPLE_CODE);
    some_step = next_step(some_session);
    some_cancel = kamusm_cancel_new();
    some_sign_options = kamusm_sign_options_new();
    some_token = new_token();
    need(kamusm_step_cancelled(some_step, &some_answer, NULL) == KAMUSM_RESULT_OK, "an answer");
    need(kamusm_error_new(KAMUSM_RESULT_STATE, "for a test", &some_error, NULL) == KAMUSM_RESULT_OK, "an error");
    need(kamusm_response_new(200, &some_response, NULL) == KAMUSM_RESULT_OK, "a response");
    need(kamusm_token_identities(some_token, 1000, &some_identities, NULL) == KAMUSM_RESULT_OK, "identities");
    need(kamusm_log_read(some_config, &some_log, NULL) == KAMUSM_RESULT_OK, "a log");
    some_identity = kamusm_identities_at(some_identities, 0);
}

static inline void free_fixtures(void) {
    kamusm_answer_free(some_answer);
    kamusm_cancel_free(some_cancel);
    kamusm_config_free(some_config);
    kamusm_error_free(some_error);
    kamusm_http_free(some_http);
    kamusm_identities_free(some_identities);
    kamusm_log_free(some_log);
    kamusm_response_free(some_response);
    kamusm_session_free(some_session);
    kamusm_sign_options_free(some_sign_options);
    kamusm_step_free(some_step);
    kamusm_token_free(some_token);
    kamusm_verification_code_free(some_verification_code);
}

#endif
