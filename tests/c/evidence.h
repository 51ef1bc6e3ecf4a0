/* HTTP of our own over one kept connection, for what the library does not do: the tests' door, the person's evidence. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOM (1 << 20)

typedef struct {
    int socket, port;
    /* Of the last answer; a NUL stands behind the body. */
    int status;
    char *body;
    size_t body_len;
    char room[ROOM];
} connection;

static inline connection *connected(const char *base_url) {
    connection *to = (connection *)calloc(1, sizeof *to);
    need(to != NULL && sscanf(base_url, "http://127.0.0.1:%d", &to->port) == 1, "a service on loopback");
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)to->port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to->socket = socket(AF_INET, SOCK_STREAM, 0);
    int at_once = 1;
    setsockopt(to->socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    need(connect(to->socket, (struct sockaddr *)&address, sizeof address) == 0, "a connection");
    return to;
}

static inline void disconnected(connection *to) {
    close(to->socket);
    free(to);
}

static inline size_t content_length(char *head) {
    for (char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, "content-length:", 15) == 0) return (size_t)strtoul(line + 17, NULL, 10);
    return 0;
}

/* One exchange; the status. */
static inline int ask(connection *to, const char *method, const char *path, const char *token, const char *json) {
    size_t body_len = json != NULL ? strlen(json) : 0, total = 0;
    int len = snprintf(to->room, ROOM,
                       "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                       "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                       method, path, to->port, token, body_len, json != NULL ? json : "");
    need(len > 0 && len < ROOM && write(to->socket, to->room, (size_t)len) == len, "to send");
    to->room[0] = '\0';
    to->body = NULL;
    for (;;) {
        if (to->body == NULL && (to->body = strstr(to->room, "\r\n\r\n")) != NULL) {
            *to->body = '\0';
            to->body += 4;
            to->body_len = content_length(to->room);
        }
        if (to->body != NULL && total >= (size_t)(to->body - to->room) + to->body_len) break;
        ssize_t more = read(to->socket, to->room + total, ROOM - 1 - total);
        need(more > 0, "an answer");
        total += (size_t)more;
        to->room[total] = '\0';
    }
    need(sscanf(to->room, "HTTP/1.1 %d", &to->status) == 1, "an HTTP answer");
    return to->status;
}

/* The value of the next `"name":"value"` behind `from`, and where it ends. */
static inline char *member(char *from, const char *name, char *value, size_t size) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":\"", name);
    char *found = strstr(from, wanted);
    if (found == NULL) return NULL;
    found += strlen(wanted);
    size_t len = strcspn(found, "\"");
    need(len < size, "a short value");
    memcpy(value, found, len);
    value[len] = '\0';
    return found + len;
}

#endif
