#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(json *out, const char *text, size_t len) {
    if (out->len + len + 1 > out->room) {
        out->room = (out->len + len + 1) * 2;
        out->text = (char *)realloc(out->text, out->room);
        if (out->text == NULL) abort();
    }
    memcpy(out->text + out->len, text, len);
    out->len += len;
    out->text[out->len] = '\0';
}

/* A comma where something stands before in the same bracket. */
static void separate(json *out) {
    if (out->len > 0 && strchr("{[:", out->text[out->len - 1]) == NULL) append(out, ",", 1);
}

static void quoted(json *out, const char *text) {
    append(out, "\"", 1);
    for (; *text != '\0'; text++) {
        char escape[8];
        if ((unsigned char)*text < 0x20 || *text == '"' || *text == '\\')
            append(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*text));
        else append(out, text, 1);
    }
    append(out, "\"", 1);
}

void json_open(json *out, char bracket) {
    separate(out);
    append(out, &bracket, 1);
}

void json_close(json *out, char bracket) {
    append(out, &bracket, 1);
}

void json_key(json *out, const char *key) {
    separate(out);
    quoted(out, key);
    append(out, ":", 1);
}

void json_text(json *out, const char *text) {
    if (text == NULL) {
        json_null(out);
        return;
    }
    separate(out);
    quoted(out, text);
}

void json_hex(json *out, kamusm_bytes octets) {
    static const char digits[] = "0123456789abcdef";
    if (octets.data == NULL) {
        json_null(out);
        return;
    }
    separate(out);
    append(out, "\"", 1);
    for (size_t i = 0; i < octets.len; i++) {
        append(out, &digits[octets.data[i] >> 4], 1);
        append(out, &digits[octets.data[i] & 15], 1);
    }
    append(out, "\"", 1);
}

void json_int(json *out, int64_t number) {
    char text[24];
    separate(out);
    append(out, text, (size_t)snprintf(text, sizeof text, "%" PRId64, number));
}

void json_uint(json *out, uint64_t number) {
    char text[24];
    separate(out);
    append(out, text, (size_t)snprintf(text, sizeof text, "%" PRIu64, number));
}

void json_bool(json *out, bool value) {
    separate(out);
    append(out, value ? "true" : "false", value ? 4 : 5);
}

void json_null(json *out) {
    separate(out);
    append(out, "null", 4);
}

void json_part(json *out, const json *part) {
    if (part->text == NULL) {
        json_null(out);
        return;
    }
    separate(out);
    append(out, part->text, part->len);
}

static void error_members(json *out, const kamusm_error *error) {
    uint64_t ck_rv = 0;
    json_key(out, "code"), json_int(out, kamusm_error_code(error));
    json_key(out, "category"), json_int(out, kamusm_error_category(error));
    json_key(out, "retryable"), json_bool(out, kamusm_error_is_retryable(error));
    json_key(out, "http_status");
    kamusm_error_http_status(error) != 0 ? json_int(out, kamusm_error_http_status(error)) : json_null(out);
    json_key(out, "problem"), json_text(out, kamusm_error_problem(error));
    json_key(out, "retry_after_s");
    kamusm_error_retry_after_s(error) >= 0 ? json_int(out, kamusm_error_retry_after_s(error)) : json_null(out);
    json_key(out, "ck_rv");
    kamusm_error_ck_rv(error, &ck_rv) ? json_uint(out, ck_rv) : json_null(out);
    json_key(out, "pin_tries_left");
    kamusm_error_pin_tries_left(error) >= 0 ? json_int(out, kamusm_error_pin_tries_left(error)) : json_null(out);
    json_key(out, "used_pin_try"), json_bool(out, kamusm_error_used_pin_try(error));
    json_key(out, "tr"), json_text(out, kamusm_error_text(error, "tr"));
    json_key(out, "en"), json_text(out, kamusm_error_text(error, "en"));
}

void json_error(json *out, const kamusm_error *error) {
    if (error == NULL) {
        json_null(out);
        return;
    }
    json_open(out, '{');
    error_members(out, error);
    json_close(out, '}');
}

void json_call_error(json *out, const kamusm_error *error) {
    if (error == NULL) {
        json_null(out);
        return;
    }
    json_open(out, '{');
    error_members(out, error);
    json_key(out, "fields"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_error_field_count(error); i++) {
        json_open(out, '{');
        json_key(out, "pointer"), json_text(out, kamusm_error_field_pointer(error, i));
        json_key(out, "code"), json_text(out, kamusm_error_field_word(error, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_key(out, "attempts_left");
    kamusm_error_attempts_left(error) >= 0 ? json_int(out, kamusm_error_attempts_left(error)) : json_null(out);
    json_key(out, "upstream"), json_text(out, kamusm_error_upstream(error));
    json_close(out, '}');
}

void json_clear(json *out) {
    free(out->text);
    *out = (json){0};
}
