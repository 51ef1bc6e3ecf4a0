/* Who chooses and signs: the person with a token, or a program with a signing service. */
#ifndef PERSON_H
#define PERSON_H

#include <kamusm.h>

#include "scenario.h"

typedef struct {
    const scenario *scenario;
    kamusm_token *token;
    size_t pins_used;
    bool left_out;
} person;

kamusm_result person_open(person *person, const scenario *scenario, kamusm_error **error);
kamusm_result person_choose(person *person, const kamusm_step *step, kamusm_answer **answer, kamusm_error **error);
kamusm_result person_sign(person *person, const kamusm_step *step, const kamusm_cancel *cancel, kamusm_answer **answer,
                          kamusm_error **error);
void person_close(person *person);

#endif
