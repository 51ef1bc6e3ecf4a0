/* Signatures outside a session. */
#include <stdlib.h>

#include "kinds.h"
#include "network.h"

void cades_sign_run(const scenario *scenario, json *out) {
    kamusm_error *error = NULL;
    kamusm_cades_signing *signing = NULL;
    kamusm_octets *cms = NULL;
    file content = file_read(scenario_text(scenario, "content")), der = file_read(scenario_text(scenario, "certificate"));
    kamusm_cades_profile *profile =
        kamusm_cades_profile_new(scenario_is(scenario, "attached", "1"), scenario_number(scenario, "signing_time"));
    kamusm_result rc = kamusm_cades_begin(content.octets, content.len, (kamusm_bytes){der.octets, der.len}, NULL, 0,
                                          profile, &signing, &error);
    if (rc == KAMUSM_RESULT_OK) {
        const char *address = scenario_text(scenario, "signer");
        kamusm_bytes value = remote_signature(address, kamusm_cades_signing_to_be_signed(signing));
        kamusm_cades_signing_finish(signing, value.data, value.len, &cms, &error);
    }
    json_key(out, "cms"), json_hex(out, kamusm_octets_bytes(cms));
    json_key(out, "thrown"), json_error(out, error);
    kamusm_error_free(error);
    kamusm_octets_free(cms);
    kamusm_cades_signing_free(signing);
    kamusm_cades_profile_free(profile);
    free(content.octets);
    free(der.octets);
}

typedef kamusm_result (*add)(kamusm_cades_policy *, const uint8_t *, size_t, kamusm_error **);

static kamusm_result add_files(const scenario *scenario, const char *key, kamusm_cades_policy *policy, add add,
                               kamusm_error **error) {
    kamusm_result rc = KAMUSM_RESULT_OK;
    const char *path;
    for (size_t i = 0; rc == KAMUSM_RESULT_OK && (path = scenario_at(scenario, key, i)) != NULL; i++) {
        file file = file_read(path);
        rc = add(policy, file.octets, file.len, error);
        free(file.octets);
    }
    return rc;
}

static void write_signature(json *out, const kamusm_cades_report *report, size_t index) {
    static const char *const names[] = {"UNKNOWN", "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED"};
    int64_t signing_time = 0;
    kamusm_cades_indication indication = kamusm_cades_report_indication(report, index);
    json_open(out, '{');
    json_key(out, "indication"), json_text(out, names[indication >= 0 && indication < 4 ? indication : 0]);
    json_key(out, "sub_indication"), json_text(out, kamusm_cades_report_sub_indication(report, index));
    json_key(out, "signer"), json_hex(out, kamusm_cades_report_signer_fingerprint(report, index));
    json_key(out, "signing_time_unix_s");
    kamusm_cades_report_signing_time(report, index, &signing_time) ? json_int(out, signing_time) : json_null(out);
    json_close(out, '}');
}

void cades_verify_run(const scenario *scenario, json *out) {
    kamusm_error *error = NULL;
    kamusm_cades_report *report = NULL;
    kamusm_cades_policy *policy = kamusm_cades_policy_new(scenario_number(scenario, "at"));
    const char *path = scenario_get(scenario, "content");
    file cms = file_read(scenario_text(scenario, "cms")), content = {0};
    if (path != NULL) content = file_read(path);
    kamusm_bytes detached = {content.octets, content.len};
    kamusm_result rc = add_files(scenario, "anchor", policy, kamusm_cades_policy_add_anchors, &error);
    if (rc == 0) rc = add_files(scenario, "intermediates", policy, kamusm_cades_policy_add_intermediates, &error);
    if (rc == 0) rc = add_files(scenario, "crl", policy, kamusm_cades_policy_add_crl, &error);
    if (rc == 0) rc = add_files(scenario, "ocsp", policy, kamusm_cades_policy_add_ocsp_response, &error);
    if (rc == 0) rc = kamusm_cades_verify(cms.octets, cms.len, path != NULL ? &detached : NULL, policy, &report, &error);
    json_key(out, "signatures");
    if (rc != 0) {
        json_null(out);
    } else {
        json_open(out, '[');
        for (size_t i = 0; i < kamusm_cades_report_count(report); i++) write_signature(out, report, i);
        json_close(out, ']');
    }
    json_key(out, "thrown"), json_error(out, error);
    kamusm_error_free(error);
    kamusm_cades_report_free(report);
    kamusm_cades_policy_free(policy);
    free(cms.octets);
    free(content.octets);
}
