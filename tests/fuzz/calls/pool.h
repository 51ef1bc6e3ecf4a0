/* What a sequence of C calls is made of: the objects that calls made, and arguments out of the fuzzer's octets. The
   generated calls stand behind it; `KINDS` names the types. */
#ifndef POOL_H
#define POOL_H

#include "fixtures.h"

/* Instrumented: they touch every octet that the library lends. */
void fuzz_read(const uint8_t *data, size_t len);
void fuzz_text(const char *text);
void fuzz_finding(const char *function, const char *what);

#define KIND(noun) kind_##noun,
enum { KINDS(KIND) kinds };
#define SLOTS 4
typedef struct {
    void *owned[SLOTS];
    const void *lent[SLOTS];
    unsigned made, borrowed;
} pool;
static pool pools[kinds];
static void free_object(int kind, void *object);

static const uint8_t *input;
static size_t left;

static uint8_t octet(void) {
    if (left == 0) return 0;
    left--;
    return *input++;
}

/* Copies for one call, each exactly as large as it may be read. */
static void *copies[32];
static unsigned copy_count;

static void *copied(const void *data, size_t len) {
    if (copy_count == sizeof copies / sizeof *copies) return NULL;
    void *copy = malloc(len > 0 ? len : 1);
    if (len > 0) memcpy(copy, data, len);
    return copies[copy_count++] = copy;
}

static void forget_copies(void) {
    while (copy_count > 0) free(copies[--copy_count]);
}

/* What is lent lives until its owner is freed; whose it is is not kept, so all of it is left alone. */
static void forget_lent(void) {
    for (int kind = 0; kind < kinds; kind++) memset(pools[kind].lent, 0, sizeof pools[kind].lent);
}

static void keep(int kind, void *object) {
    void **slot = &pools[kind].owned[pools[kind].made++ % SLOTS];
    if (*slot != NULL) {
        free_object(kind, *slot);
        forget_lent();
    }
    *slot = object;
}

static void lend(int kind, const void *object) {
    if (object != NULL) pools[kind].lent[pools[kind].borrowed++ % SLOTS] = object;
}

/* To read: an object that a call made or lent, else the fixture; NULL where the octet says so. */
static const void *some(int kind, const void *fixture) {
    uint8_t choice = octet();
    const void *found = choice % 2 == 0 ? pools[kind].owned[choice / 2 % SLOTS] : pools[kind].lent[choice / 2 % SLOTS];
    if (choice == 255) return NULL;
    return found != NULL ? found : fixture;
}

/* To change: only what a call made. */
static void *own(int kind) {
    uint8_t choice = octet();
    forget_lent();
    return choice == 255 ? NULL : pools[kind].owned[choice % SLOTS];
}

/* To free: it is nobody's from here on. */
static void *given_back(int kind) {
    void **slot = &pools[kind].owned[octet() % SLOTS];
    void *object = *slot;
    *slot = NULL;
    forget_lent();
    return object;
}

static const char *const texts[] = {
    SAMPLE_CODE, NOWHERE, "SD-1", "kurum-1", "token", "tr", "en", "content-type", "application/json",
    "application/problem+json", "etag", "\"v1\"", "repr-digest", ABC_DIGEST, "c1", "p1", "123456", "provinces", "06",
    "10000000146", "Ad Soyad", "a@b.tr", "+905321234567", "http://127.0.0.1/geri", "http://127.0.0.1/geri?code=1",
    "client", "1.0", "email", "gsm", "", "text/plain", "text/html",
};
static const char *const blobs[] = {
    APPLICATION, CONSENT, ME, REFRESH, FORM, CHOICES, PHONE, APPROVAL, RESULT, SIGN_CODE, PAYMENT, INTENT, EVENTS,
    EVIDENCE, PLACED, STAFF, SIGNED_IN, ABC, "{\"items\":[]}", "{\"view_id\":\"v1\"}", "{\"items\":[" APPLICATION "]}",
    "{\"items\":[" STAFF "]}", "{}", "1234", "{\"type\":\"urn:kamusm:problem:form-invalid\"}",
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *given_string(void) {
    uint8_t choice = octet();
    if (choice == 255) return NULL;
    if (choice < COUNT(texts)) return (const char *)copied(texts[choice], strlen(texts[choice]) + 1);
    char own_text[256];
    size_t len = octet() % sizeof own_text, count = 0;
    while (count < len && left > 0 && *input != 0) own_text[count++] = (char)octet();
    own_text[count] = 0;
    return (const char *)copied(own_text, count + 1);
}

static kamusm_bytes given_octets(void) {
    uint8_t choice = octet();
    if (choice == 255) return no_bytes;
    if (choice == 254) return kamusm_identity_certificate(some_identity);
    if (choice < COUNT(blobs)) {
        kamusm_bytes blob = {(const uint8_t *)copied(blobs[choice], strlen(blobs[choice])), strlen(blobs[choice])};
        return blob;
    }
    size_t len = (size_t)octet() << 8 | octet();
    if (len > left) len = left;
    kamusm_bytes own_octets = {(const uint8_t *)copied(input, len), len};
    input += len;
    left -= len;
    if (own_octets.data == NULL) own_octets.len = 0;
    return own_octets;
}

static uint64_t given_number(void) {
    uint8_t choice = octet();
    if (choice < 224) return choice;
    uint64_t number = 0;
    for (int count = choice % 9; count > 0; count--) number = number << 8 | octet();
    return choice < 248 ? number : ~number;
}

/* The result, the error and the outputs say the same. */
static void judge(const char *function, kamusm_result result, kamusm_error *error, bool wrote) {
    if (result == KAMUSM_RESULT_OK) {
        if (error != NULL) fuzz_finding(function, "an error was written on success");
        return;
    }
    if (result == KAMUSM_RESULT_INTERNAL) fuzz_finding(function, "it panicked");
    if (error == NULL) return fuzz_finding(function, "no error was written");
    if (kamusm_error_code(error) != result) fuzz_finding(function, "result and error differ");
    if (wrote) fuzz_finding(function, "an output was written on failure");
    fuzz_text(kamusm_error_message(error));
    kamusm_error_free(error);
}

#endif
