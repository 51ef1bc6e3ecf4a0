/* A panic inside the library becomes KAMUSM_RESULT_INTERNAL; this process lives and the library goes on. */
#include "support.h"

/* Only in a library built with the feature `_planted-panic`; in no header. */
kamusm_result kamusm_planted_panic(kamusm_error **error);
uint32_t kamusm_planted_panic_value(void);

int main(void) {
    kamusm_error *error = NULL;
    CHECK(kamusm_planted_panic(&error) == KAMUSM_RESULT_INTERNAL);
    CHECK(kamusm_error_category(error) == KAMUSM_CATEGORY_INTERNAL);
    CHECK_TEXT(kamusm_error_message(error), "INTERNAL: a panic was caught");
    kamusm_error_free(error);
    CHECK(kamusm_planted_panic(NULL) == KAMUSM_RESULT_INTERNAL);
    CHECK(kamusm_planted_panic_value() == 7);
    kamusm_verification_code_free(parsed_code(SAMPLE_CODE));
    CHECK(kamusm_abi_version() == KAMUSM_ABI_VERSION);
    return finish();
}
