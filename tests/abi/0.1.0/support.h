/* What every C test needs: checks that are counted, and objects to try things with. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <kamusm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A code of no service: only its check symbol is right. */
#define SAMPLE_CODE "SHYZ-BZZD-YBBM-4EVA"
/* Nobody listens there. */
#define NOWHERE "http://127.0.0.1:1"

static int passed, failed;

static inline bool check(bool holds, const char *what, const char *file, int line) {
    if (holds) {
        passed++;
    } else {
        failed++;
        printf("%s:%d: not so: %s\n", file, line, what);
    }
    return holds;
}

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(text, wanted) check(same_text((text), (wanted)), #text " is " #wanted, __FILE__, __LINE__)
/* The number that comes back, and the error object that says the same. */
#define CHECK_FAILS(call, wanted) check(fails((call), (wanted), &error), #call " is " #wanted, __FILE__, __LINE__)
#define CHECK_OK(call) check(succeeds((call), &error), #call, __FILE__, __LINE__)

static inline bool same_text(const char *text, const char *wanted) {
    return text != NULL && strcmp(text, wanted) == 0;
}

static inline bool fails(kamusm_result result, kamusm_result wanted, kamusm_error **error) {
    bool so = result == wanted && *error != NULL && kamusm_error_code(*error) == wanted;
    if (!so) printf("%d: %s\n", (int)result, *error != NULL ? kamusm_error_message(*error) : "no error object");
    kamusm_error_free(*error);
    *error = NULL;
    return so;
}

static inline bool succeeds(kamusm_result result, kamusm_error **error) {
    if (result != KAMUSM_RESULT_OK) printf("%s\n", kamusm_error_message(*error));
    bool so = result == KAMUSM_RESULT_OK && *error == NULL;
    kamusm_error_free(*error);
    *error = NULL;
    return so;
}

/* The last line and the exit code of a test. */
static inline int finish(void) {
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}

/* What the test cannot go on without. */
static inline void need(bool holds, const char *what) {
    if (holds) return;
    printf("cannot go on: %s\n", what);
    exit(2);
}

static inline const char *setting(const char *name) {
    const char *value = getenv(name);
    need(value != NULL, name);
    return value;
}

static inline kamusm_verification_code *parsed_code(const char *text) {
    kamusm_verification_code *code = NULL;
    need(kamusm_verification_code_parse(text, &code, NULL) == KAMUSM_RESULT_OK, "a code");
    return code;
}

static inline kamusm_config *new_config(const char *base_url) {
    kamusm_config *config = NULL;
    need(kamusm_config_new(base_url, KAMUSM_ENVIRONMENT_SANDBOX, &config, NULL) == KAMUSM_RESULT_OK, "a configuration");
    return config;
}

static inline kamusm_session *new_session(const char *base_url, const char *text) {
    kamusm_verification_code *code = parsed_code(text);
    kamusm_config *config = new_config(base_url);
    kamusm_session *session = NULL;
    need(kamusm_session_new(code, config, &session, NULL) == KAMUSM_RESULT_OK, "a session");
    kamusm_config_free(config);
    kamusm_verification_code_free(code);
    return session;
}

static inline kamusm_http *new_http(const char *base_url) {
    kamusm_config *config = new_config(base_url);
    kamusm_http *http = NULL;
    need(kamusm_http_new(config, &http, NULL) == KAMUSM_RESULT_OK, "a client");
    kamusm_config_free(config);
    return http;
}

static inline kamusm_step *next_step(const kamusm_session *session) {
    kamusm_step *step = NULL;
    need(kamusm_session_step(session, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &step, NULL) ==
             KAMUSM_RESULT_OK,
         "a step");
    return step;
}

/* Gives the answer and frees both. */
static inline kamusm_result give(kamusm_session *session, kamusm_step *step, kamusm_answer *answer) {
    kamusm_result result =
        kamusm_session_answer(session, answer, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), NULL);
    kamusm_answer_free(answer);
    kamusm_step_free(step);
    return result;
}

/* The octets of a file, with a NUL behind them; to be freed. */
static inline char *file_octets(const char *path, size_t *len) {
    FILE *stream = fopen(path, "rb");
    need(stream != NULL, path);
    char *octets = (char *)calloc(1, 1 << 20);
    *len = fread(octets, 1, (1 << 20) - 1, stream);
    fclose(stream);
    return octets;
}

/* The software key of the test person, whose PIN is 1234. */
static inline kamusm_token *new_token(void) {
    size_t len;
    char *pem = file_octets(setting("KAMUSM_TEST_PEM"), &len);
    kamusm_token *token = NULL;
    need(kamusm_token_open_pem((const uint8_t *)pem, len, (const uint8_t *)"1234", 4, &token, NULL) ==
             KAMUSM_RESULT_OK,
         "a token");
    free(pem);
    return token;
}

static inline bool same_octets(kamusm_bytes one, kamusm_bytes other) {
    return one.len == other.len && one.len > 0 && memcmp(one.data, other.data, one.len) == 0;
}

/* The step at the beginning of time, where every pause is still to come: no test depends on how fast it runs. */
static inline kamusm_step *first_moments_step(const kamusm_session *session) {
    kamusm_step *step = NULL;
    need(kamusm_session_step(session, 0, 0, &step, NULL) == KAMUSM_RESULT_OK, "a step");
    return step;
}

#endif
