/* The C ABI at the end of a pipe: tests/flow/tests/problems tells line by line what to do with which session, and does
 * what happens on the network itself. Here is checked what C sees of each problem type at the end of a session. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#define SLOTS 8
#define ROOM (1 << 22)

/* A problem type bears the name of its number: `code-unknown`, KAMUSM_RESULT_CODE_UNKNOWN. */
#define TYPE(NAME) {#NAME, KAMUSM_RESULT_##NAME}
static const struct {
    const char *name;
    kamusm_result number;
} types[] = {
    TYPE(MALFORMED), TYPE(IDEMPOTENCY_KEY_REQUIRED), TYPE(IDEMPOTENCY_KEY_REUSED), TYPE(IDEMPOTENCY_IN_FLIGHT),
    TYPE(TOO_LARGE), TYPE(UNSUPPORTED_MEDIA_TYPE), TYPE(NO_COMMON_PROFILE), TYPE(UNAUTHENTICATED), TYPE(NOT_FOUND),
    TYPE(WRONG_STATE), TYPE(CODE_MALFORMED), TYPE(CODE_UNKNOWN), TYPE(CODE_EXPIRED), TYPE(CODE_ALREADY_USED),
    TYPE(CODE_CANCELLED), TYPE(WRONG_ENVIRONMENT), TYPE(CLIENT_TOO_OLD), TYPE(AWAITING_CONFIRMATION),
    TYPE(CONFIRMATION_REFUSED), TYPE(SESSION_UNKNOWN), TYPE(SESSION_EXPIRED), TYPE(SESSION_CANCELLED),
    TYPE(SESSION_SUPERSEDED), TYPE(NO_EXTENSIONS_LEFT), TYPE(ALREADY_SUBMITTED), TYPE(SUBMISSION_CONFLICT),
    TYPE(NOTHING_SUBMITTED), TYPE(SIGNATURE_INVALID), TYPE(CONTENT_MISMATCH), TYPE(SIGNER_MISMATCH),
    TYPE(CERTIFICATE_EXPIRED), TYPE(CERTIFICATE_NOT_YET_VALID), TYPE(CERTIFICATE_REVOKED),
    TYPE(CERTIFICATE_NOT_QUALIFIED), TYPE(CERTIFICATE_UNTRUSTED), TYPE(KEY_USAGE_WRONG), TYPE(CERTIFICATE_NOT_CHECKED),
    TYPE(POLICY_VIOLATION), TYPE(INCOMPLETE_SUBMISSION), TYPE(RATE_LIMITED), TYPE(SLOW_DOWN),
    TYPE(UPSTREAM_UNAVAILABLE), TYPE(MAINTENANCE), TYPE(SERVICE_UNAVAILABLE),
    /* The name INTERNAL belongs to the library's own defects. */
    {"INTERNAL", KAMUSM_RESULT_SERVICE_INTERNAL},
};
#define TYPES (sizeof types / sizeof types[0])

static kamusm_session *sessions[SLOTS];
static kamusm_step *steps[SLOTS];
static char line[ROOM];

static const char *wire_name(size_t type) {
    static char name[64];
    size_t i = 0;
    for (; types[type].name[i] != '\0'; i++)
        name[i] = types[type].name[i] == '_' ? '-' : (char)(types[type].name[i] | 0x20);
    name[i] = '\0';
    return name;
}

/* The next word of the line, cut out of it. */
static char *word(char **rest) {
    char *found = *rest;
    need(found != NULL, "another word");
    char *end = strchr(found, ' ');
    if (end != NULL) *end++ = '\0';
    *rest = end;
    return found;
}

static uint64_t number(char **rest) {
    return strtoull(word(rest), NULL, 10);
}

/* Octets written in hexadecimal, put in the place of the digits. */
static kamusm_bytes octets(char *digits) {
    size_t len = strlen(digits) / 2;
    for (size_t i = 0; i < len; i++) {
        unsigned int octet = 0;
        need(sscanf(digits + 2 * i, "%2x", &octet) == 1, "hexadecimal digits");
        ((uint8_t *)digits)[i] = (uint8_t)octet;
    }
    return (kamusm_bytes){(const uint8_t *)digits, len};
}

static void tell(const char *name, kamusm_bytes value) {
    printf("%s ", name);
    for (size_t i = 0; i < value.len; i++) printf("%02x", value.data[i]);
    printf("\n");
}

static bool next_line(void) {
    if (fgets(line, ROOM, stdin) == NULL) return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static void open_session(size_t slot, char *rest) {
    const char *base_url = word(&rest);
    kamusm_verification_code *code = parsed_code(word(&rest));
    kamusm_bytes pem = octets(word(&rest));
    kamusm_config *config = new_config(base_url);
    kamusm_error *error = NULL;
    CHECK_OK(kamusm_config_add_intermediates_pem(config, pem.data, pem.len, &error));
    CHECK_OK(kamusm_session_new(code, config, &sessions[slot], &error));
    kamusm_config_free(config);
    kamusm_verification_code_free(code);
    printf("ok\n");
}

static void close_session(size_t slot) {
    kamusm_step_free(steps[slot]);
    kamusm_session_free(sessions[slot]);
    steps[slot] = NULL;
    sessions[slot] = NULL;
}

/* A refusal of the service: its own number of the header, both sentences, and what its support asks for. */
static void tell_error(const kamusm_error *error) {
    const char *problem = kamusm_error_problem(error), *turkish = kamusm_error_text(error, "tr"),
               *english = kamusm_error_text(error, "en");
    printf("code %d\nturkish %s\nenglish %s\n", (int)kamusm_error_code(error), turkish, english);
    CHECK(turkish[0] != '\0' && english[0] != '\0' && strcmp(turkish, english) != 0);
    if (problem == NULL) return;
    size_t type = 0;
    while (type < TYPES && strcmp(wire_name(type), problem) != 0) type++;
    if (CHECK(type < TYPES)) CHECK(kamusm_error_code(error) == types[type].number);
    CHECK(kamusm_error_message(error)[0] != '\0');
    printf("problem %s\nstatus %d\nrequest %s\n", problem, kamusm_error_http_status(error),
           kamusm_error_request_id(error));
}

static void tell_step(const kamusm_step *step) {
    switch (kamusm_step_kind_of(step)) {
    case KAMUSM_STEP_SEND:
        printf("kind send\nmethod %s\nurl %s\n", kamusm_step_method(step), kamusm_step_url(step));
        for (size_t i = 0; i < kamusm_step_header_count(step); i++)
            printf("header %s %s\n", kamusm_step_header_name(step, i), kamusm_step_header_value(step, i));
        tell("body", kamusm_step_body(step));
        break;
    case KAMUSM_STEP_WAIT: printf("kind wait\nuntil %llu\n", (unsigned long long)kamusm_step_until_ms(step)); break;
    case KAMUSM_STEP_SHOW:
        printf("kind show\n");
        for (size_t i = 0; i < kamusm_step_text_count(step); i++) tell("text", kamusm_step_text_octets(step, i));
        break;
    case KAMUSM_STEP_CHOOSE: printf("kind choose\nrefusals %zu\n", kamusm_step_refusal_count(step)); break;
    case KAMUSM_STEP_SIGN:
        printf("kind sign\nat %lld\n", (long long)kamusm_step_signing_time_unix_s(step));
        tell("certificate", kamusm_step_signer_certificate(step));
        for (size_t i = 0; i < kamusm_step_item_count(step); i++) tell("item", kamusm_step_item_to_be_signed(step, i));
        break;
    default:
        printf("kind done\n");
        if (kamusm_step_outcome_error(step) != NULL) tell_error(kamusm_step_outcome_error(step));
    }
    printf("end\n");
}

static kamusm_answer *responded(const kamusm_step *step, uint16_t status) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_response *response = NULL;
    CHECK_OK(kamusm_response_new(status, &response, &error));
    while (next_line() && strcmp(line, "end") != 0) {
        char *rest = line, *what = word(&rest);
        if (strcmp(what, "header") == 0) {
            const char *name = word(&rest);
            CHECK_OK(kamusm_response_add_header(response, name, rest != NULL ? rest : "", &error));
        } else {
            kamusm_bytes body = octets(rest);
            CHECK_OK(kamusm_response_set_body(response, body.data, body.len, &error));
        }
    }
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    kamusm_response_free(response);
    return answer;
}

static kamusm_answer *answered(const kamusm_step *step, const char *what, char *rest) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    if (strcmp(what, "response") == 0) return responded(step, (uint16_t)number(&rest));
    if (strcmp(what, "failed") == 0)
        CHECK_OK(kamusm_step_transport_failed(step, KAMUSM_TRANSPORT_FAILURE_UNREACHABLE, &answer, &error));
    else if (strcmp(what, "elapsed") == 0) CHECK_OK(kamusm_step_elapsed(step, &answer, &error));
    else if (strcmp(what, "accept") == 0) CHECK_OK(kamusm_step_accept(step, &answer, &error));
    else if (strcmp(what, "certificate") == 0)
        CHECK_OK(kamusm_step_certificate(step, octets(word(&rest)), &answer, &error));
    else if (strcmp(what, "give-up") == 0) {
        size_t last = kamusm_step_refusal_count(step) - 1;
        CHECK_OK(kamusm_step_failed(step, kamusm_step_refusal_error(step, last), &answer, &error));
    } else if (strcmp(what, "signatures") == 0) {
        kamusm_bytes values[10];
        size_t count = 0;
        while (rest != NULL && count < 10) values[count++] = octets(word(&rest));
        CHECK_OK(kamusm_step_signatures(step, values, count, &answer, &error));
    } else need(false, what);
    return answer;
}

static void obey(const char *what, char *rest) {
    size_t slot = (size_t)number(&rest);
    need(slot < SLOTS, "a slot");
    if (strcmp(what, "open") == 0) {
        open_session(slot, rest);
    } else if (strcmp(what, "close") == 0) {
        close_session(slot);
        printf("ok\n");
    } else {
        uint64_t monotonic = number(&rest);
        int64_t unix_ms = (int64_t)number(&rest);
        kamusm_error *error = NULL;
        if (strcmp(what, "step") == 0) {
            kamusm_step_free(steps[slot]);
            steps[slot] = NULL;
            CHECK_OK(kamusm_session_step(sessions[slot], monotonic, unix_ms, &steps[slot], &error));
            tell_step(steps[slot]);
        } else {
            kamusm_answer *answer = answered(steps[slot], what, rest);
            CHECK_OK(kamusm_session_answer(sessions[slot], answer, monotonic, unix_ms, &error));
            kamusm_answer_free(answer);
            printf("ok\n");
        }
    }
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    while (next_line()) {
        char *rest = line, *what = word(&rest);
        if (strcmp(what, "types") == 0) {
            for (size_t i = 0; i < TYPES; i++) printf("type %s\n", wire_name(i));
            printf("end\n");
        } else {
            obey(what, rest);
        }
    }
    for (size_t i = 0; i < SLOTS; i++) close_session(i);
    return finish();
}
