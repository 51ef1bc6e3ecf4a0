/* Where an application stands, waiting for another version, and its end. */
#include "messages.h"

static kamusm_config *config;
static kamusm_person_token *token;

static void check_state(const kamusm_application *application) {
    CHECK(kamusm_application_state(application) == KAMUSM_STATE_PAYMENT_PENDING);
    CHECK_TEXT(kamusm_application_state_word(application), "payment_pending");
    CHECK(kamusm_application_form(application) == KAMUSM_FORM_STATE_SUBMITTED);
    CHECK_TEXT(kamusm_application_form_word(application), "submitted");
    CHECK(kamusm_application_payment(application) == KAMUSM_PAYMENT_STATE_PENDING);
    CHECK_TEXT(kamusm_application_payment_word(application), "pending");
    CHECK(kamusm_application_production(application) == KAMUSM_PRODUCTION_STATE_SCHEDULED);
    CHECK_TEXT(kamusm_application_production_word(application), "scheduled");
    CHECK_TEXT(kamusm_application_earliest_production_on(application), "2026-03-02");
    CHECK_TEXT(kamusm_application_etag(application), "\"v1\"");
}

/* An older service does not tell. */
static void check_absent(void) {
    kamusm_applications *list = DECODED(applications, "{\"items\":[{\"no\":\"SD-1\",\"applied_on\":\"\",\"reason\":\"\",\"status\":" STATUS "}]}",
                                        kamusm_applications_call(config, token, &call, NULL));
    const kamusm_application *row = kamusm_applications_at(list, 0);
    CHECK(kamusm_application_state(row) == KAMUSM_STATE_UNKNOWN && kamusm_application_etag(row) == NULL);
    CHECK_TEXT(kamusm_application_state_word(row), "");
    CHECK(kamusm_application_earliest_production_on(row) == NULL);
    kamusm_applications_free(list);
}

static void check_watch(void) {
    kamusm_error *error = NULL;
    kamusm_application *newer = NULL;
    CHECK_OK(kamusm_application_watch_call(config, token, "SD-1", "\"v1\"", &call, &error));
    CHECK(sends(call, "GET", NOWHERE "/api/v1/applications/SD-1", NULL));
    kamusm_response *response = answered(APPLICATION);
    CHECK_OK(kamusm_application_watch_decode(call, response, &newer, &error));
    check_state(newer);
    kamusm_application_free(newer);
    kamusm_response_free(response);
    response = answered_with(304, "application/json", "");
    CHECK_OK(kamusm_application_watch_decode(call, response, &newer, &error));
    CHECK(newer == NULL);
    /* It is no answer to another question. */
    CHECK_FAILS(kamusm_application_decode(call, response, &newer, &error), KAMUSM_RESULT_STATE);
    kamusm_response_free(response);
    kamusm_call_free(call);
}

int main(void) {
    config = new_config(NOWHERE);
    need(kamusm_person_token_parse("token", &token, NULL) == KAMUSM_RESULT_OK, "a token");
    kamusm_application *application =
        DECODED(application, APPLICATION, kamusm_application_call(config, token, "SD-1", &call, NULL));
    check_state(application);
    kamusm_application_free(application);
    check_absent();
    check_watch();
    CHECK_CALL(kamusm_application_cancel_call(config, token, "SD-1", &call, NULL), "POST",
               "/applications/SD-1/cancellation", "{}");
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
