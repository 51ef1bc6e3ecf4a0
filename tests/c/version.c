/* Versions, and everything in the header that the compiler evaluates. */
#include "support.h"

/* The frozen struct. */
typedef char data_comes_first[offsetof(kamusm_bytes, data) == 0 ? 1 : -1];
typedef char then_the_length[offsetof(kamusm_bytes, len) == sizeof(void *) ? 1 : -1];
typedef char and_nothing_else[sizeof(kamusm_bytes) == sizeof(void *) + sizeof(size_t) ? 1 : -1];
typedef char results_are_32_bits[sizeof(kamusm_result) == 4 ? 1 : -1];
typedef char kinds_are_32_bits[sizeof(kamusm_step_kind) == 4 ? 1 : -1];

int main(void) {
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", KAMUSM_VERSION_MAJOR, KAMUSM_VERSION_MINOR, KAMUSM_VERSION_PATCH);
    CHECK_TEXT(kamusm_version(), version);
    CHECK_TEXT(kamusm_version(), setting("KAMUSM_TEST_VERSION"));
    CHECK(kamusm_abi_version() == KAMUSM_ABI_VERSION);
    CHECK(KAMUSM_RESULT_OK == 0);
    CHECK(KAMUSM_RESULT_NULL == -1);
    CHECK(KAMUSM_RESULT_INTERNAL == -900);
    CHECK(kamusm_clock_monotonic_ms() > 0);
    CHECK(kamusm_clock_unix_ms() > 1700000000000);
    return finish();
}
