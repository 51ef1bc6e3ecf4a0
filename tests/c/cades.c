/* CAdES without a session: a signature by openssl's key, and what is said of it, of a damaged one and of none. */
#include "outside.h"

static const char CONTENT[] = "\xc5\x9e" "ahs\xc4\xb1" "ma bir imza";
static int64_t signing_time;
static kamusm_bytes certificate, intermediate;

static kamusm_cades_signing *begin(bool attached) {
    kamusm_error *error = NULL;
    kamusm_cades_signing *signing = NULL;
    kamusm_cades_profile *profile = kamusm_cades_profile_new(attached, signing_time);
    CHECK_OK(kamusm_cades_begin((const uint8_t *)CONTENT, strlen(CONTENT), certificate, &intermediate, 1, profile,
                                &signing, &error));
    kamusm_cades_profile_free(profile);
    return signing;
}

static kamusm_octets *signature(bool attached) {
    kamusm_error *error = NULL;
    kamusm_octets *cms = NULL;
    kamusm_cades_signing *signing = begin(attached);
    CHECK(kamusm_cades_signing_algorithm(signing) == KAMUSM_ALGORITHM_ECDSA_P256_SHA256);
    CHECK(kamusm_cades_signing_digest(signing).len == 32);
    kamusm_bytes value = signed_by_openssl(kamusm_cades_signing_to_be_signed(signing));
    /* Another value, and octets that are none. */
    CHECK_FAILS(kamusm_cades_signing_finish(signing, value.data, value.len - 1, &cms, &error), KAMUSM_RESULT_SELF_CHECK);
    CHECK_FAILS(kamusm_cades_signing_finish(signing, NULL, 0, &cms, &error), KAMUSM_RESULT_SELF_CHECK);
    CHECK(cms == NULL);
    CHECK_OK(kamusm_cades_signing_finish(signing, value.data, value.len, &cms, &error));
    CHECK(holds(kamusm_octets_bytes(cms), certificate) && holds(kamusm_octets_bytes(cms), intermediate));
    kamusm_cades_signing_free(signing);
    return cms;
}

static void add_file(kamusm_cades_policy *policy, const char *path) {
    kamusm_error *error = NULL;
    size_t len;
    char *pem = file_octets(path, &len);
    CHECK_OK(kamusm_cades_policy_add_anchors(policy, (const uint8_t *)pem, len, &error));
    free(pem);
}

/* The revocation list at this path of the service. */
static void add_crl(kamusm_cades_policy *policy, const char *path) {
    kamusm_error *error = NULL;
    int port = 0;
    char head[512];
    need(sscanf(setting("KAMUSM_TEST_BASE_URL"), "http://127.0.0.1:%d", &port) == 1, "an address on loopback");
    int len = snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", path, port);
    int connection = connected(port);
    need(write(connection, head, (size_t)len) == len, "to send");
    size_t total = 0;
    ssize_t more;
    while ((more = read(connection, received + total, sizeof received - 1 - total)) > 0) total += (size_t)more;
    close(connection);
    received[total] = '\0';
    char *body = strstr(received, "\r\n\r\n");
    need(body != NULL, "an HTTP response");
    CHECK_OK(kamusm_cades_policy_add_crl(policy, (const uint8_t *)body + 4, total - (size_t)(body + 4 - received), &error));
}

static kamusm_cades_policy *policy_now(void) {
    kamusm_cades_policy *policy = kamusm_cades_policy_new(kamusm_clock_unix_ms() / 1000);
    add_file(policy, setting("KAMUSM_TEST_ANCHOR"));
    return policy;
}

static kamusm_cades_report *judged(kamusm_bytes cms, const kamusm_bytes *detached, const kamusm_cades_policy *policy) {
    kamusm_error *error = NULL;
    kamusm_cades_report *report = NULL;
    CHECK_OK(kamusm_cades_verify(cms.data, cms.len, detached, policy, &report, &error));
    CHECK(kamusm_cades_report_count(report) == 1);
    return report;
}

static void check_says(kamusm_bytes cms, const kamusm_bytes *detached, const kamusm_cades_policy *policy,
                       kamusm_cades_indication indication, const char *sub_indication) {
    kamusm_cades_report *report = judged(cms, detached, policy);
    CHECK(kamusm_cades_report_indication(report, 0) == indication);
    if (sub_indication == NULL) CHECK(kamusm_cades_report_sub_indication(report, 0) == NULL);
    else CHECK_TEXT(kamusm_cades_report_sub_indication(report, 0), sub_indication);
    CHECK((kamusm_cades_report_reason(report, 0) == NULL) == (sub_indication == NULL));
    kamusm_cades_report_free(report);
}

/* Content that nobody described is a warning; so is each certificate whose revocation nobody asked for. */
static void check_passed(kamusm_bytes cms, const kamusm_cades_policy *policy, size_t unknown) {
    kamusm_cades_report *report = judged(cms, NULL, policy);
    int64_t unix_s = 0;
    CHECK(kamusm_cades_report_indication(report, 0) == KAMUSM_CADES_INDICATION_TOTAL_PASSED);
    CHECK(kamusm_cades_report_sub_indication(report, 0) == NULL && kamusm_cades_report_reason(report, 0) == NULL);
    CHECK(same_octets(kamusm_cades_report_signer(report, 0), certificate));
    kamusm_identities *list = NULL;
    kamusm_token *token = new_token();
    need(kamusm_token_identities(token, 1000, &list, NULL) == KAMUSM_RESULT_OK, "identities");
    CHECK(same_octets(kamusm_cades_report_signer_fingerprint(report, 0),
                      kamusm_identity_fingerprint(kamusm_identities_at(list, 0))));
    CHECK(kamusm_cades_report_signer_fingerprint(report, 1).data == NULL);
    kamusm_identities_free(list);
    kamusm_token_free(token);
    CHECK(kamusm_cades_report_signing_time(report, 0, &unix_s) && unix_s == signing_time);
    CHECK_TEXT(kamusm_cades_report_level(report, 0), "CAdES-BASELINE-B");
    CHECK(kamusm_cades_report_warning_count(report, 0) == 1 + unknown);
    CHECK_TEXT(kamusm_cades_report_warning(report, 0, 0), "content-not-described");
    if (unknown > 0) CHECK_TEXT(kamusm_cades_report_warning(report, 0, 1), "revocation-unknown");
    CHECK(kamusm_cades_report_warning(report, 0, 1 + unknown) == NULL);
    CHECK(kamusm_cades_report_file_warning_count(report) == 0);
    /* Behind the last. */
    CHECK(kamusm_cades_report_indication(report, 1) == KAMUSM_CADES_INDICATION_UNKNOWN);
    CHECK(!kamusm_cades_report_signing_time(report, 1, &unix_s) && kamusm_cades_report_signer(report, 1).data == NULL);
    kamusm_cades_report_free(report);
}

static void check_refused_arguments(void) {
    kamusm_error *error = NULL;
    kamusm_cades_signing *signing = NULL;
    kamusm_cades_profile *profile = kamusm_cades_profile_new(true, signing_time);
    kamusm_cades_policy *policy = kamusm_cades_policy_new(0);
    const uint8_t *none = (const uint8_t *)"0";
    kamusm_bytes wrong = {none, 1};
    CHECK_FAILS(kamusm_cades_begin(none, 1, wrong, NULL, 0, profile, &signing, &error), KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK_FAILS(kamusm_cades_begin(none, 1, certificate, &wrong, 1, profile, &signing, &error),
                KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK(signing == NULL);
    CHECK_FAILS(kamusm_cades_policy_add_anchors(policy, none, 1, &error), KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK_FAILS(kamusm_cades_policy_add_intermediates(policy, (const uint8_t *)"\xff", 1, &error),
                KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK_FAILS(kamusm_cades_policy_add_crl(policy, none, 1, &error), KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK_FAILS(kamusm_cades_policy_add_ocsp_response(policy, none, 1, &error), KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK_FAILS(kamusm_cades_policy_set_revocation(policy, 0, &error), KAMUSM_RESULT_RANGE);
    CHECK_FAILS(kamusm_cades_policy_set_revocation(policy, 4, &error), KAMUSM_RESULT_RANGE);
    kamusm_cades_policy_free(policy);
    kamusm_cades_profile_free(profile);
}

int main(void) {
    kamusm_error *error = NULL;
    signing_time = kamusm_clock_unix_ms() / 1000;
    certificate = der_of(setting("KAMUSM_TEST_PEM"));
    intermediate = der_of(setting("KAMUSM_TEST_INTERMEDIATE"));
    kamusm_bytes content = {(const uint8_t *)CONTENT, strlen(CONTENT)}, other = {(const uint8_t *)"a", 1};
    kamusm_octets *attached = signature(true), *detached = signature(false);
    CHECK(holds(kamusm_octets_bytes(attached), content) && !holds(kamusm_octets_bytes(detached), content));

    kamusm_cades_policy *policy = policy_now();
    check_says(kamusm_octets_bytes(attached), NULL, policy, KAMUSM_CADES_INDICATION_INDETERMINATE, "TRY_LATER");
    add_crl(policy, "/pki/sub.crl");
    CHECK_OK(kamusm_cades_policy_set_revocation(policy, KAMUSM_CADES_REVOCATION_SIGNER, &error));
    check_passed(kamusm_octets_bytes(attached), policy, 1);
    CHECK_OK(kamusm_cades_policy_set_revocation(policy, KAMUSM_CADES_REVOCATION_CHAIN, &error));
    check_says(kamusm_octets_bytes(attached), NULL, policy, KAMUSM_CADES_INDICATION_INDETERMINATE, "TRY_LATER");
    add_crl(policy, "/pki/root.crl");
    check_passed(kamusm_octets_bytes(attached), policy, 0);
    check_says(kamusm_octets_bytes(detached), &content, policy, KAMUSM_CADES_INDICATION_TOTAL_PASSED, NULL);
    check_says(kamusm_octets_bytes(detached), NULL, policy, KAMUSM_CADES_INDICATION_INDETERMINATE,
               "SIGNED_DATA_NOT_FOUND");
    check_says(kamusm_octets_bytes(detached), &other, policy, KAMUSM_CADES_INDICATION_TOTAL_FAILED, "HASH_FAILURE");
    check_says(other, NULL, policy, KAMUSM_CADES_INDICATION_TOTAL_FAILED, "FORMAT_FAILURE");
    check_says((kamusm_bytes){NULL, 0}, NULL, policy, KAMUSM_CADES_INDICATION_TOTAL_FAILED, "FORMAT_FAILURE");

    /* Octets behind the file are told; a damaged value is seen. */
    kamusm_bytes cms = kamusm_octets_bytes(attached);
    uint8_t *copy = malloc(cms.len + 1);
    memcpy(copy, cms.data, cms.len);
    copy[cms.len] = 0;
    kamusm_cades_report *report = judged((kamusm_bytes){copy, cms.len + 1}, NULL, policy);
    CHECK(kamusm_cades_report_file_warning_count(report) == 1);
    CHECK_TEXT(kamusm_cades_report_file_warning(report, 0), "trailing-octets");
    kamusm_cades_report_free(report);
    copy[cms.len - 1] ^= 1;
    check_says((kamusm_bytes){copy, cms.len}, NULL, policy, KAMUSM_CADES_INDICATION_TOTAL_FAILED, "SIG_CRYPTO_FAILURE");
    free(copy);
    kamusm_cades_policy_free(policy);

    /* Without an anchor nobody is trusted; without demands on revocation it is a warning. */
    policy = kamusm_cades_policy_new(kamusm_clock_unix_ms() / 1000);
    CHECK_OK(kamusm_cades_policy_add_intermediates(policy, intermediate.data, intermediate.len, &error));
    check_says(kamusm_octets_bytes(attached), NULL, policy, KAMUSM_CADES_INDICATION_INDETERMINATE,
               "NO_CERTIFICATE_CHAIN_FOUND");
    CHECK_OK(kamusm_cades_policy_add_anchors(policy, intermediate.data, intermediate.len, &error));
    CHECK_OK(kamusm_cades_policy_set_revocation(policy, KAMUSM_CADES_REVOCATION_NONE, &error));
    report = judged(kamusm_octets_bytes(attached), NULL, policy);
    CHECK(kamusm_cades_report_indication(report, 0) == KAMUSM_CADES_INDICATION_TOTAL_PASSED);
    CHECK(kamusm_cades_report_warning_count(report, 0) == 2);
    kamusm_cades_report_free(report);
    kamusm_cades_policy_free(policy);

    check_refused_arguments();
    kamusm_octets_free(attached);
    kamusm_octets_free(detached);
    free((void *)certificate.data);
    free((void *)intermediate.data);
    return finish();
}
