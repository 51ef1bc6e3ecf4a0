/* A caller with its own HTTP (a socket) and its own signing (openssl): no performer of the library is used. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char received[1 << 20];

/* One exchange over a connection of its own; the response as text with a NUL behind it. */
static size_t exchange(const kamusm_step *step) {
    int port = 0, len;
    char path[512], head[8192];
    need(sscanf(kamusm_step_url(step), "http://127.0.0.1:%d%511s", &port, path) == 2, "an address on loopback");
    len = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n",
                   kamusm_step_method(step), path, port);
    for (size_t i = 0; i < kamusm_step_header_count(step); i++)
        len += snprintf(head + len, sizeof head - (size_t)len, "%s: %s\r\n", kamusm_step_header_name(step, i),
                        kamusm_step_header_value(step, i));
    kamusm_bytes body = kamusm_step_body(step);
    len += snprintf(head + len, sizeof head - (size_t)len, "Content-Length: %zu\r\n\r\n", body.len);
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    need(connect(connection, (struct sockaddr *)&address, sizeof address) == 0, "a connection");
    need(write(connection, head, (size_t)len) == len, "to send");
    if (body.len > 0) need(write(connection, body.data, body.len) == (ssize_t)body.len, "to send the body");
    size_t total = 0;
    ssize_t more;
    while ((more = read(connection, received + total, sizeof received - 1 - total)) > 0) total += (size_t)more;
    close(connection);
    received[total] = '\0';
    return total;
}

static kamusm_answer *perform(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_response *response = NULL;
    size_t total = exchange(step);
    int status = 0;
    char *body = strstr(received, "\r\n\r\n");
    need(sscanf(received, "HTTP/1.1 %d", &status) == 1 && body != NULL, "an HTTP response");
    *body = '\0';
    body += 4;
    CHECK_OK(kamusm_response_new((uint16_t)status, &response, &error));
    strtok(received, "\r\n");
    for (char *line; (line = strtok(NULL, "\r\n")) != NULL;) {
        char *colon = strchr(line, ':');
        need(colon != NULL, "a header");
        *colon = '\0';
        need(strcasecmp(line, "transfer-encoding") != 0, "a body without chunks");
        CHECK_OK(kamusm_response_add_header(response, line, colon + 1 + strspn(colon + 1, " "), &error));
    }
    CHECK_OK(kamusm_response_set_body(response, (const uint8_t *)body, total - (size_t)(body - received), &error));
    CHECK_OK(kamusm_step_response(step, response, &answer, &error));
    kamusm_response_free(response);
    return answer;
}

static kamusm_answer *signed_by_openssl(const kamusm_step *step) {
    char name[] = "/tmp/kamusm-own-XXXXXX", command[1024];
    static uint8_t value[1024];
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    CHECK(kamusm_step_item_count(step) == 1);
    CHECK(kamusm_step_item_algorithm(step, 0) == KAMUSM_ALGORITHM_ECDSA_P256_SHA256);
    CHECK(kamusm_step_item_digest(step, 0).len == 32);
    CHECK(kamusm_step_item_digest(step, 1).data == NULL);
    CHECK(kamusm_step_signing_time_unix_s(step) > 1700000000);
    kamusm_bytes octets = kamusm_step_item_to_be_signed(step, 0);
    int file = mkstemp(name);
    need(file >= 0 && write(file, octets.data, octets.len) == (ssize_t)octets.len, "a file");
    close(file);
    snprintf(command, sizeof command, "openssl dgst -sha256 -sign '%s' '%s'", setting("KAMUSM_TEST_PEM"), name);
    FILE *openssl = popen(command, "r");
    size_t len = fread(value, 1, sizeof value, openssl);
    need(pclose(openssl) == 0 && len > 0, "openssl");
    unlink(name);
    kamusm_bytes values[2] = {{value, len}, {value, len}};
    CHECK_FAILS(kamusm_step_signatures(step, values, 2, &answer, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_step_signatures(step, values, 1, &answer, &error));
    return answer;
}

/* A signature that does not fit the certificate brings the step again, with the reason. */
static kamusm_answer *signed_wrong(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_bytes value = kamusm_step_item_digest(step, 0);
    CHECK_OK(kamusm_step_signatures(step, &value, 1, &answer, &error));
    return answer;
}

/* The reader lost its card for a moment. */
static kamusm_answer *without_card(const kamusm_step *step) {
    kamusm_error *error = NULL, *why = NULL;
    kamusm_answer *answer = NULL;
    CHECK_OK(kamusm_error_new(KAMUSM_RESULT_TOKEN_REMOVED, "the card is not there", &why, &error));
    CHECK_OK(kamusm_step_failed(step, why, &answer, &error));
    kamusm_error_free(why);
    return answer;
}

static kamusm_answer *certificate(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_identities *list = NULL;
    kamusm_token *token = new_token();
    CHECK_OK(kamusm_token_identities(token, 1000, &list, &error));
    CHECK_OK(kamusm_step_certificate(step, kamusm_identity_certificate(kamusm_identities_at(list, 0)), &answer, &error));
    kamusm_identities_free(list);
    kamusm_token_free(token);
    return answer;
}

int main(void) {
    kamusm_error *error = NULL;
    kamusm_session *session = new_session(setting("KAMUSM_TEST_BASE_URL"), setting("KAMUSM_TEST_CODE"));
    kamusm_outcome outcome = 0;
    kamusm_result before = KAMUSM_RESULT_OK;
    int sign_steps = 0;
    while (outcome == 0) {
        kamusm_answer *answer = NULL;
        kamusm_step *step = next_step(session);
        switch (kamusm_step_kind_of(step)) {
        case KAMUSM_STEP_SEND: answer = perform(step); break;
        case KAMUSM_STEP_WAIT: CHECK_OK(kamusm_wait_perform(step, NULL, &answer, &error)); break;
        case KAMUSM_STEP_SHOW: CHECK_OK(kamusm_step_accept(step, &answer, &error)); break;
        case KAMUSM_STEP_CHOOSE: answer = certificate(step); break;
        case KAMUSM_STEP_SIGN:
            CHECK(kamusm_error_code(kamusm_step_failure(step)) == before);
            sign_steps++;
            before = sign_steps == 1 ? KAMUSM_RESULT_TOKEN_REMOVED : KAMUSM_RESULT_SELF_CHECK;
            answer = sign_steps == 1 ? without_card(step) : sign_steps == 2 ? signed_wrong(step) : signed_by_openssl(step);
            break;
        default:
            outcome = kamusm_step_outcome(step);
            CHECK(outcome == KAMUSM_OUTCOME_ACCEPTED);
            if (outcome != KAMUSM_OUTCOME_ACCEPTED) printf("%s\n", kamusm_error_message(kamusm_step_outcome_error(step)));
            kamusm_step_free(step);
            continue;
        }
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
    }
    CHECK(sign_steps == 3);
    kamusm_session_free(session);
    return finish();
}
