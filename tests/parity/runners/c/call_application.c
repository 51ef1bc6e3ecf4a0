/* What the person asks about one application. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "message.h"

#define MOST_VIEWS 16

typedef struct {
    const char *ids[MOST_VIEWS];
    size_t count;
} views;

static views views_of(const scenario *scenario) {
    views views = {0};
    const char *id;
    while (views.count < MOST_VIEWS && (id = scenario_at(scenario, "view", views.count)) != NULL)
        views.ids[views.count++] = id;
    return views;
}

/* NAME=VALUE each. */
static kamusm_form_values *values_of(asked *asked) {
    kamusm_form_values *values = kamusm_form_values_new();
    const char *pair;
    for (size_t i = 0; (pair = scenario_at(asked->scenario, "value", i)) != NULL; i++) {
        char name[128];
        size_t len = strcspn(pair, "=");
        snprintf(name, sizeof name, "%.*s", (int)len, pair);
        kamusm_form_values_set(values, name, pair[len] == '=' ? pair + len + 1 : "", &asked->error);
    }
    return values;
}

static void missing(asked *asked, const char *what) {
    if (asked->error == NULL) kamusm_error_new(KAMUSM_RESULT_NOT_FOUND, what, &asked->error, NULL);
}

static void forget(asked *asked) {
    kamusm_call_free(asked->call);
    asked->call = NULL;
}

static void watch(asked *asked, const char *number, json *out) {
    kamusm_application *newer = NULL;
    const char *etag = scenario_text(asked->scenario, "etag");
    if (asked_perform(asked, kamusm_application_watch_call(WHO, number, etag, INTO)) &&
        kamusm_application_watch_decode(asked->call, asked->response, &newer, &asked->error) == KAMUSM_RESULT_OK &&
        newer != NULL)
        write_application(out, newer);
    kamusm_application_free(newer);
}

static void check(asked *asked, const char *number, json *out) {
    kamusm_form *form = NULL;
    kamusm_field_errors *wrong = NULL;
    kamusm_form_values *values = values_of(asked);
    if (asked_perform(asked, kamusm_form_call(WHO, number, INTO)) &&
        kamusm_form_decode(asked->call, asked->response, &form, &asked->error) == KAMUSM_RESULT_OK &&
        kamusm_form_check(form, values, &wrong, &asked->error) == KAMUSM_RESULT_OK)
        write_field_errors(out, wrong);
    kamusm_field_errors_free(wrong);
    kamusm_form_values_free(values);
    kamusm_form_free(form);
}

static void save(asked *asked, const char *number, json *out) {
    kamusm_form_values *values = values_of(asked);
    TELL(form, kamusm_form_save_call(WHO, number, scenario_text(asked->scenario, "etag"), values, INTO));
    kamusm_form_values_free(values);
}

static void attempt(asked *asked, const char *number, const char *id, json *out) {
    bool is_verified = false;
    const char *code = scenario_text(asked->scenario, "sms_code");
    if (asked_perform(asked, kamusm_phone_attempt_call(WHO, number, id, code, INTO)) &&
        kamusm_phone_attempt_decode(asked->call, asked->response, &is_verified, &asked->error) == KAMUSM_RESULT_OK)
        json_bool(out, is_verified);
}

static kamusm_approval *approval_of(asked *asked, const char *number) {
    kamusm_approval *approval = NULL;
    if (asked_perform(asked, kamusm_approval_call(WHO, number, INTO)))
        kamusm_approval_decode(asked->call, asked->response, &approval, &asked->error);
    forget(asked);
    return approval;
}

/* The text of the first commitment, or the proof that it was read. */
static void commitment(asked *asked, const char *number, bool is_view, json *out) {
    kamusm_octets *text = NULL;
    kamusm_commitment_view *view = NULL;
    kamusm_approval *approval = approval_of(asked, number);
    const kamusm_commitment *first = kamusm_approval_commitment_at(approval, 0);
    bool is_read = scenario_is(asked->scenario, "read_to_end", "true");
    if (first == NULL) {
        missing(asked, "the service lists no such commitment");
    } else if (is_view) {
        if (asked_perform(asked, kamusm_commitment_view_call(first, WHO, number, is_read, INTO)) &&
            kamusm_commitment_view_decode(asked->call, asked->response, &view, &asked->error) == KAMUSM_RESULT_OK)
            json_text(out, kamusm_commitment_view_id(view));
    } else if (asked_perform(asked, kamusm_commitment_content_call(first, WHO, INTO)) &&
               kamusm_commitment_content_decode(asked->call, asked->response, &text, &asked->error) == KAMUSM_RESULT_OK) {
        kamusm_bytes octets = kamusm_octets_bytes(text);
        char *copy = (char *)calloc(1, octets.len + 1);
        if (octets.len > 0) memcpy(copy, octets.data, octets.len);
        json_text(out, copy);
        free(copy);
    }
    kamusm_commitment_view_free(view);
    kamusm_octets_free(text);
    kamusm_approval_free(approval);
}

/* SHA-256 of octets as openssl computes it. */
static void write_digest(json *out, kamusm_bytes octets) {
    char name[] = "/tmp/kamusm-parity-XXXXXX", command[128], digest[65] = "";
    int file = mkstemp(name);
    if (file < 0 || write(file, octets.data, octets.len) != (ssize_t)octets.len) abort();
    close(file);
    snprintf(command, sizeof command, "openssl dgst -sha256 -r '%s'", name);
    FILE *openssl = popen(command, "r");
    if (openssl == NULL || fread(digest, 1, 64, openssl) != 64 || pclose(openssl) < 0) abort();
    unlink(name);
    json_text(out, digest);
}

static void download(asked *asked, const char *number, const char *id, json *out) {
    kamusm_octets *octets = NULL;
    kamusm_evidence_list *list = NULL;
    const kamusm_evidence *one = NULL;
    if (asked_perform(asked, kamusm_evidence_list_call(WHO, number, INTO)))
        kamusm_evidence_list_decode(asked->call, asked->response, &list, &asked->error);
    forget(asked);
    for (size_t i = 0; (one = kamusm_evidence_list_at(list, i)) != NULL; i++)
        if (strcmp(kamusm_evidence_id(one), id) == 0) break;
    if (one == NULL)
        missing(asked, "the service lists no such evidence");
    else if (asked_perform(asked, kamusm_evidence_download_call(one, WHO, number, INTO)) &&
             kamusm_evidence_download_decode(asked->call, asked->response, &octets, &asked->error) == KAMUSM_RESULT_OK)
        write_digest(out, kamusm_octets_bytes(octets));
    kamusm_octets_free(octets);
    kamusm_evidence_list_free(list);
}

static bool of_sign_code(asked *asked, const char *name, const char *number, const char *id, json *out) {
    views views = views_of(asked->scenario);
    bool is_confirmed = scenario_is(asked->scenario, "confirmed", "true");
    if (strcmp(name, "sign_code.issue") == 0)
        TELL(sign_code, kamusm_sign_code_issue_call(WHO, number, views.ids, views.count, INTO));
    else if (strcmp(name, "sign_code.read") == 0)
        TELL(sign_code, kamusm_sign_code_call(WHO, number, id, INTO));
    else if (strcmp(name, "sign_code.watch") == 0)
        TELL(sign_code, kamusm_sign_code_watch_call(WHO, number, id, INTO));
    else if (strcmp(name, "sign_code.confirm") == 0)
        TELL(sign_code, kamusm_sign_code_confirm_call(WHO, number, id, is_confirmed, INTO));
    else if (strcmp(name, "sign_code.withdraw") != 0)
        return false;
    else if (asked_perform(asked, kamusm_sign_code_withdraw_call(WHO, number, id, INTO)))
        kamusm_sign_code_withdraw_decode(asked->call, asked->response, &asked->error);
    return true;
}

bool call_of_application(asked *asked, const char *name, json *out) {
    const scenario *scenario = asked->scenario;
    const char *number = scenario_get(scenario, "number"), *id = scenario_text(scenario, "id");
    views views = views_of(scenario);
    if (number == NULL) return false;
    if (strcmp(name, "application.read") == 0)
        TELL(application, kamusm_application_call(WHO, number, INTO));
    else if (strcmp(name, "application.watch") == 0)
        watch(asked, number, out);
    else if (strcmp(name, "application.cancel") == 0)
        TELL(application, kamusm_application_cancel_call(WHO, number, INTO));
    else if (strcmp(name, "form.read") == 0)
        TELL(form, kamusm_form_call(WHO, number, INTO));
    else if (strcmp(name, "form.check") == 0)
        check(asked, number, out);
    else if (strcmp(name, "form.save") == 0)
        save(asked, number, out);
    else if (strcmp(name, "phone.start") == 0)
        TELL(phone_verification, kamusm_phone_verification_call(WHO, number, INTO));
    else if (strcmp(name, "phone.attempt") == 0)
        attempt(asked, number, id, out);
    else if (strcmp(name, "approval.read") == 0)
        TELL(approval, kamusm_approval_call(WHO, number, INTO));
    else if (strcmp(name, "approval.approve") == 0)
        TELL(application_result,
             kamusm_approve_call(WHO, number, views.ids, views.count, scenario_text(scenario, "form_digest"),
                                 scenario_is(scenario, "accepted", "true"), INTO));
    else if (strcmp(name, "commitment.content") == 0 || strcmp(name, "commitment.view") == 0)
        commitment(asked, number, strcmp(name, "commitment.view") == 0, out);
    else if (strcmp(name, "result.read") == 0)
        TELL(application_result, kamusm_application_result_call(WHO, number, INTO));
    else if (strcmp(name, "payment.read") == 0)
        TELL(payment, kamusm_payment_call(WHO, number, INTO));
    else if (strcmp(name, "payment.start") == 0)
        TELL(payment_intent, kamusm_payment_intent_call(WHO, number, INTO));
    else if (strcmp(name, "event.list") == 0)
        TELL(events, kamusm_events_call(WHO, number, INTO));
    else if (strcmp(name, "evidence.list") == 0)
        TELL(evidence_list, kamusm_evidence_list_call(WHO, number, INTO));
    else if (strcmp(name, "evidence.download") == 0)
        download(asked, number, id, out);
    else
        return of_sign_code(asked, name, number, id, out);
    return true;
}
