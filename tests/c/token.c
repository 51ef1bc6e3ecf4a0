/* kamusm_token, kamusm_identities, kamusm_identity: what is listed, and what cannot be opened. */
#include "support.h"

int main(void) {
    kamusm_error *error = NULL;
    kamusm_token *token = new_token();
    kamusm_identities *list = NULL;
    CHECK_OK(kamusm_token_identities(token, 1000, &list, &error));
    CHECK(kamusm_identities_count(list) == 1);
    CHECK(kamusm_identities_at(list, 1) == NULL);
    const kamusm_identity *identity = kamusm_identities_at(list, 0);
    CHECK(kamusm_identity_certificate(identity).len > 400);
    CHECK(kamusm_identity_certificate(identity).data[0] == 0x30);
    CHECK(kamusm_identity_fingerprint(identity).len == 32);
    CHECK(strlen(kamusm_identity_common_name(identity)) > 0);
    CHECK_TEXT(kamusm_identity_token_label(identity), "");
    CHECK_TEXT(kamusm_identity_reader(identity), "");
    int64_t now = kamusm_clock_unix_ms() / 1000;
    CHECK(kamusm_identity_not_before_unix_s(identity) <= now);
    CHECK(kamusm_identity_not_after_unix_s(identity) > now);
    CHECK(kamusm_identity_refusal(identity) == NULL);
    CHECK(kamusm_identity_purpose(identity) == KAMUSM_PURPOSE_SIGNING);
    CHECK(!kamusm_identity_has_pin_pad(identity));
    CHECK(kamusm_identity_pin_tries_left(identity) == 3);
    kamusm_identities_free(list);
    kamusm_token_free(token);

    size_t len;
    char *file = file_octets(setting("KAMUSM_TEST_PKCS12"), &len);
    const uint8_t *octets = (const uint8_t *)file;
    CHECK_OK(kamusm_token_open_pkcs12(octets, len, (const uint8_t *)"1234", 4, &token, &error));
    kamusm_token_free(token);
    token = NULL;
    CHECK_FAILS(kamusm_token_open_pkcs12(octets, len, (const uint8_t *)"1235", 4, &token, &error),
                KAMUSM_RESULT_PIN_INCORRECT);
    CHECK_FAILS(kamusm_token_open_pkcs12(octets, len / 2, (const uint8_t *)"1234", 4, &token, &error),
                KAMUSM_RESULT_TOKEN_OTHER);
    CHECK_FAILS(kamusm_token_open_pem(octets, len, NULL, 0, &token, &error), KAMUSM_RESULT_UTF8);
    CHECK_FAILS(kamusm_token_open_pem((const uint8_t *)"PEM", 3, NULL, 0, &token, &error), KAMUSM_RESULT_KEY_NOT_FOUND);
    free(file);
    CHECK_FAILS(kamusm_token_open_module("/nowhere/libakisp11.so", KAMUSM_INIT_POLICY_TOLERANT, &token, &error),
                KAMUSM_RESULT_MODULE_NOT_FOUND);
    CHECK_FAILS(kamusm_token_open_module(setting("KAMUSM_TEST_PEM"), KAMUSM_INIT_POLICY_STRICT, &token, &error),
                KAMUSM_RESULT_MODULE_LOAD);
    CHECK_FAILS(kamusm_token_open_module("/nowhere", 3, &token, &error), KAMUSM_RESULT_RANGE);
    CHECK(token == NULL);

    kamusm_sign_options *options = kamusm_sign_options_new();
    CHECK_OK(kamusm_sign_options_set_pin(options, (const uint8_t *)"1234", 4, &error));
    CHECK_OK(kamusm_sign_options_use_pad(options, &error));
    CHECK_OK(kamusm_sign_options_set_pad_policy(options, KAMUSM_PAD_POLICY_ASSUME, &error));
    CHECK_FAILS(kamusm_sign_options_set_pad_policy(options, 3, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_sign_options_allow_final_try(options, true, &error));
    CHECK_OK(kamusm_sign_options_allow_host_login(options, true, &error));
    kamusm_sign_options_free(options);
    return finish();
}
