/* What needs no session: codes, configurations, the list of errors, identities. */
#include "kinds.h"
#include "network.h"
#include "person.h"

static void thrown(json *out, kamusm_error *error) {
    json_key(out, "thrown"), json_error(out, error);
    kamusm_error_free(error);
}

void code_run(const scenario *scenario, json *out) {
    kamusm_error *error = NULL;
    kamusm_verification_code *code = NULL;
    json_key(out, "environment");
    if (kamusm_verification_code_parse(scenario_text(scenario, "code"), &code, &error) != KAMUSM_RESULT_OK)
        json_null(out);
    else
        json_text(out, kamusm_verification_code_environment(code) == KAMUSM_ENVIRONMENT_PRODUCTION ? "production"
                                                                                                   : "sandbox");
    kamusm_verification_code_free(code);
    thrown(out, error);
}

void config_run(const scenario *scenario, json *out) {
    kamusm_error *error = NULL;
    kamusm_config *config = NULL;
    json_key(out, "ok"), json_bool(out, config_of(scenario, &config, &error) == KAMUSM_RESULT_OK);
    kamusm_config_free(config);
    thrown(out, error);
}

/* Every number that is an error's, the small ones first. */
void errors_run(const scenario *scenario, json *out) {
    (void)scenario;
    json_key(out, "codes"), json_open(out, '[');
    for (int32_t number = -1; number > -1000; number--) {
        kamusm_error *error = NULL;
        if (kamusm_error_new(number, "to ask for its sentences", &error, NULL) != KAMUSM_RESULT_OK) continue;
        json_open(out, '{');
        json_key(out, "code"), json_int(out, kamusm_error_code(error));
        json_key(out, "category"), json_int(out, kamusm_error_category(error));
        json_key(out, "retryable"), json_bool(out, kamusm_error_is_retryable(error));
        json_key(out, "tr"), json_text(out, kamusm_error_text(error, "tr"));
        json_key(out, "en"), json_text(out, kamusm_error_text(error, "en"));
        json_close(out, '}');
        kamusm_error_free(error);
    }
    json_close(out, ']');
}

void identities_run(const scenario *scenario, json *out) {
    person person = {0};
    kamusm_error *error = NULL;
    kamusm_identities *list = NULL;
    const kamusm_identity *identity;
    kamusm_result rc = person_open(&person, scenario, &error);
    if (rc == 0) rc = kamusm_token_identities(person.token, 10000, &list, &error);
    json_key(out, "identities");
    if (rc != 0) {
        json_null(out);
    } else {
        json_open(out, '[');
        for (size_t i = 0; (identity = kamusm_identities_at(list, i)) != NULL; i++) {
            int tries = kamusm_identity_pin_tries_left(identity);
            json_open(out, '{');
            json_key(out, "fingerprint"), json_hex(out, kamusm_identity_fingerprint(identity));
            json_key(out, "common_name"), json_text(out, kamusm_identity_common_name(identity));
            json_key(out, "not_before"), json_int(out, kamusm_identity_not_before_unix_s(identity));
            json_key(out, "not_after"), json_int(out, kamusm_identity_not_after_unix_s(identity));
            json_key(out, "refusal"), json_error(out, kamusm_identity_refusal(identity));
            json_key(out, "has_pin_pad"), json_bool(out, kamusm_identity_has_pin_pad(identity));
            json_key(out, "pin_tries_left");
            tries >= 0 ? json_int(out, tries) : json_null(out);
            json_close(out, '}');
        }
        json_close(out, ']');
    }
    kamusm_identities_free(list);
    person_close(&person);
    thrown(out, error);
}
