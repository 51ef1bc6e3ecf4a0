/* Kind `call`: one call of the whole application, by its name. */
#include "call.h"

#include <string.h>

#include "kinds.h"
#include "network.h"

kamusm_result asked_open(asked *asked, const scenario *scenario) {
    const char *token = scenario_get(scenario, "person_token");
    asked->scenario = scenario;
    kamusm_result rc = config_of(scenario, &asked->config, &asked->error);
    /* The sign-in is what has no token yet. */
    if (rc == 0) rc = kamusm_person_token_parse(token != NULL ? token : "none", &asked->token, &asked->error);
    return rc;
}

bool asked_perform(asked *asked, kamusm_result made) {
    kamusm_http *http = NULL;
    if (made != KAMUSM_RESULT_OK) return false;
    kamusm_response_free(asked->response);
    asked->response = NULL;
    if (scenario_get(asked->scenario, "http") != NULL) {
        asked->response = exchange(kamusm_call_request(asked->call));
        if (asked->response == NULL) kamusm_error_new(KAMUSM_RESULT_UNREACHABLE, "no answer", &asked->error, NULL);
        return asked->response != NULL;
    }
    kamusm_result rc = kamusm_http_new(asked->config, &http, &asked->error);
    if (rc == 0) rc = kamusm_http_call(http, asked->call, NULL, &asked->response, &asked->error);
    kamusm_http_free(http);
    return rc == KAMUSM_RESULT_OK;
}

void asked_close(asked *asked) {
    kamusm_error_free(asked->error);
    kamusm_response_free(asked->response);
    kamusm_call_free(asked->call);
    kamusm_person_token_free(asked->token);
    kamusm_config_free(asked->config);
}

void call_run(const scenario *scenario, json *out) {
    asked asked = {0};
    json message = {0};
    const char *name = scenario_text(scenario, "call");
    bool known = true;
    if (asked_open(&asked, scenario) == KAMUSM_RESULT_OK)
        known = call_of_person(&asked, name, &message) || call_of_institution(&asked, name, &message) ||
                call_of_application(&asked, name, &message);
    if (known) {
        json_key(out, "message"), json_part(out, &message);
        json_key(out, "thrown"), json_call_error(out, asked.error);
    } else {
        json_key(out, "unsupported"), json_text(out, name);
    }
    json_clear(&message);
    asked_close(&asked);
}
