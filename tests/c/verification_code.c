/* kamusm_verification_code: what people paste is put right, anything else is refused. */
#include "support.h"

int main(void) {
    kamusm_error *error = NULL;
    kamusm_verification_code *code = NULL;
    const char *pasted[] = {SAMPLE_CODE, " shyz bzzd ybbm 4eva\n", "SHYZBZZDYBBM4EVA", "ＳＨＹＺ-ＢＺＺＤ-ＹＢＢＭ-４ＥＶＡ",
                            "SHYZ\u200b–BZZD–YBBM–4EVA"};
    for (size_t i = 0; i < sizeof pasted / sizeof pasted[0]; i++) {
        code = NULL;
        CHECK_OK(kamusm_verification_code_parse(pasted[i], &code, &error));
        CHECK(kamusm_verification_code_environment(code) == KAMUSM_ENVIRONMENT_SANDBOX);
        kamusm_verification_code_free(code);
    }
    const char *wrong[] = {"", "SHYZ-BZZD-YBBM-4EVB", "HSYZ-BZZD-YBBM-4EVA", "SHYZ-BZZD-YBBM-4EV", SAMPLE_CODE "A"};
    code = NULL;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK_FAILS(kamusm_verification_code_parse(wrong[i], &code, &error), KAMUSM_RESULT_CODE_MALFORMED);
        CHECK(code == NULL);
    }
    CHECK_FAILS(kamusm_verification_code_parse("SHYZ\xff", &code, &error), KAMUSM_RESULT_UTF8);
    CHECK(kamusm_verification_code_environment(NULL) == KAMUSM_ENVIRONMENT_NONE);
    return finish();
}
