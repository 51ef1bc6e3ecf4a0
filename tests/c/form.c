/* The form of an application: values, rules, lists; and the SMS code that verifies its phone. */
#include "messages.h"

static kamusm_config *config;
static kamusm_person_token *token;

static void check_form(const kamusm_form *form) {
    CHECK(strstr(kamusm_form_schema(form), "\"required\":[\"email\"]") != NULL);
    CHECK_TEXT(kamusm_form_etag(form), "\"v1\"");
    CHECK(kamusm_form_section_count(form) == 1 && kamusm_form_field_count(form, 0) == 3);
    CHECK(kamusm_form_field_count(form, 1) == 0 && kamusm_form_section_id(form, 1) == NULL);
    CHECK_TEXT(kamusm_form_section_id(form, 0), "contact");
    CHECK_TEXT(kamusm_form_section_title(form, 0), "\xc4\xb0leti\xc5\x9fim Bilgileri");
    CHECK_TEXT(kamusm_form_field_name(form, 0, 0), "email");
    CHECK_TEXT(kamusm_form_field_label(form, 0, 0), "E-Posta");
    CHECK(kamusm_form_field_is_required(form, 0, 0) && !kamusm_form_field_is_required(form, 0, 1));
    CHECK(kamusm_form_field_kind(form, 0, 0) == KAMUSM_FIELD_KIND_EMAIL);
    CHECK(kamusm_form_field_kind(form, 0, 1) == KAMUSM_FIELD_KIND_CHOICE);
    CHECK(kamusm_form_field_kind(form, 0, 2) == KAMUSM_FIELD_KIND_UNKNOWN);
    CHECK_TEXT(kamusm_form_field_kind_word(form, 0, 2), "new");
    CHECK_TEXT(kamusm_form_field_options_list(form, 0, 1), "operators");
    CHECK(kamusm_form_field_options_list(form, 0, 0) == NULL && kamusm_form_field_name(form, 0, 3) == NULL);
    CHECK(kamusm_form_locked_count(form) == 1 && kamusm_form_locked(form, 1) == NULL);
    CHECK_TEXT(kamusm_form_locked(form, 0), "tckn");
}

static void check_values(const kamusm_form *form) {
    kamusm_error *error = NULL;
    kamusm_field_errors *wrong = NULL;
    const kamusm_form_values *filled = kamusm_form_filled(form);
    CHECK(kamusm_form_values_count(filled) == 1);
    CHECK_TEXT(kamusm_form_values_name(filled, 0), "email");
    CHECK_TEXT(kamusm_form_values_value(filled, 0), "a@b.tr");
    CHECK_TEXT(kamusm_form_values_get(filled, "email"), "a@b.tr");
    CHECK(kamusm_form_values_get(filled, "gsm") == NULL);

    kamusm_form_values *values = kamusm_form_values_copy(filled);
    CHECK_OK(kamusm_form_values_set(values, "email", "\xc5\x9f", &error));
    CHECK_TEXT(kamusm_form_values_get(values, "email"), "\xc5\x9f");
    CHECK_TEXT(kamusm_form_values_get(filled, "email"), "a@b.tr");
    CHECK_FAILS(kamusm_form_values_set(values, "email", "\xff", &error), KAMUSM_RESULT_UTF8);
    CHECK_OK(kamusm_form_values_set(values, "email", "", &error));
    CHECK(kamusm_form_values_count(values) == 0);
    CHECK_OK(kamusm_form_check(form, values, &wrong, &error));
    CHECK(kamusm_field_errors_count(wrong) == 1 && kamusm_field_errors_pointer(wrong, 1) == NULL);
    CHECK_TEXT(kamusm_field_errors_pointer(wrong, 0), "/values/email");
    CHECK(kamusm_field_errors_code(wrong, 0) == KAMUSM_FIELD_ERROR_REQUIRED);
    CHECK_TEXT(kamusm_field_errors_word(wrong, 0), "required");
    kamusm_field_errors_free(wrong);

    CHECK_OK(kamusm_form_values_set(values, "email", "c@d.tr", &error));
    CHECK_OK(kamusm_form_check(form, values, &wrong, &error));
    CHECK(kamusm_field_errors_count(wrong) == 0);
    kamusm_field_errors_free(wrong);
    CHECK_CALL(kamusm_form_save_call(config, token, "SD-1", kamusm_form_etag(form), values, &call, NULL), "PUT",
               "/applications/SD-1/form", "{\"values\":{\"email\":\"c@d.tr\"}}");
    kamusm_form_values_free(values);
}

/* What the service says of fields. */
static void check_refusal(void) {
    kamusm_error *error = NULL;
    kamusm_form *form = NULL;
    kamusm_response *response =
        answered_with(422, "application/problem+json",
                      "{\"type\":\"urn:kamusm:problem:form-invalid\",\"status\":422,\"title\":\"\",\"errors\":["
                      "{\"pointer\":\"/values/email\",\"code\":\"format\"},{\"pointer\":\"/values/x\",\"code\":\"new\"}]}");
    CHECK_OK(kamusm_form_call(config, token, "SD-1", &call, &error));
    CHECK(kamusm_form_decode(call, response, &form, &error) == KAMUSM_RESULT_FORM_INVALID && form == NULL);
    CHECK(kamusm_error_field_count(error) == 2 && kamusm_error_field_pointer(error, 2) == NULL);
    CHECK_TEXT(kamusm_error_field_pointer(error, 0), "/values/email");
    CHECK(kamusm_error_field_code(error, 0) == KAMUSM_FIELD_ERROR_FORMAT);
    CHECK(kamusm_error_field_code(error, 1) == KAMUSM_FIELD_ERROR_UNKNOWN);
    CHECK_TEXT(kamusm_error_field_word(error, 1), "new");
    CHECK(kamusm_error_upstream(error) == NULL);
    kamusm_error_free(error);
    kamusm_response_free(response);
    kamusm_call_free(call);
}

static void check_choices(void) {
    CHECK_CALL(kamusm_choices_call(config, token, "provinces", NULL, &call, NULL), "GET", "/reference/provinces", NULL);
    CHECK_CALL(kamusm_choices_call(config, token, "delivery-methods", "41", &call, NULL), "GET",
               "/reference/delivery-methods?province=41", NULL);
    kamusm_choices *choices = DECODED(choices, CHOICES, kamusm_choices_call(config, token, "provinces", NULL, &call, NULL));
    CHECK(kamusm_choices_count(choices) == 2 && kamusm_choices_code(choices, 2) == NULL);
    CHECK_TEXT(kamusm_choices_code(choices, 1), "41");
    CHECK_TEXT(kamusm_choices_title(choices, 1), "Kocaeli");
    kamusm_choices_free(choices);
}

static void check_phone(void) {
    kamusm_error *error = NULL;
    bool is_verified = false;
    CHECK_CALL(kamusm_phone_verification_call(config, token, "SD-1", &call, NULL), "POST",
               "/applications/SD-1/phone-verifications", "{}");
    kamusm_phone_verification *phone =
        DECODED(phone_verification, PHONE, kamusm_phone_verification_call(config, token, "SD-1", &call, NULL));
    CHECK_TEXT(kamusm_phone_verification_id(phone), "p1");
    CHECK_TEXT(kamusm_phone_verification_gsm(phone), "+90*******67");
    CHECK(kamusm_phone_verification_expires_in_s(phone) == 180 && kamusm_phone_verification_resend_in_s(phone) == 60);
    CHECK(kamusm_phone_verification_attempts_left(phone) == 3);
    kamusm_phone_verification_free(phone);

    call = NULL;
    CHECK_FAILS(kamusm_phone_attempt_call(config, token, "SD-1", "p1", "twelve", &call, &error), KAMUSM_RESULT_RANGE);
    CHECK(call == NULL);
    CHECK_OK(kamusm_phone_attempt_call(config, token, "SD-1", "p1", " 123 456 ", &call, &error));
    CHECK(sends(call, "POST", NOWHERE "/api/v1/applications/SD-1/phone-verifications/p1/attempts", "{\"code\":\"123456\"}"));
    kamusm_response *response = answered("{\"verified\":true}");
    CHECK_OK(kamusm_phone_attempt_decode(call, response, &is_verified, &error));
    CHECK(is_verified);
    kamusm_response_free(response);
    response = answered_with(422, "application/problem+json",
                             "{\"type\":\"urn:kamusm:problem:sms-code-wrong\",\"status\":422,\"title\":\"\","
                             "\"attempts_left\":2}");
    CHECK(kamusm_phone_attempt_decode(call, response, &is_verified, &error) == KAMUSM_RESULT_SMS_CODE_WRONG);
    CHECK(kamusm_error_attempts_left(error) == 2);
    kamusm_error_free(error);
    kamusm_response_free(response);
    kamusm_call_free(call);
}

int main(void) {
    config = new_config(NOWHERE);
    need(kamusm_person_token_parse("token", &token, NULL) == KAMUSM_RESULT_OK, "a token");
    CHECK_CALL(kamusm_form_call(config, token, "SD-1", &call, NULL), "GET", "/applications/SD-1/form", NULL);
    kamusm_form *form = DECODED(form, FORM, kamusm_form_call(config, token, "SD-1", &call, NULL));
    check_form(form);
    check_values(form);
    kamusm_form_free(form);
    check_refusal();
    check_choices();
    check_phone();
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
