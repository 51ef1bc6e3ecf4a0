#define _POSIX_C_SOURCE 200809L
#include "network.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static kamusm_result with_file(const scenario *scenario, const char *key, kamusm_config *config, kamusm_error **error,
                               kamusm_result (*set)(kamusm_config *, const uint8_t *, size_t, kamusm_error **)) {
    if (scenario_get(scenario, key) == NULL) return KAMUSM_RESULT_OK;
    file pem = file_read(scenario_text(scenario, key));
    kamusm_result rc = set(config, pem.octets, pem.len, error);
    free(pem.octets);
    return rc;
}

static kamusm_result configure(const scenario *s, kamusm_config *config, kamusm_error **error) {
    kamusm_result rc = KAMUSM_RESULT_OK;
    const char *key, *version = scenario_get(s, "client_version");
    if (scenario_get(s, "client") != NULL)
        rc = kamusm_config_set_client(config, scenario_text(s, "client"), version != NULL ? version : "1.0", error);
    if (rc == 0 && scenario_get(s, "language") != NULL)
        rc = kamusm_config_set_language(config, scenario_text(s, "language"), error);
    if (rc == 0 && scenario_get(s, "timeout_ms") != NULL)
        rc = kamusm_config_set_timeout_ms(config, (uint64_t)scenario_number(s, "timeout_ms"), error);
    if (rc == 0 && scenario_get(s, "log_lines") != NULL)
        rc = kamusm_config_set_log_lines(config, (size_t)scenario_number(s, "log_lines"), error);
    if (rc == 0) rc = with_file(s, "intermediates", config, error, kamusm_config_add_intermediates_pem);
    if (rc == 0) rc = with_file(s, "trust_roots", config, error, kamusm_config_set_trust_roots_pem);
    if (rc == 0 && scenario_get(s, "proxy") != NULL)
        rc = kamusm_config_set_proxy(config, scenario_text(s, "proxy"), error);
    for (size_t i = 0; rc == 0 && (key = scenario_at(s, "receipt_key", i)) != NULL; i++)
        rc = kamusm_config_add_receipt_key(config, key, error);
    if (rc == 0 && scenario_get(s, "other_text_profiles") != NULL)
        rc = kamusm_config_set_other_text_profiles(config, true, error);
    return rc;
}

kamusm_result config_of(const scenario *scenario, kamusm_config **config, kamusm_error **error) {
    bool production = scenario_is(scenario, "environment", "production");
    kamusm_result rc =
        kamusm_config_new(scenario_text(scenario, "base_url"),
                          production ? KAMUSM_ENVIRONMENT_PRODUCTION : KAMUSM_ENVIRONMENT_SANDBOX, config, error);
    return rc == KAMUSM_RESULT_OK ? configure(scenario, *config, error) : rc;
}

/* A connection to http://ADDRESS:PORT/PATH; -1 if nobody is there. */
static int connected(const char *url, char *host, size_t host_size, char *path, size_t path_size) {
    char address[64], form[32];
    unsigned port = 0;
    snprintf(form, sizeof form, "http://%%63[0-9.]:%%5u%%%zus", path_size - 1);
    int fields = sscanf(url, form, address, &port, path);
    if (fields < 2) return -1;
    if (fields == 2) snprintf(path, path_size, "/");
    snprintf(host, host_size, "%s:%u", address, port);
    struct sockaddr_in peer = {0};
    peer.sin_family = AF_INET;
    peer.sin_port = htons((uint16_t)port);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (inet_pton(AF_INET, address, &peer.sin_addr) == 1 &&
        connect(connection, (struct sockaddr *)&peer, sizeof peer) == 0)
        return connection;
    close(connection);
    return -1;
}

static bool send_all(int connection, const void *data, size_t len) {
    for (size_t sent = 0; sent < len;) {
        ssize_t more = send(connection, (const char *)data + sent, len - sent, MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += (size_t)more;
    }
    return true;
}

#define MOST_OCTETS (8u << 20)

static char received[MOST_OCTETS + 1];

/* One exchange over a connection of its own. What came is in `received`, with a NUL behind it; 0 if nothing did. */
static size_t exchanged(const char *method, const char *url, const char *headers, kamusm_bytes body, uint64_t timeout_ms) {
    char host[128], path[1024], head[2048];
    int connection = connected(url, host, sizeof host, path, sizeof path);
    if (connection < 0) return 0;
    struct timeval limit = {.tv_sec = (time_t)(timeout_ms / 1000), .tv_usec = (suseconds_t)(timeout_ms % 1000 * 1000)};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    int len = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %zu\r\n",
                       method, path, host, body.len);
    size_t total = 0;
    ssize_t more = 0;
    if (send_all(connection, head, (size_t)len) && send_all(connection, headers, strlen(headers)) &&
        send_all(connection, "\r\n", 2) && send_all(connection, body.data, body.len))
        while ((more = recv(connection, received + total, MOST_OCTETS - total, 0)) > 0) total += (size_t)more;
    close(connection);
    received[total] = '\0';
    return more < 0 ? 0 : total;
}

/* Where the body begins; NULL if the head is not complete. */
static char *body_of(size_t total) {
    char *end = total > 0 ? strstr(received, "\r\n\r\n") : NULL;
    return end != NULL ? end + 4 : NULL;
}

kamusm_response *exchange(const kamusm_request *request) {
    char headers[16384] = "";
    size_t used = 0;
    int status = 0;
    kamusm_response *response = NULL;
    for (size_t i = 0; i < kamusm_request_header_count(request); i++)
        used += (size_t)snprintf(headers + used, sizeof headers - used, "%s: %s\r\n",
                                 kamusm_request_header_name(request, i), kamusm_request_header_value(request, i));
    size_t total = exchanged(kamusm_request_method(request), kamusm_request_url(request), headers,
                             kamusm_request_body(request), kamusm_request_timeout_ms(request));
    char *body = body_of(total);
    if (body == NULL || sscanf(received, "HTTP/1.1 %d", &status) != 1) return NULL;
    size_t len = total - (size_t)(body - received), announced = len;
    if (kamusm_response_new((uint16_t)status, &response, NULL) != KAMUSM_RESULT_OK) return NULL;
    body[-4] = '\0';
    strtok(received, "\r\n");
    for (char *line; (line = strtok(NULL, "\r\n")) != NULL;) {
        char *value = strchr(line, ':');
        if (value == NULL) continue;
        *value++ = '\0';
        value += strspn(value, " ");
        if (strcasecmp(line, "content-length") == 0) announced = strtoul(value, NULL, 10);
        kamusm_response_add_header(response, line, value, NULL);
    }
    kamusm_response_set_body(response, (const uint8_t *)body, len, NULL);
    if (announced == len) return response;
    kamusm_response_free(response); /* it broke off */
    return NULL;
}

kamusm_bytes remote_signature(const char *address, kamusm_bytes to_be_signed) {
    size_t total = exchanged("POST", address, "", to_be_signed, 20000);
    char *body = body_of(total);
    if (body == NULL) {
        fprintf(stderr, "%s does not answer\n", address);
        exit(2);
    }
    return (kamusm_bytes){(const uint8_t *)body, total - (size_t)(body - received)};
}
