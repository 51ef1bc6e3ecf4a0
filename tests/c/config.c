/* kamusm_config: what is taken and what is refused; a refusing setter changes nothing. */
#include "support.h"

static void takes(const char *base_url, int32_t environment, kamusm_result wanted) {
    kamusm_config *config = NULL;
    kamusm_error *error = NULL;
    kamusm_result result = kamusm_config_new(base_url, environment, &config, &error);
    CHECK(result == wanted);
    CHECK((config != NULL) == (wanted == KAMUSM_RESULT_OK));
    CHECK(kamusm_error_code(error) == wanted);
    kamusm_error_free(error);
    kamusm_config_free(config);
}

int main(void) {
    kamusm_error *error = NULL;
    takes("https://basvuru.example", KAMUSM_ENVIRONMENT_PRODUCTION, KAMUSM_RESULT_OK);
    takes(NOWHERE, KAMUSM_ENVIRONMENT_SANDBOX, KAMUSM_RESULT_OK);
    takes(NOWHERE, KAMUSM_ENVIRONMENT_PRODUCTION, KAMUSM_RESULT_CONFIG);
    takes("http://basvuru.example", KAMUSM_ENVIRONMENT_SANDBOX, KAMUSM_RESULT_CONFIG);
    takes("basvuru", KAMUSM_ENVIRONMENT_SANDBOX, KAMUSM_RESULT_CONFIG);
    takes(NOWHERE, KAMUSM_ENVIRONMENT_NONE, KAMUSM_RESULT_RANGE);
    takes(NOWHERE, 3, KAMUSM_RESULT_RANGE);
    takes("http://\xc4\x30", KAMUSM_ENVIRONMENT_SANDBOX, KAMUSM_RESULT_UTF8);

    kamusm_config *config = new_config(NOWHERE);
    CHECK_OK(kamusm_config_set_timeout_ms(config, 5000, &error));
    CHECK_FAILS(kamusm_config_set_timeout_ms(config, 10, &error), KAMUSM_RESULT_CONFIG);
    CHECK_OK(kamusm_config_set_client(config, "EBYS", "4.2", &error));
    CHECK_FAILS(kamusm_config_set_client(config, "EBYS", "çok yeni", &error), KAMUSM_RESULT_CONFIG);
    CHECK_FAILS(kamusm_config_set_client(config, "", "4.2", &error), KAMUSM_RESULT_CONFIG);
    CHECK_OK(kamusm_config_set_language(config, "en", &error));
    CHECK_OK(kamusm_config_set_other_text_profiles(config, true, &error));
    CHECK_OK(kamusm_config_set_other_text_profiles(config, false, &error));
    CHECK_FAILS(kamusm_config_add_receipt_key(config, "short", &error), KAMUSM_RESULT_CONFIG);
    CHECK_OK(kamusm_config_add_receipt_key(config, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", &error));
    CHECK_FAILS(kamusm_config_add_intermediates_pem(config, (const uint8_t *)"-----BEGIN CERTIFICATE-----\n", 28, &error),
                KAMUSM_RESULT_CONFIG);
    size_t len;
    char *pem = file_octets(setting("KAMUSM_TEST_INTERMEDIATE"), &len);
    CHECK_OK(kamusm_config_add_intermediates_pem(config, (const uint8_t *)pem, len, &error));
    CHECK_OK(kamusm_config_set_trust_roots_pem(config, (const uint8_t *)pem, len, &error));
    free(pem);
    CHECK_OK(kamusm_config_set_proxy(config, "none", &error));
    CHECK_OK(kamusm_config_set_proxy(config, "system", &error));
    CHECK_OK(kamusm_config_set_proxy(config, "http://127.0.0.1:1", &error));

    /* What was refused above left the configuration as it was: the request still bears the name that was taken. */
    kamusm_verification_code *code = parsed_code(SAMPLE_CODE);
    kamusm_session *session = NULL;
    CHECK_OK(kamusm_session_new(code, config, &session, &error));
    kamusm_step *step = next_step(session);
    bool named = false, english = false;
    for (size_t i = 0; i < kamusm_step_header_count(step); i++) {
        const char *name = kamusm_step_header_name(step, i), *value = kamusm_step_header_value(step, i);
        if (strcmp(name, "user-agent") == 0) named = strcmp(value, "EBYS/4.2") == 0;
        if (strcmp(name, "accept-language") == 0) english = strcmp(value, "en") == 0;
    }
    CHECK(named);
    CHECK(english);
    CHECK(kamusm_step_timeout_ms(step) == 5000);
    kamusm_step_free(step);
    kamusm_session_free(session);
    kamusm_verification_code_free(code);
    kamusm_config_free(config);
    return finish();
}
