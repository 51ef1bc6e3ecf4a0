#include "person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network.h"

#define LIST_MS 10000

kamusm_result person_open(person *person, const scenario *scenario, kamusm_error **error) {
    const char *path = scenario_text(scenario, "token_path"), *password = scenario_get(scenario, "token_password");
    const uint8_t *secret = (const uint8_t *)password;
    size_t secret_len = password != NULL ? strlen(password) : 0;
    person->scenario = scenario;
    if (scenario_get(scenario, "token") == NULL) return KAMUSM_RESULT_OK;
    if (scenario_is(scenario, "token", "module"))
        return kamusm_token_open_module(path, KAMUSM_INIT_POLICY_TOLERANT, &person->token, error);
    file file = file_read(path);
    kamusm_result rc =
        scenario_is(scenario, "token", "pkcs12")
            ? kamusm_token_open_pkcs12(file.octets, file.len, secret, secret_len, &person->token, error)
            : kamusm_token_open_pem(file.octets, file.len, secret, secret_len, &person->token, error);
    free(file.octets);
    return rc;
}

static bool is_refused(const kamusm_step *step, kamusm_bytes fingerprint) {
    for (size_t i = 0; i < kamusm_step_refusal_count(step); i++)
        if (memcmp(kamusm_step_refusal_fingerprint(step, i).data, fingerprint.data, 32) == 0) return true;
    return false;
}

static bool is_hex_of(const char *hex, kamusm_bytes octets) {
    char digits[3];
    if (strlen(hex) != octets.len * 2) return false;
    for (size_t i = 0; i < octets.len; i++) {
        snprintf(digits, sizeof digits, "%02x", octets.data[i]);
        if (memcmp(hex + 2 * i, digits, 2) != 0) return false;
    }
    return true;
}

static kamusm_result none_left(const kamusm_step *step, kamusm_answer **answer, kamusm_error **error) {
    kamusm_error *why = NULL;
    kamusm_result rc = kamusm_error_new(KAMUSM_RESULT_NO_SIGNING_CERTIFICATE, "no certificate is left", &why, error);
    if (rc == KAMUSM_RESULT_OK) rc = kamusm_step_failed(step, why, answer, error);
    kamusm_error_free(why);
    return rc;
}

static kamusm_result choose_given(const person *person, const kamusm_step *step, kamusm_answer **answer,
                                  kamusm_error **error) {
    if (kamusm_step_refusal_count(step) > 0) return none_left(step, answer, error);
    file der = file_read(scenario_text(person->scenario, "certificate"));
    kamusm_result rc = kamusm_step_certificate(step, (kamusm_bytes){der.octets, der.len}, answer, error);
    free(der.octets);
    return rc;
}

kamusm_result person_choose(person *person, const kamusm_step *step, kamusm_answer **answer, kamusm_error **error) {
    kamusm_identities *list = NULL;
    const kamusm_identity *identity, *chosen = NULL;
    const char *pick = scenario_get(person->scenario, "pick");
    if (scenario_get(person->scenario, "signer") != NULL) return choose_given(person, step, answer, error);
    if (person->token == NULL) return none_left(step, answer, error);
    kamusm_result rc = kamusm_token_identities(person->token, LIST_MS, &list, error);
    for (size_t i = 0; chosen == NULL && (identity = kamusm_identities_at(list, i)) != NULL; i++) {
        kamusm_bytes fingerprint = kamusm_identity_fingerprint(identity);
        bool fits = pick != NULL ? is_hex_of(pick, fingerprint) : kamusm_identity_refusal(identity) == NULL;
        if (fits && !is_refused(step, fingerprint)) chosen = identity;
    }
    if (chosen != NULL) rc = kamusm_step_certificate(step, kamusm_identity_certificate(chosen), answer, error);
    else if (rc == KAMUSM_RESULT_OK) rc = none_left(step, answer, error);
    kamusm_identities_free(list);
    return rc;
}

static kamusm_result sign_elsewhere(person *person, const kamusm_step *step, kamusm_answer **answer,
                                    kamusm_error **error) {
    size_t count = kamusm_step_item_count(step);
    kamusm_bytes *values = (kamusm_bytes *)calloc(count + 1, sizeof *values);
    bool leave_out = scenario_get(person->scenario, "partial") != NULL && count > 1 && !person->left_out;
    if (values == NULL) abort();
    for (size_t i = 0; i < count - (leave_out ? 1 : 0); i++) {
        const char *address = scenario_text(person->scenario, "signer");
        kamusm_bytes value = remote_signature(address, kamusm_step_item_to_be_signed(step, i));
        uint8_t *copy = (uint8_t *)malloc(value.len + 1);
        if (copy == NULL) abort();
        memcpy(copy, value.data, value.len);
        values[i] = (kamusm_bytes){copy, value.len};
    }
    person->left_out = person->left_out || leave_out;
    kamusm_result rc = kamusm_step_signatures(step, values, count, answer, error);
    for (size_t i = 0; i < count; i++) free((void *)values[i].data);
    free(values);
    return rc;
}

kamusm_result person_sign(person *person, const kamusm_step *step, const kamusm_cancel *cancel, kamusm_answer **answer,
                          kamusm_error **error) {
    if (scenario_get(person->scenario, "signer") != NULL) return sign_elsewhere(person, step, answer, error);
    const char *pin = scenario_at(person->scenario, "pin", person->pins_used++);
    if (person->token == NULL || pin == NULL) return kamusm_step_cancelled(step, answer, error);
    kamusm_sign_options *options = kamusm_sign_options_new();
    kamusm_result rc = kamusm_sign_options_set_pin(options, (const uint8_t *)pin, strlen(pin), error);
    if (rc == KAMUSM_RESULT_OK)
        rc = kamusm_sign_options_allow_final_try(options, scenario_get(person->scenario, "allow_final_try") != NULL,
                                                 error);
    if (rc == KAMUSM_RESULT_OK) rc = kamusm_token_sign(person->token, step, options, cancel, answer, error);
    kamusm_sign_options_free(options);
    return rc;
}

void person_close(person *person) {
    kamusm_token_free(person->token);
}
