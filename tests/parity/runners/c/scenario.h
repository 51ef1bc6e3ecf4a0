/* One scenario: keys with values, in the order in which they came. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    struct pair {
        char *key, *value;
    } *pairs;
    size_t count;
} scenario;

/* A file's octets; to be freed. */
typedef struct {
    uint8_t *octets;
    size_t len;
} file;

/* The next one of standard input; false at its end. */
bool scenario_read(scenario *into);
void scenario_clear(scenario *scenario);
/* A key that this runner does not know, or NULL. */
const char *scenario_unknown_key(const scenario *scenario);
/* The value at this place of those of a key, from 0; NULL behind the last. */
const char *scenario_at(const scenario *scenario, const char *key, size_t place);
const char *scenario_get(const scenario *scenario, const char *key);
/* The value, or "". */
const char *scenario_text(const scenario *scenario, const char *key);
bool scenario_is(const scenario *scenario, const char *key, const char *value);
int64_t scenario_number(const scenario *scenario, const char *key);
file file_read(const char *path);

#endif
