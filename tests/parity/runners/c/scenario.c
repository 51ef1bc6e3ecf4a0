#define _POSIX_C_SOURCE 200809L
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {
    "name", "kind", "base_url", "code", "client", "client_version", "environment", "language", "timeout_ms",
    "receipt_key", "intermediates", "other_text_profiles", "proxy", "trust_roots", "log_lines", "token", "token_path",
    "token_password", "pin", "allow_final_try", "pick", "signer", "certificate", "partial", "http", "decline",
    "cancel_at", "cancel_session_at", "answer_twice", "countdown", "person_token", "number", "content", "attached",
    "signing_time", "cms", "anchor", "crl", "ocsp", "at", "log", "call", "id", "etag", "list", "province", "value",
    "view", "form_digest", "accepted", "read_to_end", "confirmed", "sms_code", "institution", "csv", "client_id",
    "redirect_uri", "returned", "parallel",
};

bool scenario_read(scenario *into) {
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    bool complete = false;
    *into = (scenario){0};
    while (!complete && (len = getline(&line, &room, stdin)) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (*line == '\0') {
            complete = true;
            continue;
        }
        size_t end = strcspn(line, " ");
        into->pairs = (struct pair *)realloc(into->pairs, (into->count + 1) * sizeof *into->pairs);
        if (into->pairs == NULL) abort();
        into->pairs[into->count].value = strdup(line[end] == ' ' ? line + end + 1 : "");
        line[end] = '\0';
        into->pairs[into->count++].key = strdup(line);
    }
    free(line);
    return complete;
}

void scenario_clear(scenario *scenario) {
    for (size_t i = 0; i < scenario->count; i++) {
        free(scenario->pairs[i].key);
        free(scenario->pairs[i].value);
    }
    free(scenario->pairs);
}

const char *scenario_unknown_key(const scenario *scenario) {
    for (size_t i = 0; i < scenario->count; i++) {
        size_t place = 0, count = sizeof known / sizeof *known;
        while (place < count && strcmp(known[place], scenario->pairs[i].key) != 0) place++;
        if (place == count) return scenario->pairs[i].key;
    }
    return NULL;
}

const char *scenario_at(const scenario *scenario, const char *key, size_t place) {
    for (size_t i = 0; i < scenario->count; i++)
        if (strcmp(scenario->pairs[i].key, key) == 0 && place-- == 0) return scenario->pairs[i].value;
    return NULL;
}

const char *scenario_get(const scenario *scenario, const char *key) {
    return scenario_at(scenario, key, 0);
}

const char *scenario_text(const scenario *scenario, const char *key) {
    const char *value = scenario_get(scenario, key);
    return value != NULL ? value : "";
}

bool scenario_is(const scenario *scenario, const char *key, const char *value) {
    return strcmp(scenario_text(scenario, key), value) == 0;
}

int64_t scenario_number(const scenario *scenario, const char *key) {
    return strtoll(scenario_text(scenario, key), NULL, 10);
}

file file_read(const char *path) {
    file read = {0};
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    read.len = (size_t)ftell(stream);
    rewind(stream);
    read.octets = (uint8_t *)malloc(read.len + 1);
    if (read.octets == NULL || fread(read.octets, 1, read.len, stream) != read.len) {
        perror(path);
        exit(2);
    }
    fclose(stream);
    return read;
}
