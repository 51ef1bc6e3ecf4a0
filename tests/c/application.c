/* Single calls: the person's applications, performed by the library and by a caller with its own HTTP. */
#include "outside.h"

static kamusm_config *config;
static kamusm_person_token *token;

static kamusm_call *list_call(void) {
    kamusm_call *call = NULL;
    need(kamusm_applications_call(config, token, &call, NULL) == KAMUSM_RESULT_OK, "a call");
    return call;
}

static kamusm_call *one_call(const char *number) {
    kamusm_call *call = NULL;
    need(kamusm_application_call(config, token, number, &call, NULL) == KAMUSM_RESULT_OK, "a call");
    return call;
}

/* What a call makes of an answer that the test invents. */
static kamusm_application *decoded(const kamusm_call *call, const char *body) {
    kamusm_error *error = NULL;
    kamusm_response *response = NULL;
    kamusm_application *application = NULL;
    CHECK_OK(kamusm_response_new(200, &response, &error));
    CHECK_OK(kamusm_response_add_header(response, "content-type", "application/json", &error));
    CHECK_OK(kamusm_response_set_body(response, (const uint8_t *)body, strlen(body), &error));
    CHECK_OK(kamusm_application_decode(call, response, &application, &error));
    kamusm_response_free(response);
    return application;
}

/* The rows of TAL.01.16, Şekil 2. */
static void check_list(const kamusm_applications *list) {
    static const struct {
        const char *no, *applied_on;
        kamusm_status_code code;
        kamusm_action action;
    } rows[] = {
        {"SD-13712", "2021-12-17", KAMUSM_STATUS_CODE_FORM_AND_PAYMENT_PENDING, KAMUSM_ACTION_COMPLETE},
        {"SD-13498", "2021-12-07", KAMUSM_STATUS_CODE_PRODUCTION_PENDING, KAMUSM_ACTION_UPDATE},
        {"SD-13459", "2021-12-01", KAMUSM_STATUS_CODE_CANCELLED, KAMUSM_ACTION_DETAILS},
        {"SD-13447", "2021-11-30", KAMUSM_STATUS_CODE_PRODUCTION_PENDING, KAMUSM_ACTION_UPDATE},
    };
    CHECK(kamusm_applications_count(list) == 4);
    CHECK(kamusm_applications_at(list, 4) == NULL);
    for (size_t i = 0; i < 4; i++) {
        const kamusm_application *row = kamusm_applications_at(list, i);
        const kamusm_status *status = kamusm_application_status(row);
        CHECK_TEXT(kamusm_application_no(row), rows[i].no);
        CHECK_TEXT(kamusm_application_applied_on(row), rows[i].applied_on);
        CHECK(kamusm_status_code_of(status) == rows[i].code);
        CHECK(kamusm_status_action(status) == rows[i].action);
    }
}

/* The first row's text with its table: banks by channels. */
static void check_first(const kamusm_application *row) {
    const kamusm_status *status = kamusm_application_status(row);
    CHECK(kamusm_application_reason(row) == KAMUSM_REASON_FIRST);
    CHECK_TEXT(kamusm_application_reason_word(row), "first");
    CHECK(strlen(kamusm_application_institution(row)) > 0);
    CHECK(strlen(kamusm_application_product(row)) > 0);
    CHECK(kamusm_application_warning(row, kamusm_application_warning_count(row)) == NULL);
    CHECK_TEXT(kamusm_status_code_word(status), "form_and_payment_pending");
    CHECK_TEXT(kamusm_status_title(status), "Ba\xc5\x9fvuru Formu ve \xc3\x96" "deme Bekleniyor");
    CHECK(kamusm_status_cancelled_by(status) == KAMUSM_CANCELLED_BY_UNKNOWN);
    CHECK(kamusm_status_cancelled_by_word(status) == NULL);
    CHECK_TEXT(kamusm_status_action_word(status), "complete");
    CHECK_TEXT(kamusm_status_action_title(status), "Ba\xc5\x9fvuruyu Tamamla");
    size_t kinds[4] = {0}, table = 0;
    for (size_t i = 0; i < kamusm_status_block_count(status); i++) {
        kamusm_block_kind kind = kamusm_status_block_kind(status, i);
        kinds[kind]++;
        if (kind == KAMUSM_BLOCK_KIND_CHANNELS) table = i;
        CHECK((kamusm_status_block_text(status, i) != NULL) == (kind != KAMUSM_BLOCK_KIND_CHANNELS));
        CHECK((kamusm_status_block_label(status, i) != NULL) == (kind == KAMUSM_BLOCK_KIND_ITEM));
        CHECK((kamusm_status_bank_count(status, i) > 0) == (kind == KAMUSM_BLOCK_KIND_CHANNELS));
    }
    CHECK(kinds[KAMUSM_BLOCK_KIND_UNKNOWN] == 0 && kinds[KAMUSM_BLOCK_KIND_CHANNELS] == 1);
    CHECK(kinds[KAMUSM_BLOCK_KIND_PARAGRAPH] > 0);
    CHECK(kamusm_status_bank_count(status, table) == 2);
    CHECK_TEXT(kamusm_status_bank_name(status, table, 0), "VAKIFBANK");
    CHECK_TEXT(kamusm_status_bank_name(status, table, 1), "Z\xc4\xb0RAAT BANKASI");
    CHECK(kamusm_status_bank_name(status, table, 2) == NULL);
    CHECK(kamusm_status_bank_takes(status, table, 0, KAMUSM_CHANNEL_BRANCH));
    CHECK(!kamusm_status_bank_takes(status, table, 0, 0) && !kamusm_status_bank_takes(status, table, 2, 1));
}

static void check_unknown(void) {
    kamusm_call *call = one_call("SD-1");
    kamusm_application *application = decoded(
        call, "{\"no\":\"SD-1\",\"applied_on\":\"2026-01-02\",\"reason\":\"moved\",\"later\":1,\"warnings\":[\"new\"],"
              "\"status\":{\"code\":\"shipped\",\"title\":\"Kargoda\",\"cancelled_by\":\"robot\",\"body\":["
              "{\"kind\":\"map\"},{\"kind\":\"item\",\"label\":\"a)\",\"text\":\"Yolda\"},{\"kind\":\"channels\",\"banks\":["
              "{\"name\":\"BANKA\",\"internet\":true,\"mobile\":true,\"call_centre\":true}]}],"
              "\"action\":{\"code\":\"track\",\"title\":\"\\u0130zle\"}}}");
    const kamusm_status *status = kamusm_application_status(application);
    CHECK(kamusm_application_reason(application) == KAMUSM_REASON_UNKNOWN);
    CHECK_TEXT(kamusm_application_reason_word(application), "moved");
    CHECK_TEXT(kamusm_application_institution(application), "");
    CHECK(kamusm_application_warning_count(application) == 1);
    CHECK_TEXT(kamusm_application_warning(application, 0), "new");
    CHECK(kamusm_status_code_of(status) == KAMUSM_STATUS_CODE_UNKNOWN);
    CHECK_TEXT(kamusm_status_code_word(status), "shipped");
    CHECK(kamusm_status_cancelled_by(status) == KAMUSM_CANCELLED_BY_UNKNOWN);
    CHECK_TEXT(kamusm_status_cancelled_by_word(status), "robot");
    CHECK(kamusm_status_action(status) == KAMUSM_ACTION_UNKNOWN);
    CHECK_TEXT(kamusm_status_action_word(status), "track");
    CHECK(kamusm_status_block_count(status) == 3);
    CHECK(kamusm_status_block_kind(status, 0) == KAMUSM_BLOCK_KIND_UNKNOWN);
    CHECK(kamusm_status_block_kind(status, 3) == KAMUSM_BLOCK_KIND_UNKNOWN);
    CHECK_TEXT(kamusm_status_block_label(status, 1), "a)");
    CHECK_TEXT(kamusm_status_block_text(status, 1), "Yolda");
    for (int32_t channel = KAMUSM_CHANNEL_BRANCH; channel <= KAMUSM_CHANNEL_CALL_CENTRE; channel++) {
        bool takes = channel != KAMUSM_CHANNEL_BRANCH && channel != KAMUSM_CHANNEL_ATM;
        CHECK(kamusm_status_bank_takes(status, 2, 0, channel) == takes);
    }
    kamusm_application_free(application);
    kamusm_call_free(call);
}

static void check_refusals(const kamusm_http *http) {
    kamusm_error *error = NULL;
    kamusm_call *call = NULL;
    kamusm_response *response = NULL;
    kamusm_application *application = NULL;
    kamusm_person_token *other = NULL;
    CHECK_FAILS(kamusm_application_call(config, token, "sd-1/../2", &call, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_person_token_parse("a b", &other, &error), KAMUSM_RESULT_RANGE);
    CHECK(call == NULL && other == NULL);

    call = one_call("SD-1");
    CHECK_OK(kamusm_http_call(http, call, NULL, &response, &error));
    CHECK(kamusm_response_status(response) == 404);
    kamusm_result result = kamusm_application_decode(call, response, &application, &error);
    CHECK(result == KAMUSM_RESULT_NOT_FOUND && application == NULL);
    CHECK_TEXT(kamusm_error_problem(error), "not-found");
    CHECK(kamusm_error_http_status(error) == 404);
    kamusm_error_free(error);
    error = NULL;
    /* Each answer is decoded as what its call asked for. */
    kamusm_applications *list = NULL;
    CHECK_FAILS(kamusm_applications_decode(call, response, &list, &error), KAMUSM_RESULT_STATE);
    kamusm_response_free(response);

    /* A cancelled wait and a lost network are errors of this performer: no machine decides what follows. */
    kamusm_cancel *cancel = kamusm_cancel_new();
    kamusm_cancel_now(cancel);
    response = NULL;
    CHECK_FAILS(kamusm_http_call(http, call, cancel, &response, &error), KAMUSM_RESULT_CANCELLED);
    kamusm_cancel_free(cancel);
    kamusm_call_free(call);
    kamusm_config *nowhere = new_config(NOWHERE);
    CHECK_OK(kamusm_applications_call(nowhere, token, &call, &error));
    CHECK_FAILS(kamusm_http_call(http, call, NULL, &response, &error), KAMUSM_RESULT_UNREACHABLE);
    CHECK(response == NULL);
    kamusm_config_free(nowhere);
    kamusm_call_free(call);

    CHECK_OK(kamusm_person_token_parse("nobody", &other, &error));
    CHECK_OK(kamusm_applications_call(config, other, &call, &error));
    CHECK_OK(kamusm_http_call(http, call, NULL, &response, &error));
    CHECK_FAILS(kamusm_applications_decode(call, response, &list, &error), KAMUSM_RESULT_UNAUTHENTICATED);
    kamusm_response_free(response);
    kamusm_call_free(call);
    kamusm_person_token_free(other);
}

int main(void) {
    kamusm_error *error = NULL;
    kamusm_response *response = NULL;
    kamusm_applications *list = NULL;
    kamusm_application *application = NULL;
    config = new_config(setting("KAMUSM_TEST_BASE_URL"));
    CHECK_OK(kamusm_person_token_parse(setting("KAMUSM_TEST_PERSON_TOKEN"), &token, &error));
    kamusm_http *http = new_http(NOWHERE);

    kamusm_call *call = list_call();
    const kamusm_request *request = kamusm_call_request(call);
    CHECK_TEXT(kamusm_request_method(request), "GET");
    CHECK(kamusm_request_body(request).data == NULL);
    CHECK(kamusm_request_timeout_ms(request) == 30000 && kamusm_request_max_response_octets(request) > 0);
    CHECK(!kamusm_request_is_sent_after_cancel(request));
    CHECK(kamusm_request_header_name(request, kamusm_request_header_count(request)) == NULL);
    CHECK(kamusm_request_header_value(request, SIZE_MAX) == NULL);
    CHECK_OK(kamusm_http_call(http, call, NULL, &response, &error));
    CHECK_OK(kamusm_applications_decode(call, response, &list, &error));
    check_list(list);
    check_first(kamusm_applications_at(list, 0));
    CHECK(kamusm_status_cancelled_by(kamusm_application_status(kamusm_applications_at(list, 2))) ==
          KAMUSM_CANCELLED_BY_INSTITUTION);
    CHECK_TEXT(kamusm_status_cancelled_by_word(kamusm_application_status(kamusm_applications_at(list, 2))), "institution");
    kamusm_applications_free(list);
    kamusm_response_free(response);
    /* The same call once more, by a caller with its own HTTP. */
    response = respond(kamusm_call_request(call));
    CHECK_OK(kamusm_applications_decode(call, response, &list, &error));
    check_list(list);
    kamusm_applications_free(list);
    kamusm_response_free(response);
    kamusm_call_free(call);

    call = one_call("SD-13712");
    CHECK_OK(kamusm_http_call(http, call, NULL, &response, &error));
    CHECK_OK(kamusm_application_decode(call, response, &application, &error));
    CHECK_TEXT(kamusm_application_no(application), "SD-13712");
    check_first(application);
    kamusm_application_free(application);
    kamusm_response_free(response);
    kamusm_call_free(call);

    check_unknown();
    check_refusals(http);
    kamusm_http_free(http);
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
