/* What the header lets two threads do at once, done by two threads at once. */
#define _POSIX_C_SOURCE 200809L /* barriers */
#include "support.h"

#include <pthread.h>

#define ROUNDS 40

/* Shared by both threads, as `const` where it is called. */
static kamusm_config *config;
static kamusm_http *http;
static kamusm_token *token;
static kamusm_call *call;
static kamusm_step *step;
static kamusm_cades_signing *signing;
static const kamusm_error *shared_error;
static pthread_barrier_t start;

static size_t one_round(void) {
    kamusm_response *response = NULL;
    kamusm_applications *list = NULL;
    kamusm_identities *identities = NULL;
    kamusm_log *log = NULL;
    kamusm_answer *answer = NULL;
    kamusm_octets *cms = NULL;
    size_t right = 0;
    right += kamusm_http_call(http, call, NULL, &response, NULL) == KAMUSM_RESULT_OK;
    right += kamusm_applications_decode(call, response, &list, NULL) == KAMUSM_RESULT_OK;
    right += kamusm_applications_count(list) == 4;
    right += kamusm_token_identities(token, 5000, &identities, NULL) == KAMUSM_RESULT_OK;
    right += kamusm_identities_count(identities) == 1;
    /* The strings of a step are made when the first of them is asked for: by whoever comes first. */
    right += same_text(kamusm_step_method(step), "GET");
    right += kamusm_step_cancelled(step, &answer, NULL) == KAMUSM_RESULT_OK;
    right += kamusm_error_code(shared_error) == KAMUSM_RESULT_STATE && kamusm_error_text(shared_error, "en") != NULL;
    right += kamusm_cades_signing_finish(signing, (const uint8_t *)"0", 1, &cms, NULL) == KAMUSM_RESULT_SELF_CHECK;
    right += kamusm_log_read(config, &log, NULL) == KAMUSM_RESULT_OK;
    kamusm_log_free(log);
    kamusm_answer_free(answer);
    kamusm_identities_free(identities);
    kamusm_applications_free(list);
    kamusm_response_free(response);
    return right;
}

static void *rounds(void *right) {
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++) *(size_t *)right += one_round();
    return NULL;
}

/* A session may move: begun here, stepped there. */
static void *take_over(void *session) {
    kamusm_step *first = next_step((kamusm_session *)session);
    size_t right = kamusm_step_kind_of(first) == KAMUSM_STEP_SEND;
    kamusm_step_free(first);
    kamusm_session_cancel((kamusm_session *)session);
    return (void *)right;
}

/* Waits until the other thread cancels. */
static void *wait_long(void *cancel) {
    kamusm_session *session = new_session(NOWHERE, SAMPLE_CODE);
    kamusm_answer *answer = NULL;
    kamusm_response *response = NULL;
    kamusm_step *send = next_step(session);
    need(kamusm_response_new(503, &response, NULL) == KAMUSM_RESULT_OK, "a response");
    need(kamusm_response_add_header(response, "retry-after", "30", NULL) == KAMUSM_RESULT_OK, "a header");
    need(kamusm_step_response(send, response, &answer, NULL) == KAMUSM_RESULT_OK, "an answer");
    need(give(session, send, answer) == KAMUSM_RESULT_OK, "to be heard");
    kamusm_response_free(response);
    kamusm_step *pause = next_step(session);
    pthread_barrier_wait(&start);
    uint64_t before = kamusm_clock_monotonic_ms();
    need(kamusm_wait_perform(pause, (const kamusm_cancel *)cancel, &answer, NULL) == KAMUSM_RESULT_OK, "an answer");
    size_t right = kamusm_clock_monotonic_ms() - before < 20000;
    need(give(session, pause, answer) == KAMUSM_RESULT_OK, "to be heard");
    kamusm_step *end = next_step(session);
    right += kamusm_step_outcome(end) == KAMUSM_OUTCOME_CANCELLED;
    kamusm_step_free(end);
    kamusm_session_free(session);
    return (void *)right;
}

static void *joined(pthread_t thread) {
    void *result = NULL;
    need(pthread_join(thread, &result) == 0, "the other thread");
    return result;
}

static void make_shared(void) {
    kamusm_person_token *person = NULL;
    kamusm_identities *list = NULL;
    config = new_config(setting("KAMUSM_TEST_BASE_URL"));
    http = new_http(setting("KAMUSM_TEST_BASE_URL"));
    token = new_token();
    need(kamusm_person_token_parse(setting("KAMUSM_TEST_PERSON_TOKEN"), &person, NULL) == KAMUSM_RESULT_OK, "a token");
    need(kamusm_applications_call(config, person, &call, NULL) == KAMUSM_RESULT_OK, "a call");
    kamusm_person_token_free(person);
    need(kamusm_token_identities(token, 5000, &list, NULL) == KAMUSM_RESULT_OK, "identities");
    kamusm_cades_profile *profile = kamusm_cades_profile_new(true, 0);
    kamusm_bytes certificate = kamusm_identity_certificate(kamusm_identities_at(list, 0));
    need(kamusm_cades_begin(certificate.data, certificate.len, certificate, NULL, 0, profile, &signing, NULL) ==
             KAMUSM_RESULT_OK,
         "a signature to be");
    kamusm_cades_profile_free(profile);
    kamusm_identities_free(list);
}

int main(void) {
    pthread_t threads[2];
    size_t right[2] = {0, 0};
    kamusm_error *error = NULL;
    make_shared();
    kamusm_session *session = new_session(NOWHERE, SAMPLE_CODE);
    step = next_step(session);
    need(kamusm_error_new(KAMUSM_RESULT_STATE, "for a test", &error, NULL) == KAMUSM_RESULT_OK, "an error");
    shared_error = error;

    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 2; i++) need(pthread_create(&threads[i], NULL, rounds, &right[i]) == 0, "a thread");
    for (int i = 0; i < 2; i++) joined(threads[i]);
    CHECK(right[0] == ROUNDS * 10 && right[1] == ROUNDS * 10);

    need(pthread_create(&threads[0], NULL, take_over, session) == 0, "a thread");
    CHECK(joined(threads[0]) == (void *)1);
    kamusm_step *end = next_step(session);
    CHECK(kamusm_step_outcome(end) == KAMUSM_OUTCOME_CANCELLED || kamusm_step_kind_of(end) == KAMUSM_STEP_SEND);
    kamusm_step_free(end);

    kamusm_cancel *cancel = kamusm_cancel_new();
    need(pthread_create(&threads[0], NULL, wait_long, cancel) == 0, "a thread");
    pthread_barrier_wait(&start);
    kamusm_cancel_now(cancel);
    CHECK(joined(threads[0]) == (void *)2);
    kamusm_cancel_free(cancel);

    pthread_barrier_destroy(&start);
    kamusm_error_free(error);
    kamusm_step_free(step);
    kamusm_session_free(session);
    kamusm_cades_signing_free(signing);
    kamusm_call_free(call);
    kamusm_token_free(token);
    kamusm_http_free(http);
    kamusm_config_free(config);
    return finish();
}
