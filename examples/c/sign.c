/*
 * Signs one application: sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]
 * The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.
 */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include <fcntl.h>
#include <kamusm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static kamusm_error *error;
static kamusm_token *token;
static char pin[128];
static size_t pin_len;
static int code_fd = STDIN_FILENO, pin_fd = STDIN_FILENO;

/* Octet by octet: the lines behind this one are for somebody else. */
static size_t read_line(int fd, char *line, size_t size) {
    size_t len = 0;
    while (len + 1 < size && read(fd, &line[len], 1) == 1 && line[len] != '\n') len++;
    line[len] = '\0';
    return len;
}

static kamusm_result open_token(const char *kind, const char *path) {
    static unsigned char file[65536];
    if (strcmp(kind, "--module") == 0)
        return kamusm_token_open_module(path, KAMUSM_INIT_POLICY_TOLERANT, &token, &error);
    int fd = open(path, O_RDONLY);
    ssize_t len = read(fd, file, sizeof file);
    close(fd);
    pin_len = read_line(pin_fd, pin, sizeof pin); /* the file's password, which signing asks for again */
    return kamusm_token_open_pkcs12(file, len > 0 ? (size_t)len : 0, (unsigned char *)pin, pin_len, &token, &error);
}

static kamusm_result show(const kamusm_step *step, kamusm_answer **answer) {
    printf("%s, başvuru %s\n", kamusm_step_service(step), kamusm_step_application(step));
    for (size_t i = 0; i < kamusm_step_text_count(step); i++) {
        kamusm_bytes text = kamusm_step_text_octets(step, i);
        printf("\n%s\n%.*s\n", kamusm_step_text_title(step, i), (int)text.len, (const char *)text.data);
    }
    printf("kontrol sayısı: %s\n", kamusm_step_match_code(step));
    return kamusm_step_accept(step, answer, &error);
}

/* The first certificate that can sign and was not refused yet. */
static kamusm_result choose(const kamusm_step *step, kamusm_answer **answer) {
    kamusm_identities *list = NULL;
    const kamusm_identity *identity;
    size_t skip = kamusm_step_refusal_count(step);
    kamusm_result rc = kamusm_token_identities(token, 10000, &list, &error);
    for (size_t i = 0; (identity = kamusm_identities_at(list, i)) != NULL; i++)
        if (kamusm_identity_refusal(identity) == NULL && skip-- == 0) break;
    if (identity != NULL) rc = kamusm_step_certificate(step, kamusm_identity_certificate(identity), answer, &error);
    else if (rc == KAMUSM_RESULT_OK) rc = kamusm_step_cancelled(step, answer, &error);
    kamusm_identities_free(list);
    return rc;
}

static kamusm_result sign(const kamusm_step *step, kamusm_answer **answer) {
    kamusm_sign_options *options = kamusm_sign_options_new();
    if (pin_len == 0) pin_len = read_line(pin_fd, pin, sizeof pin);
    kamusm_sign_options_set_pin(options, (unsigned char *)pin, pin_len, NULL);
    explicit_bzero(pin, sizeof pin), pin_len = 0;
    kamusm_result rc = kamusm_token_sign(token, step, options, NULL, answer, &error);
    kamusm_sign_options_free(options);
    if (rc != KAMUSM_RESULT_PIN_INCORRECT) return rc;
    fprintf(stderr, "%s\n", kamusm_error_text(error, "tr")); /* the same step comes again, with the next line */
    kamusm_error_free(error), error = NULL;
    return KAMUSM_RESULT_OK;
}

static kamusm_outcome finish(const kamusm_step *step) {
    const kamusm_error *why = kamusm_step_outcome_error(step);
    if (why != NULL) fprintf(stderr, "%s\n", kamusm_error_text(why, "tr"));
    else printf("imza teslim edildi; başvuru sayfasına dönün: %s\n", kamusm_step_return_to(step));
    return kamusm_step_outcome(step);
}

int main(int argc, char **argv) {
    char line[512];
    kamusm_verification_code *code = NULL;
    kamusm_config *config = NULL;
    kamusm_http *http = NULL;
    kamusm_session *session = NULL;
    kamusm_outcome outcome = 0;
    if (argc < 4) return fputs("sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]\n", stderr), 2;
    for (int i = 4; i + 1 < argc; i += 2) *(strcmp(argv[i], "--pin-fd") ? &code_fd : &pin_fd) = atoi(argv[i + 1]);
    read_line(code_fd, line, sizeof line);
    kamusm_result rc = kamusm_verification_code_parse(line, &code, &error);
    explicit_bzero(line, sizeof line);
    if (rc == 0) rc = kamusm_config_new(argv[1], kamusm_verification_code_environment(code), &config, &error);
    if (rc == 0) rc = kamusm_http_new(config, &http, &error);
    if (rc == 0) rc = open_token(argv[2], argv[3]);
    if (rc == 0) rc = kamusm_session_new(code, config, &session, &error);
    while (rc == 0 && outcome == 0) {
        kamusm_step *step = NULL;
        kamusm_answer *answer = NULL;
        rc = kamusm_session_step(session, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &step, &error);
        switch (kamusm_step_kind_of(step)) {
        case KAMUSM_STEP_SEND: rc = kamusm_http_perform(http, step, NULL, &answer, &error); break;
        case KAMUSM_STEP_WAIT: rc = kamusm_wait_perform(step, NULL, &answer, &error); break;
        case KAMUSM_STEP_SHOW: rc = show(step, &answer); break;
        case KAMUSM_STEP_CHOOSE: rc = choose(step, &answer); break;
        case KAMUSM_STEP_SIGN: rc = sign(step, &answer); break;
        case KAMUSM_STEP_DONE: outcome = finish(step); break;
        default: kamusm_session_cancel(session); break;
        }
        if (answer != NULL)
            rc = kamusm_session_answer(session, answer, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &error);
        kamusm_answer_free(answer), kamusm_step_free(step);
    }
    if (error != NULL) fprintf(stderr, "%s\n", kamusm_error_text(error, "tr"));
    kamusm_error_free(error), kamusm_session_free(session), kamusm_token_free(token), kamusm_http_free(http);
    kamusm_config_free(config), kamusm_verification_code_free(code);
    return outcome == KAMUSM_OUTCOME_ACCEPTED || outcome == KAMUSM_OUTCOME_RECEIVED ? 0 : 1;
}
