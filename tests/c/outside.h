/* What a caller brings itself: HTTP over a socket on loopback, and openssl. Include it first. */
#ifndef OUTSIDE_H
#define OUTSIDE_H

#define _POSIX_C_SOURCE 200809L
#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static char received[1 << 20];

static inline int connected(int port) {
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    need(connect(connection, (struct sockaddr *)&address, sizeof address) == 0, "a connection");
    return connection;
}

/* One exchange over a connection of its own; the response is in `received`, with a NUL behind it. */
static inline size_t exchange(const kamusm_request *request) {
    int port = 0, len;
    char path[512], head[8192];
    need(sscanf(kamusm_request_url(request), "http://127.0.0.1:%d%511s", &port, path) == 2, "an address on loopback");
    len = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n",
                   kamusm_request_method(request), path, port);
    for (size_t i = 0; i < kamusm_request_header_count(request); i++)
        len += snprintf(head + len, sizeof head - (size_t)len, "%s: %s\r\n", kamusm_request_header_name(request, i),
                        kamusm_request_header_value(request, i));
    kamusm_bytes body = kamusm_request_body(request);
    len += snprintf(head + len, sizeof head - (size_t)len, "Content-Length: %zu\r\n\r\n", body.len);
    int connection = connected(port);
    need(write(connection, head, (size_t)len) == len, "to send");
    if (body.len > 0) need(write(connection, body.data, body.len) == (ssize_t)body.len, "to send the body");
    size_t total = 0;
    ssize_t more;
    while ((more = read(connection, received + total, sizeof received - 1 - total)) > 0) total += (size_t)more;
    close(connection);
    received[total] = '\0';
    return total;
}

/* Performs a request, and hands everything over that came back. */
static inline kamusm_response *respond(const kamusm_request *request) {
    kamusm_error *error = NULL;
    kamusm_response *response = NULL;
    size_t total = exchange(request);
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
    size_t len = total - (size_t)(body - received);
    CHECK_OK(kamusm_response_set_body(response, (const uint8_t *)body, len, &error));
    CHECK(kamusm_response_status(response) == (uint16_t)status);
    CHECK(kamusm_response_body(response).len == len);
    return response;
}

/* The value that the test person's key makes of these octets; openssl signs. */
static inline kamusm_bytes signed_by_openssl(kamusm_bytes octets) {
    static unsigned char value[1024];
    char name[] = "/tmp/kamusm-own-XXXXXX", command[1024];
    int file = mkstemp(name);
    need(file >= 0 && write(file, octets.data, octets.len) == (ssize_t)octets.len, "a file");
    close(file);
    snprintf(command, sizeof command, "openssl dgst -sha256 -sign '%s' '%s'", setting("KAMUSM_TEST_PEM"), name);
    FILE *openssl = popen(command, "r");
    size_t len = fread(value, 1, sizeof value, openssl);
    need(pclose(openssl) == 0 && len > 0, "openssl");
    unlink(name);
    return (kamusm_bytes){value, len};
}

/* The certificate of a PEM file, DER; to be freed. */
static inline kamusm_bytes der_of(const char *path) {
    unsigned char *der = (unsigned char *)malloc(8192);
    char command[1024];
    snprintf(command, sizeof command, "openssl x509 -outform DER -in '%s'", path);
    FILE *openssl = popen(command, "r");
    size_t len = fread(der, 1, 8192, openssl);
    need(pclose(openssl) == 0 && len > 0, "openssl");
    return (kamusm_bytes){der, len};
}

static inline bool holds(kamusm_bytes octets, kamusm_bytes part) {
    for (size_t i = 0; i + part.len <= octets.len; i++)
        if (memcmp(octets.data + i, part.data, part.len) == 0) return true;
    return false;
}

#endif
