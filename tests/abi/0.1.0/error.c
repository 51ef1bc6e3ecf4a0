/* kamusm_error: every accessor with its value and its absent value. */
#include "support.h"

static bool is_utf8(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at != 0;) {
        size_t more = *at < 0x80 ? 0 : *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : *at >= 0xc2 ? 1 : 9;
        if (more == 9) return false;
        for (at++; more > 0; more--, at++)
            if ((*at & 0xc0) != 0x80) return false;
    }
    return true;
}

int main(void) {
    kamusm_error *error = NULL, *made = NULL;
    kamusm_verification_code *code = NULL;

    CHECK(kamusm_verification_code_parse("KAMU", &code, &made) == KAMUSM_RESULT_CODE_MALFORMED);
    CHECK(code == NULL);
    CHECK(kamusm_error_code(made) == KAMUSM_RESULT_CODE_MALFORMED);
    CHECK(kamusm_error_category(made) == KAMUSM_CATEGORY_SERVICE);
    CHECK_TEXT(kamusm_error_message(made), "CODE_MALFORMED: a character is no symbol of a code");
    CHECK(strstr(kamusm_error_text(made, "tr"), "ğ") != NULL);
    CHECK_TEXT(kamusm_error_text(made, NULL), kamusm_error_text(made, "tr"));
    CHECK_TEXT(kamusm_error_text(made, "de"), kamusm_error_text(made, "tr"));
    CHECK(strcmp(kamusm_error_text(made, "en-GB"), kamusm_error_text(made, "tr")) != 0);
    CHECK(!kamusm_error_is_retryable(made));
    CHECK(kamusm_error_http_status(made) == 0);
    CHECK(kamusm_error_retry_after_s(made) == -1);
    CHECK(kamusm_error_problem(made) == NULL);
    CHECK(kamusm_error_request_id(made) == NULL);
    uint64_t ck_rv = 77;
    CHECK(!kamusm_error_ck_rv(made, &ck_rv));
    CHECK(ck_rv == 77);
    CHECK(kamusm_error_pin_tries_left(made) == -1);
    CHECK(!kamusm_error_used_pin_try(made));
    CHECK(kamusm_error_cause(made) == NULL);
    kamusm_error_free(made);

    /* Without a place for the object the number is enough. */
    CHECK(kamusm_verification_code_parse("KAMU", &code, NULL) == KAMUSM_RESULT_CODE_MALFORMED);

    int known = 0;
    for (int32_t number = -1000; number <= 0; number++) {
        made = NULL;
        kamusm_result result = kamusm_error_new(number, "for a test", &made, NULL);
        if (result != KAMUSM_RESULT_OK) {
            CHECK(result == KAMUSM_RESULT_RANGE && made == NULL);
            continue;
        }
        known++;
        CHECK(kamusm_error_code(made) == number);
        CHECK(is_utf8(kamusm_error_text(made, "tr")) && strlen(kamusm_error_text(made, "tr")) > 20);
        CHECK(is_utf8(kamusm_error_text(made, "en")) && strlen(kamusm_error_text(made, "en")) > 20);
        CHECK(kamusm_error_category(made) == -number / 100);
        kamusm_error_free(made);
    }
    CHECK(known > 100);
    CHECK_FAILS(kamusm_error_new(KAMUSM_RESULT_OK, "success is no error", &made, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_error_new(KAMUSM_RESULT_STATE, "\xff", &made, &error), KAMUSM_RESULT_UTF8);
    return finish();
}
