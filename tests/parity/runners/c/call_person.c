/* What the person asks that is of no application: who she is, the lists, the sign-in. */
#include <string.h>

#include "call.h"
#include "message.h"

/* The sign-in under way, from one scenario to the next. */
static kamusm_edevlet *begun;

static void begin(asked *asked, json *out) {
    const char *client = scenario_text(asked->scenario, "client_id"), *back = scenario_text(asked->scenario, "redirect_uri");
    kamusm_edevlet_free(begun);
    begun = NULL;
    if (kamusm_edevlet_new(asked->config, client, back, &begun, &asked->error) != KAMUSM_RESULT_OK) return;
    json_open(out, '{');
    json_key(out, "address"), json_text(out, kamusm_edevlet_address(begun));
    json_close(out, '}');
}

static void write_signed_in(json *out, const kamusm_signed_in *signed_in) {
    json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_signed_in_name(signed_in));
    json_key(out, "tckn"), json_text(out, kamusm_signed_in_tckn(signed_in));
    json_key(out, "expires_in_s"), json_uint(out, kamusm_signed_in_expires_in_s(signed_in));
    json_close(out, '}');
}

static void come_back(asked *asked, json *out) {
    if (begun == NULL) {
        kamusm_error_new(KAMUSM_RESULT_STATE, "no sign-in was begun", &asked->error, NULL);
        return;
    }
    TELL(signed_in, kamusm_edevlet_returned_call(begun, scenario_text(asked->scenario, "returned"), INTO));
    kamusm_edevlet_free(begun);
    begun = NULL;
}

bool call_of_person(asked *asked, const char *name, json *out) {
    const scenario *scenario = asked->scenario;
    if (strcmp(name, "me.read") == 0)
        TELL(me, kamusm_me_call(WHO, INTO));
    else if (strcmp(name, "me.refresh") == 0)
        TELL(identity_refresh, kamusm_identity_refresh_call(WHO, INTO));
    else if (strcmp(name, "me.consent") == 0)
        TELL(consent, kamusm_consent_call(WHO, scenario_is(scenario, "accepted", "true"), INTO));
    else if (strcmp(name, "reference.list") == 0)
        TELL(choices,
             kamusm_choices_call(WHO, scenario_text(scenario, "list"), scenario_get(scenario, "province"), INTO));
    else if (strcmp(name, "edevlet.address") == 0)
        begin(asked, out);
    else if (strcmp(name, "edevlet.sign_in") == 0)
        come_back(asked, out);
    else
        return false;
    return true;
}
