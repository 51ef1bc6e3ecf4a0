/* What is shown is what is signed and what is stored: `texts 1000 4` takes 1 000 sessions of ten texts through the
 * library, on 4 threads. The octets of each Show step must be the eContent that OpenSSL extracts from the CMS which the
 * service keeps as evidence. Every text holds all 128 code points of the profile, in an order of its session's own. */
#define _POSIX_C_SOURCE 200809L
#include "evidence.h"

#include <openssl/cms.h>
#include <openssl/pem.h>
#include <pthread.h>
#include <time.h>

#define TEXTS 10
#define PROFILE 128

static const char *base_url, *tckn = "10000000146";
static kamusm_config *config;
static kamusm_http *http;
static kamusm_token *token;
static X509_STORE *anchors;
static int sessions;

/* The profile's code points: ASCII and LF, the Turkish letters, the signs (docs/protocol.md). */
static uint32_t profile[PROFILE];

typedef struct {
    int first, step;
    uint64_t random;
    /* What came of it. */
    int equal, complete;
    size_t octets;
    char trouble[256];
} share;

static void list_profile(void) {
    static const uint32_t others[] = {0xE7,   0x11F,  0x131,  0xF6,   0x15F,  0xFC,   0xC7,   0x11E,  0x130,  0xD6,   0x15E,
                                      0xDC,   0xE2,   0xEE,   0xFB,   0xC2,   0xCE,   0xDB,   0x201C, 0x201D, 0x2018, 0x2019,
                                      0x2013, 0x2014, 0x2026, 0x2022, 0x2713, 0x2192, 0x20AC, 0x20BA, 0xA7,   0xB0};
    size_t count = 0;
    profile[count++] = '\n';
    for (uint32_t c = 0x20; c <= 0x7E; c++) profile[count++] = c;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) profile[count++] = others[i];
    need(count == PROFILE, "128 code points");
}

static uint64_t drawn(uint64_t *random, uint64_t below) {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random % below;
}

static char *put(char *to, uint32_t c) {
    if (c < 0x80) *to++ = (char)c;
    else if (c < 0x800) *to++ = (char)(0xC0 | c >> 6), *to++ = (char)(0x80 | (c & 0x3F));
    else *to++ = (char)(0xE0 | c >> 12), *to++ = (char)(0x80 | (c >> 6 & 0x3F)), *to++ = (char)(0x80 | (c & 0x3F));
    return to;
}

/* How many of the profile's code points stand in the octets; 0 if anything else does. */
static int code_points(kamusm_bytes text) {
    bool seen[PROFILE] = {false};
    int count = 0;
    for (size_t i = 0; i < text.len;) {
        uint8_t lead = text.data[i];
        size_t more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : 2, place = 0;
        uint32_t c = more == 0 ? lead : more == 1 ? lead & 0x1F : lead & 0x0F;
        if (i + more >= text.len) return 0;
        for (size_t k = 1; k <= more; k++) c = c << 6 | (text.data[i + k] & 0x3F);
        while (place < PROFILE && profile[place] != c) place++;
        if (place == PROFILE) return 0;
        if (!seen[place]) count++;
        seen[place] = true;
        i += more + 1;
    }
    return count;
}

/* An order with a form of two lines; each value is all of the profile but LF in a new order, and some more of it. */
static void order(connection *service, share *mine, const char *no) {
    static const char *names[] = {"Açıklama", "Not"};
    char json[8192], *to = json + snprintf(json, sizeof json, "{\"no\":\"%s\",\"texts\":%d,\"form\":[", no, TEXTS);
    for (int line = 0; line < 2; line++) {
        uint32_t drawing[PROFILE + 100];
        size_t count = PROFILE - 1, more = drawn(&mine->random, 100);
        memcpy(drawing, profile + 1, count * sizeof drawing[0]);
        while (more-- > 0) drawing[count++] = profile[1 + drawn(&mine->random, PROFILE - 1)];
        for (size_t i = count - 1; i > 0; i--) {
            size_t other = drawn(&mine->random, i + 1);
            uint32_t kept = drawing[i];
            drawing[i] = drawing[other];
            drawing[other] = kept;
        }
        to += sprintf(to, "%s[\"%s\",\"", line > 0 ? "," : "", names[line]);
        for (size_t i = 0; i < count; i++) {
            if (drawing[i] == '"' || drawing[i] == '\\') *to++ = '\\';
            to = put(to, drawing[i]);
        }
        to += sprintf(to, "\"]");
    }
    sprintf(to, "]}");
    char path[128];
    snprintf(path, sizeof path, "/admin/v1/persons/%s/orders", tckn);
    need(ask(service, "POST", path, setting("KAMUSM_TEST_ADMIN_TOKEN"), json) == 204, "an order");
}

static kamusm_answer *answered(const kamusm_step *step, kamusm_bytes texts[TEXTS]) {
    kamusm_answer *answer = NULL;
    kamusm_identities *list = NULL;
    kamusm_sign_options *options;
    kamusm_result rc = KAMUSM_RESULT_STATE;
    switch (kamusm_step_kind_of(step)) {
    case KAMUSM_STEP_SEND: rc = kamusm_http_perform(http, step, NULL, &answer, NULL); break;
    case KAMUSM_STEP_WAIT: rc = kamusm_wait_perform(step, NULL, &answer, NULL); break;
    case KAMUSM_STEP_SHOW:
        need(kamusm_step_text_count(step) == TEXTS, "ten texts");
        for (size_t i = 0; i < TEXTS; i++) {
            kamusm_bytes shown = kamusm_step_text_octets(step, i);
            uint8_t *kept = (uint8_t *)malloc(shown.len);
            memcpy(kept, shown.data, shown.len);
            texts[i] = (kamusm_bytes){kept, shown.len};
        }
        rc = kamusm_step_accept(step, &answer, NULL);
        break;
    case KAMUSM_STEP_CHOOSE:
        need(kamusm_token_identities(token, 10000, &list, NULL) == KAMUSM_RESULT_OK, "identities");
        rc = kamusm_step_certificate(step, kamusm_identity_certificate(kamusm_identities_at(list, 0)), &answer, NULL);
        kamusm_identities_free(list);
        break;
    case KAMUSM_STEP_SIGN:
        options = kamusm_sign_options_new();
        need(kamusm_sign_options_set_pin(options, (const uint8_t *)"1234", 4, NULL) == KAMUSM_RESULT_OK, "a PIN");
        rc = kamusm_token_sign(token, step, options, NULL, &answer, NULL);
        kamusm_sign_options_free(options);
        break;
    default: break;
    }
    need(rc == KAMUSM_RESULT_OK, "an answer to a step");
    return answer;
}

/* Takes a code to its end, and keeps what was shown. */
static void applied(const char *text, kamusm_bytes texts[TEXTS]) {
    kamusm_verification_code *code = parsed_code(text);
    kamusm_session *session = NULL;
    need(kamusm_session_new(code, config, &session, NULL) == KAMUSM_RESULT_OK, "a session");
    for (;;) {
        kamusm_step *step = next_step(session);
        if (kamusm_step_kind_of(step) == KAMUSM_STEP_DONE) {
            const kamusm_error *why = kamusm_step_outcome_error(step);
            if (why != NULL) printf("%s\n", kamusm_error_message(why));
            need(kamusm_step_outcome(step) == KAMUSM_OUTCOME_ACCEPTED, "an accepted session");
            kamusm_step_free(step);
            break;
        }
        kamusm_answer *answer = answered(step, texts);
        need(give(session, step, answer) == KAMUSM_RESULT_OK, "a step forward");
    }
    kamusm_session_free(session);
    kamusm_verification_code_free(code);
}

/* OpenSSL verifies the stored CMS, CAdES attributes and path included, and hands out its eContent. */
static bool is_signed_text(const char *cms_octets, size_t len, kamusm_bytes text) {
    const unsigned char *at = (const unsigned char *)cms_octets;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)len);
    BIO *out = BIO_new(BIO_s_mem());
    char *content = NULL;
    bool same = cms != NULL && at == (const unsigned char *)cms_octets + len &&
                CMS_verify(cms, NULL, anchors, NULL, out, CMS_BINARY | CMS_CADES) == 1;
    long content_len = BIO_get_mem_data(out, &content);
    same = same && (size_t)content_len == text.len && memcmp(content, text.data, text.len) == 0;
    BIO_free(out);
    CMS_ContentInfo_free(cms);
    return same;
}

static void compared(connection *service, share *mine, const char *no, kamusm_bytes texts[TEXTS]) {
    const char *person = setting("KAMUSM_TEST_PERSON_TOKEN");
    char path[1024], ids[TEXTS][64];
    int count = 0;
    snprintf(path, sizeof path, "/api/v1/applications/%s/evidence", no);
    need(ask(service, "GET", path, person, NULL) == 200, "the list of evidence");
    for (char *at = service->body; count <= TEXTS; count++) {
        char more[64];
        if ((at = member(at, "id", count < TEXTS ? ids[count] : more, sizeof more)) == NULL) break;
    }
    need(count == TEXTS, "the evidence of ten texts");
    for (int i = 0; i < TEXTS; i++) {
        snprintf(path, sizeof path, "/api/v1/applications/%s/evidence/%s", no, ids[i]);
        need(ask(service, "GET", path, person, NULL) == 200, "the stored CMS");
        if (is_signed_text(service->body, service->body_len, texts[i])) mine->equal++;
        else snprintf(mine->trouble, sizeof mine->trouble, "%s, text %d is not the eContent", no, i + 1);
        if (code_points(texts[i]) == PROFILE) mine->complete++;
        else snprintf(mine->trouble, sizeof mine->trouble, "%s, text %d lacks code points", no, i + 1);
        mine->octets += texts[i].len;
        free((void *)texts[i].data);
    }
}

static void *worked(void *argument) {
    share *mine = (share *)argument;
    connection *service = connected(base_url);
    for (int number = mine->first; number < sessions; number += mine->step) {
        kamusm_bytes texts[TEXTS] = {{NULL, 0}};
        char no[32], path[128], code[64];
        snprintf(no, sizeof no, "SD-%d", 100000 + number);
        order(service, mine, no);
        snprintf(path, sizeof path, "/admin/v1/orders/%s/sign-codes", no);
        need(ask(service, "POST", path, setting("KAMUSM_TEST_ADMIN_TOKEN"), NULL) == 200, "a code");
        need(member(service->body, "code", code, sizeof code) != NULL, "the code");
        applied(code, texts);
        compared(service, mine, no, texts);
    }
    disconnected(service);
    return NULL;
}

static void set_up(void) {
    size_t len;
    base_url = setting("KAMUSM_TEST_BASE_URL");
    list_profile();
    config = new_config(base_url);
    char *pem = file_octets(setting("KAMUSM_TEST_INTERMEDIATE"), &len);
    need(kamusm_config_add_intermediates_pem(config, (const uint8_t *)pem, len, NULL) == KAMUSM_RESULT_OK,
         "the intermediate");
    free(pem);
    need(kamusm_http_new(config, &http, NULL) == KAMUSM_RESULT_OK, "a client");
    token = new_token();
    anchors = X509_STORE_new();
    need(X509_STORE_load_file(anchors, setting("KAMUSM_TEST_ANCHOR")) == 1, "the trust anchor");
}

int main(int argc, char **argv) {
    enum { MOST = 16 };
    share shares[MOST] = {{0}};
    pthread_t threads[MOST];
    need(argc == 3, "how many sessions on how many threads");
    sessions = atoi(argv[1]);
    int count = atoi(argv[2]), equal = 0, complete = 0;
    size_t octets = 0;
    need(sessions > 0 && count > 0 && count <= MOST, "sessions on 1 to 16 threads");
    set_up();
    uint64_t seed = (uint64_t)time(NULL);
    printf("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < count; i++) {
        shares[i].first = i;
        shares[i].step = count;
        shares[i].random = (seed + (uint64_t)i + 1) * 0x9E3779B97F4A7C15u;
        need(pthread_create(&threads[i], NULL, worked, &shares[i]) == 0, "a thread");
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        equal += shares[i].equal;
        complete += shares[i].complete;
        octets += shares[i].octets;
        if (shares[i].trouble[0] != '\0') printf("%s\n", shares[i].trouble);
    }
    printf("%d texts, %zu octets\n", equal, octets);
    CHECK(equal == sessions * TEXTS);
    CHECK(complete == sessions * TEXTS);
    X509_STORE_free(anchors);
    kamusm_token_free(token);
    kamusm_http_free(http);
    kamusm_config_free(config);
    return finish();
}
