/* One object of each kind, for the generated test of NULL. */
#ifndef FIXTURES_H
#define FIXTURES_H

#include "support.h"

/* Objects that functions make through a pointer to a pointer. */
#define MADE_OBJECTS(EACH)                                                                                        \
    EACH(answer) EACH(application) EACH(applications) EACH(cades_report) EACH(cades_signing) EACH(call)           \
    EACH(config) EACH(error) EACH(http) EACH(identities) EACH(log) EACH(octets) EACH(person_token) EACH(response) \
    EACH(session) EACH(step) EACH(token) EACH(verification_code)
/* Those that are returned at once. */
#define NEW_OBJECTS(EACH) EACH(cades_policy) EACH(cades_profile) EACH(cancel) EACH(sign_options)

/* What an output holds before the call; a refused call must leave it there. */
static char untouched;
#define UNTOUCHED ((void *)&untouched)

#define DECLARE_SOME(noun) static kamusm_##noun *some_##noun;
#define DECLARE_MADE(noun) static kamusm_##noun *made_##noun;
MADE_OBJECTS(DECLARE_SOME)
MADE_OBJECTS(DECLARE_MADE)
NEW_OBJECTS(DECLARE_SOME)
static kamusm_error *error;
/* Lent ones. */
static const kamusm_identity *some_identity;
static const kamusm_request *some_request;
static const kamusm_status *some_status;
static const uint8_t some_data[] = {0x30};
static const kamusm_bytes some_bytes = {some_data, 1}, no_bytes = {NULL, 0};
static uint64_t some_number = 77;
static int64_t some_time = 77;

#define RESET_MADE(noun) made_##noun = UNTOUCHED;
#define IS_UNTOUCHED(noun) (void *)made_##noun == UNTOUCHED &&
#define FREE_MADE(noun) \
    if ((void *)made_##noun != UNTOUCHED) kamusm_##noun##_free(made_##noun);
#define FREE_SOME(noun) kamusm_##noun##_free(some_##noun);

static inline void reset(void) {
    error = NULL;
    MADE_OBJECTS(RESET_MADE)
}

/* Frees what a call has made; whether it made nothing. */
static inline bool made_nothing(void) {
    bool nothing = MADE_OBJECTS(IS_UNTOUCHED) true;
    MADE_OBJECTS(FREE_MADE)
    return nothing;
}

static inline bool refused_null(kamusm_result result) {
    bool so = result == KAMUSM_RESULT_NULL && (error == NULL || kamusm_error_code(error) == KAMUSM_RESULT_NULL) &&
              some_number == 77 && some_time == 77;
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

/* Signed by nobody: the service's own identity is enough to begin. */
static inline void make_cades(void) {
    kamusm_bytes certificate = kamusm_identity_certificate(some_identity);
    some_cades_policy = kamusm_cades_policy_new(0);
    some_cades_profile = kamusm_cades_profile_new(true, 0);
    need(kamusm_cades_begin(some_data, 1, certificate, NULL, 0, some_cades_profile, &some_cades_signing, NULL) ==
             KAMUSM_RESULT_OK,
         "a signature to be");
    need(kamusm_cades_verify(some_data, 1, NULL, some_cades_policy, &some_cades_report, NULL) == KAMUSM_RESULT_OK,
         "a report");
}

static inline void make_application(void) {
    static const char body[] = "{\"no\":\"SD-1\",\"applied_on\":\"2026-01-02\",\"reason\":\"first\",\"status\":{\"code\":"
                               "\"cancelled\",\"title\":\"\",\"body\":[{\"kind\":\"paragraph\",\"text\":\"\"}],"
                               "\"action\":{\"code\":\"details\",\"title\":\"\"}}}";
    kamusm_response *response = NULL;
    need(kamusm_person_token_parse("token", &some_person_token, NULL) == KAMUSM_RESULT_OK, "a token");
    need(kamusm_application_call(some_config, some_person_token, "SD-1", &some_call, NULL) == KAMUSM_RESULT_OK, "a call");
    need(kamusm_response_new(200, &response, NULL) == KAMUSM_RESULT_OK, "a response");
    kamusm_response_set_body(response, (const uint8_t *)body, strlen(body), NULL);
    need(kamusm_application_decode(some_call, response, &some_application, NULL) == KAMUSM_RESULT_OK, "an application");
    kamusm_response_free(response);
    some_request = kamusm_call_request(some_call);
    some_status = kamusm_application_status(some_application);
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
    make_application();
    make_cades();
}

static inline void free_fixtures(void) {
    MADE_OBJECTS(FREE_SOME)
    NEW_OBJECTS(FREE_SOME)
}

#endif
