/* Writes JSON: commas come by themselves, and what is absent is null. */
#ifndef JSON_H
#define JSON_H

#include <kamusm.h>

typedef struct {
    char *text;
    size_t len, room;
} json;

void json_open(json *out, char bracket);
void json_close(json *out, char bracket);
void json_key(json *out, const char *key);
void json_text(json *out, const char *text);
void json_hex(json *out, kamusm_bytes octets);
void json_int(json *out, int64_t number);
void json_uint(json *out, uint64_t number);
void json_bool(json *out, bool value);
void json_null(json *out);
/* JSON that was written elsewhere, or null. */
void json_part(json *out, const json *part);
/* An error with everything that it holds, or null. */
void json_error(json *out, const kamusm_error *error);
/* The same of a single call: with fields, tries, and who else is to blame. */
void json_call_error(json *out, const kamusm_error *error);
void json_clear(json *out);

#endif
