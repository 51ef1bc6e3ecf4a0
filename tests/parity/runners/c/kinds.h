/* What a scenario can be; each writes the fields behind the name. */
#ifndef KINDS_H
#define KINDS_H

#include "json.h"
#include "scenario.h"

void session_run(const scenario *scenario, json *out);
void applications_run(const scenario *scenario, json *out);
void application_run(const scenario *scenario, json *out);
void identities_run(const scenario *scenario, json *out);
void code_run(const scenario *scenario, json *out);
void config_run(const scenario *scenario, json *out);
void errors_run(const scenario *scenario, json *out);
void cades_sign_run(const scenario *scenario, json *out);
void call_run(const scenario *scenario, json *out);
void cades_verify_run(const scenario *scenario, json *out);

#endif
