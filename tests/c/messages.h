/* Messages of the service that a test invents, and what the library makes of them. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "support.h"

#define STATUS "{\"code\":\"production_pending\",\"title\":\"\xc3\x9cretim Bekleniyor\",\"body\":[{\"kind\":\"paragraph\"," \
               "\"text\":\"Bekleyin.\"}],\"action\":{\"code\":\"update\",\"title\":\"Ba\xc5\x9fvuruyu G\xc3\xbcncelle\"}}"
#define APPLICATION "{\"no\":\"SD-1\",\"applied_on\":\"2026-01-02\",\"reason\":\"first\",\"state\":\"payment_pending\"," \
                    "\"form\":\"submitted\",\"payment\":\"pending\",\"production\":{\"state\":\"scheduled\"," \
                    "\"earliest_on\":\"2026-03-02\"},\"status\":" STATUS "}"
#define CONSENT "{\"given\":true,\"given_at\":\"2026-01-02T10:00:00+03:00\"}"
#define ME "{\"name\":\"A*** S***\",\"tckn\":\"100******46\",\"gsm\":\"+90*******67\",\"eonay_consent\":" CONSENT "," \
           "\"has_valid_certificate\":true,\"institutions\":[{\"id\":\"kurum-1\",\"name\":\"Kurum\"}]}"
#define REFRESH "{\"name\":\"Ad Soyad\",\"tckn\":\"100******46\",\"changed\":true}"
#define FORM "{\"schema\":{\"type\":\"object\",\"required\":[\"email\"],\"properties\":{\"email\":{\"type\":\"string\"}," \
             "\"tckn\":{\"type\":\"string\"}}},\"sections\":[{\"id\":\"contact\",\"title\":\"\xc4\xb0leti\xc5\x9fim Bilgileri\"," \
             "\"fields\":[{\"name\":\"email\",\"label\":\"E-Posta\",\"required\":true,\"kind\":\"email\"},{\"name\":\"operator\"," \
             "\"label\":\"Operat\xc3\xb6r\",\"kind\":\"choice\",\"options_list\":\"operators\"},{\"name\":\"x\",\"label\":\"\"," \
             "\"kind\":\"new\"}]}],\"values\":{\"email\":\"a@b.tr\",\"gsm\":null},\"locked\":[\"tckn\"]}"
#define CHOICES "{\"items\":[{\"code\":\"06\",\"title\":\"Ankara\"},{\"code\":\"41\",\"title\":\"Kocaeli\"}]}"
#define PHONE "{\"id\":\"p1\",\"gsm\":\"+90*******67\",\"expires_in\":180,\"attempts_left\":3,\"resend_in\":60}"
#define APPROVAL "{\"methods\":[{\"code\":\"e_onay\",\"title\":\"E-Onay\",\"available\":true},{\"code\":\"e_imza\",\"title\":" \
                 "\"e-imza ile Onayla\",\"available\":false,\"reason\":\"not_read\"}],\"commitments\":[{\"id\":\"t1\"," \
                 "\"title\":\"Taahh\xc3\xbctname\",\"version\":\"1\",\"digest\":" \
                 "\"sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:\",\"length\":3}]," \
                 "\"warnings\":[\"revokes_existing\"],\"form_digest\":\"f1\"}"
#define RESULT "{\"state\":\"done\",\"title\":\"\xc4\xb0\xc5\x9flem Ba\xc5\x9f" "ar\xc4\xb1l\xc4\xb1\",\"receipt\":\"a.b.c\",\"status\":" STATUS "}"
#define SIGN_CODE "{\"id\":\"c1\",\"state\":\"redeemed\",\"code\":\"" SAMPLE_CODE "\",\"created_at\":\"2026-01-02T10:00:00+03:00\"," \
                  "\"expires_in\":90,\"second_redemptions\":1,\"session\":{\"state\":\"awaiting_confirmation\",\"match_code\":" \
                  "\"0042\",\"client\":{\"name\":\"e-\xc4\xb0mza\",\"version\":\"1.0\",\"network\":\"Ankara\",\"is_other_network\":true}," \
                  "\"created_at\":\"2026-01-02T10:01:00+03:00\",\"hard_expires_in\":600}}"
#define PAYMENT "{\"state\":\"pending\",\"payer\":\"person\",\"prepaid\":true,\"amount_kurus\":60000,\"currency\":\"TRY\",\"body\":[" \
                "{\"kind\":\"item\",\"label\":\"a.\",\"text\":\"Bankadan\"},{\"kind\":\"channels\",\"banks\":[{\"name\":\"BANKA\"," \
                "\"atm\":true}]}],\"virtual_pos\":true}"
#define INTENT "{\"id\":\"i1\",\"address\":\"https://pos.invalid/1\",\"expires_in\":900}"
#define EVENTS "{\"items\":[{\"at\":\"2026-01-02T10:00:00+03:00\",\"code\":\"form_saved\",\"text\":\"Form kaydedildi.\"}]}"
#define EVIDENCE "{\"items\":[{\"id\":\"e1\",\"media_type\":\"application/cms\",\"length\":3,\"digest\":" \
                 "\"sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:\",\"created_at\":\"2026-01-02T10:00:00+03:00\"}]}"
#define PLACED "{\"items\":[{\"row\":1,\"no\":\"SD-7\"},{\"row\":2,\"problem\":{\"type\":\"urn:kamusm:problem:form-invalid\"," \
               "\"title\":\"\",\"status\":422,\"errors\":[{\"pointer\":\"/tckn\",\"code\":\"checksum\"}]}}]}"
#define STAFF "{\"no\":\"SD-1\",\"name\":\"A*** S***\",\"tckn\":\"100******46\",\"applied_on\":\"2026-01-02\",\"status\":" STATUS "}"
#define SIGNED_IN "{\"access_token\":\"secret\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"person\":{\"name\":\"A*** S***\"," \
                  "\"tckn\":\"100******46\"}}"
/* Of the service at this address, a literal. */
#define DISCOVERY(base_url) \
    "{\"issuer\":\"" base_url "\",\"environment\":\"sandbox\",\"jwks_uri\":\"" base_url "/.well-known/jwks.json\"}"
/* The octets whose digest stands above. */
#define ABC "abc"
#define ABC_DIGEST "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:"

static inline kamusm_response *answered_with(uint16_t status, const char *media_type, const char *body) {
    kamusm_response *response = NULL;
    need(kamusm_response_new(status, &response, NULL) == KAMUSM_RESULT_OK, "a response");
    need(kamusm_response_add_header(response, "content-type", media_type, NULL) == KAMUSM_RESULT_OK &&
             kamusm_response_add_header(response, "etag", "\"v1\"", NULL) == KAMUSM_RESULT_OK &&
             kamusm_response_add_header(response, "repr-digest", ABC_DIGEST, NULL) == KAMUSM_RESULT_OK &&
             kamusm_response_set_body(response, (const uint8_t *)body, strlen(body), NULL) == KAMUSM_RESULT_OK,
         "the parts of a response");
    return response;
}

static inline kamusm_response *answered(const char *body) {
    return answered_with(200, "application/json", body);
}

/* The result of a decoder; frees what it was made of. */
static inline void decoded(kamusm_call *call, kamusm_response *response, kamusm_result result, kamusm_error *error) {
    if (error != NULL) printf("%s\n", kamusm_error_message(error));
    need(result == KAMUSM_RESULT_OK, "a message");
    kamusm_response_free(response);
    kamusm_call_free(call);
}

/* The message of this noun that `make` asks for by `call`, and that the service answers by `body`. */
#define DECODED(noun, body, make) (call = NULL, need((make) == KAMUSM_RESULT_OK, "a call"), decode_##noun(call, body))
#define DECODER(noun)                                                                                \
    static inline kamusm_##noun *decode_##noun(kamusm_call *call, const char *body) {                \
        kamusm_##noun *made = NULL;                                                                  \
        kamusm_error *why = NULL;                                                                    \
        kamusm_response *response = answered(body);                                                  \
        kamusm_result result = kamusm_##noun##_decode(call, response, &made, &why);                  \
        decoded(call, response, result, why);                                                        \
        return made;                                                                                 \
    }
static kamusm_call *call;
DECODER(application)
DECODER(applications)
DECODER(application_result)
DECODER(approval)
DECODER(choices)
DECODER(commitment_view)
DECODER(consent)
DECODER(events)
DECODER(evidence_list)
DECODER(form)
DECODER(identity_refresh)
DECODER(me)
DECODER(payment)
DECODER(payment_intent)
DECODER(phone_verification)
DECODER(placed)
DECODER(sign_code)
DECODER(signed_in)
DECODER(staff_application)
DECODER(staff_applications)

/* What is sent by a call that `make` makes. */
#define CHECK_CALL(make, method, path, body)                    \
    do {                                                        \
        call = NULL;                                            \
        CHECK((make) == KAMUSM_RESULT_OK);                      \
        CHECK(sends(call, method, NOWHERE "/api/v1" path, body)); \
        kamusm_call_free(call);                                 \
    } while (0)

/* `body`: NULL for a call without one. */
static inline bool sends(const kamusm_call *call, const char *method, const char *url, const char *body) {
    const kamusm_request *request = kamusm_call_request(call);
    kamusm_bytes octets = kamusm_request_body(request);
    bool has_key = false;
    for (size_t i = 0; i < kamusm_request_header_count(request); i++)
        has_key = has_key || same_text(kamusm_request_header_name(request, i), "idempotency-key");
    bool same = same_text(kamusm_request_method(request), method) && same_text(kamusm_request_url(request), url) &&
                has_key == same_text(method, "POST") &&
                (body == NULL ? octets.data == NULL
                              : octets.len == strlen(body) && memcmp(octets.data, body, octets.len) == 0);
    if (!same) printf("%s %s %.*s\n", kamusm_request_method(request), kamusm_request_url(request), (int)octets.len,
                      octets.data != NULL ? (const char *)octets.data : "");
    return same;
}

static inline kamusm_placed *placed_of(const kamusm_config *config, const kamusm_person_token *token,
                                       const kamusm_pre_application *row) {
    kamusm_pre_applications *rows = kamusm_pre_applications_new();
    need(kamusm_pre_applications_add(rows, row, NULL) == KAMUSM_RESULT_OK, "a row");
    kamusm_placed *placed =
        DECODED(placed, PLACED, kamusm_pre_applications_call(config, token, "kurum-1", rows, &call, NULL));
    kamusm_pre_applications_free(rows);
    return placed;
}

/* The address that e-Devlet would send the browser back to. */
static inline const char *address_of_return(const kamusm_edevlet *edevlet, const char *rest) {
    static char address[512];
    const char *state = strstr(kamusm_edevlet_address(edevlet), "state=");
    need(state != NULL, "a state");
    snprintf(address, sizeof address, "http://127.0.0.1/geri?%.*s&%s", (int)strcspn(state, "&"), state, rest);
    return address;
}

static inline kamusm_signed_in *signed_in_of(const kamusm_edevlet *edevlet) {
    return DECODED(signed_in, SIGNED_IN,
                   kamusm_edevlet_returned_call(edevlet, address_of_return(edevlet, "code=1"), &call, NULL));
}

static inline kamusm_change *change_of(const kamusm_config *config, const kamusm_person_token *token) {
    const char *numbers[] = {"SD-1"};
    kamusm_follow *follow = NULL;
    kamusm_change *change = NULL;
    kamusm_response *response = answered(STAFF);
    call = NULL;
    need(kamusm_follow_new(config, token, "kurum-1", numbers, 1, 1, &follow, NULL) == KAMUSM_RESULT_OK &&
             kamusm_follow_next(follow, 0, &call, NULL) == KAMUSM_RESULT_OK && call != NULL &&
             kamusm_follow_answer(follow, call, response, 0, &change, NULL) == KAMUSM_RESULT_OK && change != NULL,
         "a change");
    kamusm_response_free(response);
    kamusm_call_free(call);
    kamusm_follow_free(follow);
    return change;
}

#endif
