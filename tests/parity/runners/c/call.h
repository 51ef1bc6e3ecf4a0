/* A single call on its way: made, performed, decoded. */
#ifndef CALL_H
#define CALL_H

#include <kamusm.h>

#include "json.h"
#include "scenario.h"

typedef struct {
    const scenario *scenario;
    kamusm_config *config;
    kamusm_person_token *token;
    kamusm_call *call;
    kamusm_response *response;
    kamusm_error *error;
} asked;

/* What every call of a person begins and ends with. */
#define WHO asked->config, asked->token
#define INTO &asked->call, &asked->error

kamusm_result asked_open(asked *asked, const scenario *scenario);
/* Performs the call that `made` tells of; whether a response is there. */
bool asked_perform(asked *asked, kamusm_result made);
void asked_close(asked *asked);

/* Asks for a message of this noun by `make`, and writes it with write_<noun>. */
#define TELL(noun, make)                                                                                            \
    do {                                                                                                            \
        kamusm_##noun *message = NULL;                                                                              \
        if (asked_perform(asked, (make)) &&                                                                         \
            kamusm_##noun##_decode(asked->call, asked->response, &message, &asked->error) == KAMUSM_RESULT_OK)      \
            write_##noun(out, message);                                                                             \
        kamusm_##noun##_free(message);                                                                              \
    } while (0)

/* Whether the name is one of theirs; a message that is not written is absent. */
bool call_of_person(asked *asked, const char *name, json *out);
bool call_of_application(asked *asked, const char *name, json *out);
bool call_of_institution(asked *asked, const char *name, json *out);

#endif
