/* kamusm_cancel: another thread ends a pause and a request; many threads read one step. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void *cancel_soon(void *cancel) {
    struct timespec soon = {0, 50000000};
    nanosleep(&soon, NULL);
    kamusm_cancel_now(cancel);
    return NULL;
}

static void *read_strings(void *step) {
    for (int i = 0; i < 200; i++)
        if (!same_text(kamusm_step_url(step), NOWHERE "/.well-known/kamusm-configuration")) return step;
    return NULL;
}

/* A port that takes connections and never answers. */
static int silent_port(int *listener) {
    struct sockaddr_in address = {0};
    socklen_t len = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *listener = socket(AF_INET, SOCK_STREAM, 0);
    need(bind(*listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(*listener, 4) == 0, "a port");
    getsockname(*listener, (struct sockaddr *)&address, &len);
    return ntohs(address.sin_port);
}

/* Performs the step while another thread cancels; the session must end as cancelled. */
static void cancelled_while(kamusm_session *session, kamusm_step *step, const kamusm_http *http) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_cancel *cancel = kamusm_cancel_new();
    pthread_t thread;
    uint64_t began = kamusm_clock_monotonic_ms();
    pthread_create(&thread, NULL, cancel_soon, cancel);
    if (http != NULL) CHECK_OK(kamusm_http_perform(http, step, cancel, &answer, &error));
    else CHECK_OK(kamusm_wait_perform(step, cancel, &answer, &error));
    uint64_t took = kamusm_clock_monotonic_ms() - began;
    pthread_join(thread, NULL);
    CHECK(kamusm_cancel_is_cancelled(cancel));
    if (!CHECK(took < 3000)) printf("took %d ms\n", (int)took);
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    step = next_step(session);
    CHECK(kamusm_step_outcome(step) == KAMUSM_OUTCOME_CANCELLED);
    kamusm_step_free(step);
    kamusm_cancel_free(cancel);
}

int main(void) {
    kamusm_cancel *cancel = kamusm_cancel_new();
    CHECK(!kamusm_cancel_is_cancelled(cancel));
    kamusm_cancel_now(cancel);
    kamusm_cancel_now(cancel);
    CHECK(kamusm_cancel_is_cancelled(cancel));

    /* A pause of 20 s. */
    kamusm_session *session = new_session(NOWHERE, SAMPLE_CODE);
    kamusm_step *step = next_step(session);
    kamusm_response *response = NULL;
    kamusm_answer *answer = NULL;
    kamusm_error *error = NULL;
    CHECK_OK(kamusm_response_new(503, &response, &error));
    CHECK_OK(kamusm_response_add_header(response, "retry-after", "20", &error));
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    kamusm_response_free(response);
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    step = first_moments_step(session);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_WAIT);
    cancelled_while(session, step, NULL);
    kamusm_session_free(session);

    int listener;
    char base_url[64];
    snprintf(base_url, sizeof base_url, "http://127.0.0.1:%d", silent_port(&listener));
    session = new_session(base_url, SAMPLE_CODE);
    kamusm_http *http = new_http(base_url);
    cancelled_while(session, next_step(session), http);
    kamusm_session_free(session);
    kamusm_http_free(http);
    close(listener);

    /* Without a token nobody can cancel, and a lost network is an answer. */
    session = new_session(NOWHERE, SAMPLE_CODE);
    http = new_http(NOWHERE);
    step = next_step(session);
    CHECK_OK(kamusm_http_perform(http, step, NULL, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    step = first_moments_step(session);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_WAIT);
    CHECK_OK(kamusm_wait_perform(step, NULL, &answer, &error));
    CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    step = next_step(session);
    CHECK(kamusm_step_kind_of(step) == KAMUSM_STEP_SEND);

    /* `const` may run at once. */
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) pthread_create(&threads[i], NULL, read_strings, step);
    for (size_t i = 0; i < 4; i++) {
        void *wrong = step;
        pthread_join(threads[i], &wrong);
        CHECK(wrong == NULL);
    }
    kamusm_step_free(step);
    kamusm_session_free(session);
    kamusm_http_free(http);
    kamusm_cancel_free(cancel);
    return finish();
}
