/* What a session did and saw, for the comparison. */
#ifndef TRACE_H
#define TRACE_H

#include "json.h"

typedef struct {
    json kinds, waits, show, choose, sign, countdown, pin_errors, stale, log, thrown, end;
    const char *last_kind;
    bool waited[4];
} trace;

/* The same kind again is told once. */
void trace_kind(trace *trace, const char *kind);
void trace_wait(trace *trace, const kamusm_step *step);
void trace_show(trace *trace, const kamusm_step *step);
void trace_choose(trace *trace, const kamusm_step *step);
void trace_sign(trace *trace, const kamusm_step *step);
void trace_done(trace *trace, const kamusm_step *step);
/* The fields behind the name; frees the trace. */
void trace_write(trace *trace, json *out);

#endif
