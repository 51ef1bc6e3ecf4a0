/* The person: what the service knows, the consent to e-onay, the sign-in by e-Devlet. */
#include "messages.h"

static kamusm_config *config;
static kamusm_person_token *token;

static void check_me(void) {
    CHECK_CALL(kamusm_me_call(config, token, &call, NULL), "GET", "/me", NULL);
    kamusm_me *me = DECODED(me, ME, kamusm_me_call(config, token, &call, NULL));
    CHECK_TEXT(kamusm_me_name(me), "A*** S***");
    CHECK_TEXT(kamusm_me_tckn(me), "100******46");
    CHECK_TEXT(kamusm_me_gsm(me), "+90*******67");
    CHECK(kamusm_me_email(me) == NULL && kamusm_me_has_valid_certificate(me));
    CHECK(kamusm_consent_is_given(kamusm_me_eonay_consent(me)));
    CHECK(kamusm_me_institution_count(me) == 1 && kamusm_me_institution_id(me, 1) == NULL);
    CHECK_TEXT(kamusm_me_institution_id(me, 0), "kurum-1");
    CHECK_TEXT(kamusm_me_institution_name(me, 0), "Kurum");
    kamusm_me_free(me);
}

static void check_acts(void) {
    kamusm_error *error = NULL;
    CHECK_CALL(kamusm_consent_call(config, token, true, &call, NULL), "POST", "/me/eonay-consent", "{\"accepted\":true}");
    CHECK_CALL(kamusm_consent_call(config, token, false, &call, NULL), "POST", "/me/eonay-consent", "{\"accepted\":false}");
    kamusm_consent *consent = DECODED(consent, CONSENT, kamusm_consent_call(config, token, true, &call, NULL));
    CHECK(kamusm_consent_is_given(consent));
    CHECK_TEXT(kamusm_consent_given_at(consent), "2026-01-02T10:00:00+03:00");
    kamusm_consent_free(consent);

    CHECK_CALL(kamusm_identity_refresh_call(config, token, &call, NULL), "POST", "/me/identity-refresh", "{}");
    kamusm_identity_refresh *refresh =
        DECODED(identity_refresh, REFRESH, kamusm_identity_refresh_call(config, token, &call, NULL));
    CHECK_TEXT(kamusm_identity_refresh_name(refresh), "Ad Soyad");
    CHECK_TEXT(kamusm_identity_refresh_tckn(refresh), "100******46");
    CHECK(kamusm_identity_refresh_is_changed(refresh));
    kamusm_identity_refresh_free(refresh);

    /* Which service behind the service is down. */
    kamusm_response *response = answered_with(503, "application/problem+json",
                                              "{\"type\":\"urn:kamusm:problem:upstream-unavailable\",\"status\":503,"
                                              "\"title\":\"\",\"upstream\":\"nvi\"}");
    refresh = NULL;
    CHECK_OK(kamusm_identity_refresh_call(config, token, &call, &error));
    CHECK(kamusm_identity_refresh_decode(call, response, &refresh, &error) == KAMUSM_RESULT_UPSTREAM_UNAVAILABLE);
    CHECK_TEXT(kamusm_error_upstream(error), "nvi");
    CHECK(kamusm_error_attempts_left(error) == -1 && kamusm_error_field_count(error) == 0 && refresh == NULL);
    kamusm_error_free(error);
    kamusm_response_free(response);
    kamusm_call_free(call);
}

/* Two calls are two acts; one call performed twice is one. */
static void check_keys(void) {
    const char *keys[2] = {NULL, NULL};
    kamusm_call *calls[2];
    for (size_t n = 0; n < 2; n++) {
        need(kamusm_consent_call(config, token, true, &calls[n], NULL) == KAMUSM_RESULT_OK, "a call");
        const kamusm_request *request = kamusm_call_request(calls[n]);
        for (size_t i = 0; i < kamusm_request_header_count(request); i++)
            if (same_text(kamusm_request_header_name(request, i), "idempotency-key"))
                keys[n] = kamusm_request_header_value(request, i);
    }
    CHECK(keys[0] != NULL && keys[1] != NULL && strcmp(keys[0], keys[1]) != 0);
    kamusm_call_free(calls[0]);
    kamusm_call_free(calls[1]);
}

static void check_sign_in(void) {
    kamusm_error *error = NULL;
    kamusm_edevlet *edevlet = NULL;
    kamusm_person_token *gone = NULL;
    CHECK_FAILS(kamusm_edevlet_new(config, "client", "no address", &edevlet, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_edevlet_new(config, "", "http://127.0.0.1/geri", &edevlet, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_edevlet_new(config, "client", "http://127.0.0.1/geri", &edevlet, &error));
    CHECK(strstr(kamusm_edevlet_address(edevlet), "code_challenge_method=S256") != NULL);
    CHECK(kamusm_edevlet_is_return(edevlet, "http://127.0.0.1/geri?code=1"));
    CHECK(!kamusm_edevlet_is_return(edevlet, "http://127.0.0.1/"));
    call = NULL;
    CHECK_FAILS(kamusm_edevlet_returned_call(edevlet, "http://127.0.0.1/geri?code=1&state=x", &call, &error),
                KAMUSM_RESULT_FORBIDDEN);
    CHECK_FAILS(kamusm_edevlet_returned_call(edevlet, address_of_return(edevlet, "error=access_denied"), &call, &error),
                KAMUSM_RESULT_CANCELLED);
    CHECK(call == NULL);
    kamusm_signed_in *signed_in = signed_in_of(edevlet);
    CHECK_TEXT(kamusm_signed_in_name(signed_in), "A*** S***");
    CHECK_TEXT(kamusm_signed_in_tckn(signed_in), "100******46");
    CHECK(kamusm_signed_in_expires_in_s(signed_in) == 3600);
    CHECK_OK(kamusm_signed_in_token(signed_in, &gone, &error));
    kamusm_signed_in_free(signed_in);
    /* The token lives on. */
    CHECK_OK(kamusm_me_call(config, gone, &call, &error));
    kamusm_call_free(call);
    kamusm_person_token_free(gone);
    kamusm_edevlet_free(edevlet);
}

int main(void) {
    config = new_config(NOWHERE);
    need(kamusm_person_token_parse("token", &token, NULL) == KAMUSM_RESULT_OK, "a token");
    check_me();
    check_acts();
    check_keys();
    check_sign_in();
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
