/* A whole session, as the scenario wants it. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kinds.h"
#include "network.h"
#include "person.h"
#include "trace.h"

typedef struct {
    const scenario *scenario;
    trace trace;
    person person;
    kamusm_session *session;
    kamusm_http *http; /* NULL for one's own */
    kamusm_cancel *cancel;
} going;

static kamusm_result perform(const going *going, const kamusm_step *step, kamusm_answer **answer, kamusm_error **error) {
    if (going->http != NULL) return kamusm_http_perform(going->http, step, going->cancel, answer, error);
    kamusm_response *response = exchange(kamusm_step_request(step));
    if (response == NULL)
        return kamusm_step_transport_failed(step, KAMUSM_TRANSPORT_FAILURE_UNREACHABLE, answer, error);
    kamusm_result rc = kamusm_step_response(step, response, answer, error);
    kamusm_response_free(response);
    return rc;
}

/* Kalan Süre: this many values, one a second, until nothing is left. */
static void count_down(const kamusm_step *step, int64_t count, json *out) {
    json_open(out, '[');
    while (count-- > 0) {
        uint64_t now = kamusm_clock_monotonic_ms(), until = kamusm_step_deadline_ms(step);
        uint64_t left = until > now ? until - now : 0;
        json_uint(out, (left + 999) / 1000);
        if (left == 0) break;
        uint64_t pause = (left - 1) % 1000 + 1; /* to the moment at which the next whole second is left */
        struct timespec time = {.tv_sec = (time_t)(pause / 1000), .tv_nsec = (long)(pause % 1000) * 1000000};
        if (count > 0) nanosleep(&time, NULL);
    }
    json_close(out, ']');
}

static kamusm_result show(going *going, const kamusm_step *step, kamusm_answer **answer, kamusm_error **error) {
    trace_show(&going->trace, step);
    if (scenario_get(going->scenario, "countdown") != NULL)
        count_down(step, scenario_number(going->scenario, "countdown"), &going->trace.countdown);
    if (scenario_is(going->scenario, "cancel_at", "show")) return kamusm_step_cancelled(step, answer, error);
    return scenario_get(going->scenario, "decline") != NULL ? kamusm_step_decline(step, answer, error)
                                                            : kamusm_step_accept(step, answer, error);
}

static const char *const names[] = {"unknown", "send", "wait", "show", "choose", "sign", "done"};

/* The answer; none if the person is to be asked again, or at the end. */
static kamusm_result answer_to(going *going, const kamusm_step *step, const char *kind, kamusm_answer **answer,
                               kamusm_error **error) {
    bool cancelled = scenario_is(going->scenario, "cancel_at", kind);
    switch (kamusm_step_kind_of(step)) {
    case KAMUSM_STEP_SEND:
        if (cancelled) kamusm_cancel_now(going->cancel);
        return perform(going, step, answer, error);
    case KAMUSM_STEP_WAIT:
        trace_wait(&going->trace, step);
        if (cancelled) kamusm_cancel_now(going->cancel);
        return kamusm_wait_perform(step, going->cancel, answer, error);
    case KAMUSM_STEP_SHOW: return show(going, step, answer, error);
    case KAMUSM_STEP_CHOOSE:
        trace_choose(&going->trace, step);
        if (cancelled) return kamusm_step_cancelled(step, answer, error);
        return person_choose(&going->person, step, answer, error);
    case KAMUSM_STEP_SIGN:
        trace_sign(&going->trace, step);
        if (cancelled) return kamusm_step_cancelled(step, answer, error);
        if (person_sign(&going->person, step, going->cancel, answer, error) != KAMUSM_RESULT_OK) {
            json_error(&going->trace.pin_errors, *error);
            kamusm_error_free(*error), *error = NULL;
        }
        return KAMUSM_RESULT_OK;
    case KAMUSM_STEP_DONE: trace_done(&going->trace, step); return KAMUSM_RESULT_OK;
    default: kamusm_session_cancel(going->session); return KAMUSM_RESULT_OK;
    }
}

static kamusm_result give(going *going, const char *kind, const kamusm_answer *answer, kamusm_error **error) {
    kamusm_error *stale = NULL;
    if (answer == NULL) return KAMUSM_RESULT_OK;
    if (scenario_is(going->scenario, "cancel_session_at", kind)) {
        kamusm_session_cancel(going->session);
        return KAMUSM_RESULT_OK;
    }
    kamusm_result rc =
        kamusm_session_answer(going->session, answer, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), error);
    if (rc == KAMUSM_RESULT_OK && strcmp(kind, "show") == 0 && scenario_get(going->scenario, "answer_twice") != NULL) {
        kamusm_session_answer(going->session, answer, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &stale);
        json_error(&going->trace.stale, stale);
        kamusm_error_free(stale);
    }
    return rc;
}

static kamusm_result drive(going *going, kamusm_error **error) {
    kamusm_result rc = KAMUSM_RESULT_OK;
    for (bool done = false; rc == KAMUSM_RESULT_OK && !done;) {
        kamusm_step *step = NULL;
        kamusm_answer *answer = NULL;
        rc = kamusm_session_step(going->session, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &step, error);
        if (rc != KAMUSM_RESULT_OK) break;
        kamusm_step_kind number = kamusm_step_kind_of(step);
        const char *kind = names[number >= 0 && number <= KAMUSM_STEP_DONE ? number : 0];
        if (number != KAMUSM_STEP_WAIT) trace_kind(&going->trace, kind);
        done = number == KAMUSM_STEP_DONE;
        rc = answer_to(going, step, kind, &answer, error);
        if (rc == KAMUSM_RESULT_OK) rc = give(going, kind, answer, error);
        kamusm_answer_free(answer);
        kamusm_step_free(step);
    }
    return rc;
}

static void write_log(const kamusm_config *config, json *out) {
    kamusm_log *log = NULL;
    if (kamusm_log_read(config, &log, NULL) != KAMUSM_RESULT_OK) return;
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_log_count(log); i++) json_text(out, kamusm_log_text(log, i));
    json_close(out, ']');
    kamusm_log_free(log);
}

void session_run(const scenario *scenario, json *out) {
    going going = {.scenario = scenario, .cancel = kamusm_cancel_new()};
    kamusm_error *error = NULL;
    kamusm_verification_code *code = NULL;
    kamusm_config *config = NULL;
    bool signs_in = scenario_is(scenario, "kind", "sign_in");
    kamusm_result rc = KAMUSM_RESULT_OK;
    if (!signs_in) rc = kamusm_verification_code_parse(scenario_text(scenario, "code"), &code, &error);
    if (rc == 0) rc = config_of(scenario, &config, &error);
    if (rc == 0 && scenario_get(scenario, "http") == NULL) rc = kamusm_http_new(config, &going.http, &error);
    if (rc == 0) rc = person_open(&going.person, scenario, &error);
    if (rc == 0)
        rc = signs_in ? kamusm_session_sign_in(config, &going.session, &error)
                      : kamusm_session_new(code, config, &going.session, &error);
    if (rc == 0) {
        rc = drive(&going, &error);
        if (scenario_get(scenario, "log") != NULL) write_log(config, &going.trace.log);
    }
    if (rc != 0) json_error(&going.trace.thrown, error);
    trace_write(&going.trace, out);
    kamusm_error_free(error);
    kamusm_session_free(going.session);
    person_close(&going.person);
    kamusm_http_free(going.http);
    kamusm_cancel_free(going.cancel);
    kamusm_config_free(config);
    kamusm_verification_code_free(code);
}
