#include "trace.h"

#include <string.h>

void trace_kind(trace *trace, const char *kind) {
    if (trace->last_kind != NULL && strcmp(trace->last_kind, kind) == 0) return;
    trace->last_kind = kind;
    json_text(&trace->kinds, kind);
}

void trace_wait(trace *trace, const kamusm_step *step) {
    static const char *const names[] = {"unknown", "retry", "confirmation", "checks"};
    kamusm_wait_reason reason = kamusm_step_wait_reason(step);
    size_t place = reason >= 0 && reason < 4 ? (size_t)reason : 0;
    if (!trace->waited[place]) json_text(&trace->waits, names[place]);
    trace->waited[place] = true;
}

void trace_show(trace *trace, const kamusm_step *step) {
    json *out = &trace->show;
    json_clear(out);
    json_open(out, '{');
    json_key(out, "service"), json_text(out, kamusm_step_service(step));
    json_key(out, "origin"), json_text(out, kamusm_step_origin(step));
    json_key(out, "applicant_name"), json_text(out, kamusm_step_applicant_name(step));
    json_key(out, "applicant_tckn"), json_text(out, kamusm_step_applicant_tckn(step));
    json_key(out, "application"), json_text(out, kamusm_step_application(step));
    json_key(out, "institution"), json_text(out, kamusm_step_institution(step));
    json_key(out, "product"), json_text(out, kamusm_step_product(step));
    json_key(out, "warnings"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_step_warning_count(step); i++) json_text(out, kamusm_step_warning(step, i));
    json_close(out, ']');
    json_key(out, "created_at"), json_text(out, kamusm_step_created_at(step));
    json_key(out, "match_code"), json_text(out, kamusm_step_match_code(step));
    json_key(out, "texts"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_step_text_count(step); i++) {
        json_open(out, '{');
        json_key(out, "title"), json_text(out, kamusm_step_text_title(step, i));
        json_key(out, "octets"), json_hex(out, kamusm_step_text_octets(step, i));
        json_key(out, "profile_checked"), json_bool(out, kamusm_step_text_is_checked(step, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

void trace_choose(trace *trace, const kamusm_step *step) {
    json *out = &trace->choose;
    json_clear(out);
    json_open(out, '{');
    json_key(out, "applicant_tckn"), json_text(out, kamusm_step_applicant_tckn(step));
    json_key(out, "refusals"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_step_refusal_count(step); i++) {
        json_open(out, '{');
        json_key(out, "fingerprint"), json_hex(out, kamusm_step_refusal_fingerprint(step, i));
        json_key(out, "error"), json_error(out, kamusm_step_refusal_error(step, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

static const char *algorithm(kamusm_algorithm algorithm) {
    switch (algorithm) {
    case KAMUSM_ALGORITHM_RSA_PKCS1_SHA256: return "rsa-sha256";
    case KAMUSM_ALGORITHM_ECDSA_P256_SHA256: return "ecdsa-p256-sha256";
    case KAMUSM_ALGORITHM_ECDSA_P384_SHA384: return "ecdsa-p384-sha384";
    case KAMUSM_ALGORITHM_ECDSA_P521_SHA512: return "ecdsa-p521-sha512";
    default: return "unknown";
    }
}

void trace_sign(trace *trace, const kamusm_step *step) {
    json *out = &trace->sign;
    json_clear(out);
    json_open(out, '{');
    json_key(out, "certificate"), json_hex(out, kamusm_step_signer_certificate(step));
    json_key(out, "items"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_step_item_count(step); i++) {
        json_open(out, '{');
        json_key(out, "algorithm"), json_text(out, algorithm(kamusm_step_item_algorithm(step, i)));
        json_key(out, "digest"), json_hex(out, kamusm_step_item_digest(step, i));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_key(out, "signing_time_unix_s"), json_int(out, kamusm_step_signing_time_unix_s(step));
    json_key(out, "failure"), json_error(out, kamusm_step_failure(step));
    json_close(out, '}');
}

static const char *outcome(kamusm_outcome outcome) {
    switch (outcome) {
    case KAMUSM_OUTCOME_ACCEPTED: return "accepted";
    case KAMUSM_OUTCOME_RECEIVED: return "received";
    case KAMUSM_OUTCOME_REJECTED: return "rejected";
    case KAMUSM_OUTCOME_CANCELLED: return "cancelled";
    case KAMUSM_OUTCOME_EXPIRED: return "expired";
    case KAMUSM_OUTCOME_UNKNOWN: return "unknown";
    case KAMUSM_OUTCOME_FAILED: return "failed";
    default: return "new";
    }
}

static void write_signed_in(json *out, const kamusm_signed_in *signed_in) {
    if (signed_in == NULL) {
        json_null(out);
        return;
    }
    json_open(out, '{');
    json_key(out, "name"), json_text(out, kamusm_signed_in_name(signed_in));
    json_key(out, "tckn"), json_text(out, kamusm_signed_in_tckn(signed_in));
    json_close(out, '}');
}

void trace_done(trace *trace, const kamusm_step *step) {
    json *out = &trace->end;
    json_key(out, "outcome"), json_text(out, outcome(kamusm_step_outcome(step)));
    json_key(out, "error"), json_error(out, kamusm_step_outcome_error(step));
    json_key(out, "return_to"), json_text(out, kamusm_step_return_to(step));
    json_key(out, "receipt");
    if (kamusm_step_receipt(step) == NULL) {
        json_null(out);
    } else {
        json_open(out, '{');
        json_key(out, "application"), json_text(out, kamusm_step_receipt_application(step));
        json_key(out, "received_at"), json_text(out, kamusm_step_receipt_received_at(step));
        json_key(out, "signing_time"), json_text(out, kamusm_step_receipt_signing_time(step));
        json_key(out, "anchored"), json_bool(out, kamusm_step_receipt_is_anchored(step));
        json_key(out, "jws"), json_text(out, kamusm_step_receipt(step));
        json_close(out, '}');
    }
    json_key(out, "cms"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_step_signature_count(step); i++) json_hex(out, kamusm_step_signature(step, i));
    json_close(out, ']');
    json_key(out, "may_have_arrived"), json_bool(out, kamusm_step_may_have_arrived(step));
    json_key(out, "signed_in"), write_signed_in(out, kamusm_step_signed_in(step));
}

static void list(json *out, const char *key, json *items) {
    json_key(out, key), json_open(out, '[');
    if (items->text != NULL) json_part(out, items);
    json_close(out, ']');
    json_clear(items);
}

static void part(json *out, const char *key, json *part) {
    json_key(out, key), json_part(out, part);
    json_clear(part);
}

void trace_write(trace *trace, json *out) {
    list(out, "kinds", &trace->kinds);
    list(out, "waits", &trace->waits);
    part(out, "show", &trace->show);
    part(out, "choose", &trace->choose);
    part(out, "sign", &trace->sign);
    part(out, "countdown", &trace->countdown);
    list(out, "pin_errors", &trace->pin_errors);
    part(out, "stale", &trace->stale);
    if (trace->end.text != NULL) {
        json_part(out, &trace->end);
    } else {
        static const char *const absent[] = {"outcome", "error", "return_to", "receipt", "cms",
                                             "may_have_arrived", "signed_in"};
        for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) json_key(out, absent[i]), json_null(out);
    }
    json_clear(&trace->end);
    part(out, "log", &trace->log);
    part(out, "thrown", &trace->thrown);
}
