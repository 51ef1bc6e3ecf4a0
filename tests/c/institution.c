/* An institution's side: rows by hand and from CSV, what became of them, many statuses followed. */
#include "messages.h"

static kamusm_config *config;
static kamusm_person_token *token;

static bool has_text(kamusm_bytes octets, const char *part) {
    size_t len = strlen(part);
    for (size_t i = 0; i + len <= octets.len; i++)
        if (memcmp(octets.data + i, part, len) == 0) return true;
    return false;
}

static kamusm_pre_application *row(void) {
    kamusm_pre_application *row = NULL;
    need(kamusm_pre_application_new("10000000146", "Ad Soyad", "ad@kurum.gov.tr", KAMUSM_REASON_RENEWAL, &row, NULL) ==
             KAMUSM_RESULT_OK,
         "a row");
    return row;
}

static void check_row(void) {
    kamusm_error *error = NULL;
    kamusm_pre_application *other = NULL, *one = row();
    CHECK_FAILS(kamusm_pre_application_new("1", "A", "a@b.tr", KAMUSM_REASON_FIRST, &other, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_pre_application_new("10000000146", "A", "a", KAMUSM_REASON_FIRST, &other, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_pre_application_new("10000000146", "A", "a@b.tr", KAMUSM_REASON_UNKNOWN, &other, &error),
                KAMUSM_RESULT_RANGE);
    CHECK(other == NULL);
    CHECK_TEXT(kamusm_pre_application_tckn(one), "100******46");
    CHECK(kamusm_pre_application_has_right_checksum(one));
    CHECK_TEXT(kamusm_pre_application_name(one), "Ad Soyad");
    CHECK(strstr(kamusm_pre_application_email(one), "kurum") == NULL || strchr(kamusm_pre_application_email(one), '*') != NULL);
    CHECK(kamusm_pre_application_reason(one) == KAMUSM_REASON_RENEWAL);
    CHECK_TEXT(kamusm_pre_application_reason_word(one), "renewal");
    CHECK(kamusm_pre_application_gsm(one) == NULL && kamusm_pre_application_product(one) == NULL);
    CHECK(kamusm_pre_application_payer(one) == KAMUSM_PAYER_UNKNOWN && kamusm_pre_application_payer_word(one) == NULL);
    CHECK(kamusm_pre_application_prepaid(one) == -1 && !kamusm_pre_application_is_institution_change(one));
    CHECK_FAILS(kamusm_pre_application_set_gsm(one, "1", &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_pre_application_set_payer(one, 9, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_pre_application_set_gsm(one, "0532 123 45 67", &error));
    CHECK_OK(kamusm_pre_application_set_institution_change(one, true, &error));
    CHECK_OK(kamusm_pre_application_set_payer(one, KAMUSM_PAYER_PERSON, &error));
    CHECK_OK(kamusm_pre_application_set_prepaid(one, false, &error));
    CHECK_OK(kamusm_pre_application_set_product(one, "nes", &error));
    CHECK(kamusm_pre_application_gsm(one) != NULL && kamusm_pre_application_is_institution_change(one));
    CHECK(kamusm_pre_application_payer(one) == KAMUSM_PAYER_PERSON && kamusm_pre_application_prepaid(one) == 0);
    CHECK_TEXT(kamusm_pre_application_payer_word(one), "person");
    CHECK_TEXT(kamusm_pre_application_product(one), "nes");
    kamusm_pre_application_free(one);
}

static void check_rows(void) {
    static const char csv[] = "Kimlik Numaras\xc4\xb1;Ad Soyad;E-Posta;Ba\xc5\x9fvuru Nedeni\n"
                              "10000000146;Ad Soyad;a@b.tr;\xc4\xb0lk Sertifika\n;Ad;a;x\n";
    kamusm_error *error = NULL;
    kamusm_pre_applications *rows = NULL;
    kamusm_pre_application *one = row();
    CHECK_FAILS(kamusm_pre_applications_from_csv((const uint8_t *)"\xff", 1, &rows, &error), KAMUSM_RESULT_RANGE);
    CHECK(rows == NULL);
    CHECK_OK(kamusm_pre_applications_from_csv((const uint8_t *)csv, strlen(csv), &rows, &error));
    CHECK_OK(kamusm_pre_applications_add(rows, one, &error));
    CHECK(kamusm_pre_applications_count(rows) == 3);
    CHECK(kamusm_pre_applications_line(rows, 0) == 2 && kamusm_pre_applications_line(rows, 2) == 0);
    CHECK_TEXT(kamusm_pre_application_reason_word(kamusm_pre_applications_at(rows, 0)), "first");
    CHECK(kamusm_pre_applications_error(rows, 0) == NULL && kamusm_pre_applications_at(rows, 1) == NULL);
    CHECK(kamusm_error_code(kamusm_pre_applications_error(rows, 1)) == KAMUSM_RESULT_FORM_INVALID);
    CHECK(kamusm_error_field_count(kamusm_pre_applications_error(rows, 1)) == 3);
    CHECK_TEXT(kamusm_error_field_pointer(kamusm_pre_applications_error(rows, 1), 0), "/tckn");
    CHECK_OK(kamusm_pre_applications_call(config, token, "kurum-1", rows, &call, &error));
    kamusm_bytes body = kamusm_request_body(kamusm_call_request(call));
    CHECK(body.len > 0 && has_text(body, "\"reason\":\"renewal\"") && has_text(body, "\"reason\":\"first\""));
    kamusm_call_free(call);
    kamusm_pre_applications_free(rows);
    rows = kamusm_pre_applications_new();
    call = NULL;
    CHECK_FAILS(kamusm_pre_applications_call(config, token, "kurum-1", rows, &call, &error), KAMUSM_RESULT_RANGE);
    kamusm_pre_applications_free(rows);

    kamusm_placed *placed = placed_of(config, token, one);
    CHECK(kamusm_placed_count(placed) == 2 && kamusm_placed_row(placed, 1) == 2);
    CHECK_TEXT(kamusm_placed_no(placed, 0), "SD-7");
    CHECK(kamusm_placed_error(placed, 0) == NULL && kamusm_placed_no(placed, 1) == NULL);
    CHECK(kamusm_error_field_code(kamusm_placed_error(placed, 1), 0) == KAMUSM_FIELD_ERROR_CHECKSUM);
    kamusm_placed_free(placed);
    kamusm_pre_application_free(one);
}

static void check_staff(void) {
    kamusm_error *error = NULL;
    CHECK_CALL(kamusm_staff_applications_call(config, token, "kurum-1", &call, NULL), "GET",
               "/institutions/kurum-1/pre-applications", NULL);
    kamusm_staff_applications *list = DECODED(staff_applications, "{\"items\":[" STAFF "]}",
                                              kamusm_staff_applications_call(config, token, "kurum-1", &call, NULL));
    CHECK(kamusm_staff_applications_count(list) == 1 && kamusm_staff_applications_at(list, 1) == NULL);
    CHECK(kamusm_staff_application_etag(kamusm_staff_applications_at(list, 0)) == NULL);
    kamusm_staff_applications_free(list);
    kamusm_staff_application *one =
        DECODED(staff_application, STAFF, kamusm_staff_application_call(config, token, "kurum-1", "SD-1", &call, NULL));
    CHECK_TEXT(kamusm_staff_application_no(one), "SD-1");
    CHECK_TEXT(kamusm_staff_application_name(one), "A*** S***");
    CHECK_TEXT(kamusm_staff_application_tckn(one), "100******46");
    CHECK_TEXT(kamusm_staff_application_applied_on(one), "2026-01-02");
    CHECK_TEXT(kamusm_status_code_word(kamusm_staff_application_status(one)), "production_pending");
    CHECK_TEXT(kamusm_staff_application_etag(one), "\"v1\"");
    /* Nothing changed: nothing comes. */
    kamusm_staff_application *newer = one;
    kamusm_response *response = answered_with(304, "application/json", "");
    CHECK_OK(kamusm_staff_application_watch_call(config, token, "kurum-1", "SD-1", "\"v1\"", &call, &error));
    CHECK_OK(kamusm_staff_application_watch_decode(call, response, &newer, &error));
    CHECK(newer == NULL);
    kamusm_response_free(response);
    response = answered(STAFF);
    CHECK_OK(kamusm_staff_application_watch_decode(call, response, &newer, &error));
    CHECK_TEXT(kamusm_staff_application_no(newer), "SD-1");
    kamusm_response_free(response);
    kamusm_call_free(call);
    kamusm_staff_application_free(newer);
    kamusm_staff_application_free(one);
}

static void check_follow(void) {
    const char *numbers[] = {"SD-1", "SD-2", "SD-3"};
    kamusm_error *error = NULL;
    kamusm_follow *follow = NULL;
    kamusm_call *calls[3] = {NULL, NULL, NULL};
    kamusm_change *change = NULL;
    uint64_t deadline = 0;
    CHECK_OK(kamusm_follow_new(config, token, "kurum-1", numbers, 3, 2, &follow, &error));
    CHECK(kamusm_follow_total(follow) == 3 && kamusm_follow_known(follow) == 0);
    for (size_t i = 0; i < 3; i++) CHECK_OK(kamusm_follow_next(follow, 0, &calls[i], &error));
    CHECK(calls[0] != NULL && calls[1] != NULL && calls[2] == NULL && kamusm_follow_open(follow) == 2);
    CHECK(!kamusm_follow_deadline(follow, &deadline));
    kamusm_response *response = answered(STAFF);
    CHECK_OK(kamusm_follow_answer(follow, calls[0], response, 0, &change, &error));
    CHECK_TEXT(kamusm_change_no(change), "SD-1");
    CHECK(kamusm_status_code_of(kamusm_change_status(change)) == KAMUSM_STATUS_CODE_PRODUCTION_PENDING);
    CHECK(kamusm_change_error(change) == NULL && kamusm_follow_known(follow) == 1);
    kamusm_change_free(change);
    kamusm_response_free(response);
    /* A lost network passes by itself; it is asked again later. */
    CHECK_FAILS(kamusm_follow_failed(follow, calls[1], 0, 0, &change, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_follow_failed(follow, calls[1], KAMUSM_TRANSPORT_FAILURE_TIMEOUT, 0, &change, &error));
    CHECK(change == NULL && kamusm_follow_deadline(follow, &deadline) && kamusm_follow_deadline(follow, NULL));
    CHECK_OK(kamusm_follow_next(follow, 0, &calls[2], &error));
    response = answered_with(404, "application/problem+json",
                             "{\"type\":\"urn:kamusm:problem:not-found\",\"status\":404,\"title\":\"\"}");
    CHECK_OK(kamusm_follow_answer(follow, calls[2], response, 0, &change, &error));
    CHECK_TEXT(kamusm_change_no(change), "SD-3");
    CHECK(kamusm_change_status(change) == NULL && kamusm_follow_refused(follow) == 1);
    CHECK(kamusm_error_code(kamusm_change_error(change)) == KAMUSM_RESULT_NOT_FOUND);
    kamusm_change_free(change);
    kamusm_response_free(response);
    /* Another kind of call brings no answer to this. */
    kamusm_call *list = NULL;
    response = answered(STAFF);
    change = NULL;
    CHECK_OK(kamusm_applications_call(config, token, &list, &error));
    CHECK_FAILS(kamusm_follow_answer(follow, list, response, 0, &change, &error), KAMUSM_RESULT_STATE);
    kamusm_response_free(response);
    kamusm_call_free(list);
    for (size_t i = 0; i < 3; i++) kamusm_call_free(calls[i]);
    kamusm_follow_free(follow);
}

int main(void) {
    config = new_config(NOWHERE);
    need(kamusm_person_token_parse("token", &token, NULL) == KAMUSM_RESULT_OK, "a token");
    check_row();
    check_rows();
    check_staff();
    check_follow();
    kamusm_person_token_free(token);
    kamusm_config_free(config);
    return finish();
}
