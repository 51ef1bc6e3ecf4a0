/* One object of each kind, for the generated test of NULL. */
#ifndef FIXTURES_H
#define FIXTURES_H

#include "messages.h"

/* POSIX; strict C does not declare it. */
char *mkdtemp(char *template);

/* Objects that functions make through a pointer to a pointer. */
#define MADE_OBJECTS(EACH)                                                                                        \
    EACH(answer) EACH(application) EACH(applications) EACH(application_result) EACH(approval) EACH(cades_report)  \
    EACH(cades_signing) EACH(call) EACH(change) EACH(choices) EACH(commitment_view) EACH(config) EACH(consent)    \
    EACH(edevlet) EACH(entries) EACH(entry) EACH(error) EACH(events) EACH(evidence_list) EACH(field_errors) EACH(follow) EACH(form)         \
    EACH(http) EACH(identities) EACH(identity_refresh) EACH(log) EACH(me) EACH(octets) EACH(payment)              \
    EACH(payment_intent) EACH(person_token) EACH(phone_verification) EACH(placed) EACH(pre_application)           \
    EACH(pre_applications) EACH(response) EACH(session) EACH(sign_code) EACH(signed_in) EACH(staff_application)   \
    EACH(staff_applications) EACH(step) EACH(store) EACH(token) EACH(verification_code)
/* Those that are returned at once. */
#define NEW_OBJECTS(EACH) EACH(cades_policy) EACH(cades_profile) EACH(cancel) EACH(form_values) EACH(sign_options)

/* What an output holds before the call; a refused call must leave it there. */
static char untouched;
#define UNTOUCHED ((void *)&untouched)

#define DECLARE_SOME(noun) static kamusm_##noun *some_##noun;
#define DECLARE_MADE(noun) static kamusm_##noun *made_##noun;
MADE_OBJECTS(DECLARE_SOME)
MADE_OBJECTS(DECLARE_MADE)
NEW_OBJECTS(DECLARE_SOME)
static kamusm_error *error;
/* Lent ones. */
static const kamusm_commitment *some_commitment;
static const kamusm_evidence *some_evidence;
static const kamusm_identity *some_identity;
static const kamusm_request *some_request;
static const kamusm_status *some_status;
static const uint8_t some_data[] = {0x30};
static const kamusm_bytes some_bytes = {some_data, 1}, no_bytes = {NULL, 0};
static const char *const some_texts[] = {"text"};
static bool some_truth;
static uint64_t some_number = 77;
static int64_t some_time = 77;
static size_t some_size = 77;
static char some_folder[] = "/tmp/kamusm-fixtures-XXXXXX";

#define RESET_MADE(noun) made_##noun = UNTOUCHED;
#define IS_UNTOUCHED(noun) (void *)made_##noun == UNTOUCHED &&
#define FREE_MADE(noun) \
    if ((void *)made_##noun != UNTOUCHED) kamusm_##noun##_free(made_##noun);
#define FREE_SOME(noun) kamusm_##noun##_free(some_##noun);

static inline void reset(void) {
    error = NULL;
    some_size = 77;
    MADE_OBJECTS(RESET_MADE)
}

/* Frees what a call has made; whether it made nothing. */
static inline bool made_nothing(void) {
    bool nothing = MADE_OBJECTS(IS_UNTOUCHED) true;
    MADE_OBJECTS(FREE_MADE)
    return nothing;
}

static inline bool refused_null(kamusm_result result) {
    bool so = result == KAMUSM_RESULT_NULL && (error == NULL || kamusm_error_code(error) == KAMUSM_RESULT_NULL) &&
              some_number == 77 && some_time == 77 && some_size == 77 && !some_truth;
    kamusm_error_free(error);
    so = made_nothing() && so;
    reset();
    return so;
}

static inline bool allowed_null(kamusm_result result) {
    kamusm_error_free(error);
    made_nothing();
    reset();
    return result != KAMUSM_RESULT_NULL;
}

static inline bool is_absent(kamusm_bytes octets) {
    return octets.data == NULL && octets.len == 0;
}

/* Signed by nobody: the service's own identity is enough to begin. */
static inline void make_cades(void) {
    kamusm_bytes certificate = kamusm_identity_certificate(some_identity);
    some_cades_policy = kamusm_cades_policy_new(0);
    some_cades_profile = kamusm_cades_profile_new(true, 0);
    need(kamusm_cades_begin(some_data, 1, certificate, NULL, 0, some_cades_profile, &some_cades_signing, NULL) ==
             KAMUSM_RESULT_OK,
         "a signature to be");
    need(kamusm_cades_verify(some_data, 1, NULL, some_cades_policy, &some_cades_report, NULL) == KAMUSM_RESULT_OK,
         "a report");
}

static inline void make_calls(void) {
    need(kamusm_person_token_parse("token", &some_person_token, NULL) == KAMUSM_RESULT_OK, "a token");
    need(kamusm_application_call(some_config, some_person_token, "SD-1", &some_call, NULL) == KAMUSM_RESULT_OK, "a call");
    some_request = kamusm_call_request(some_call);
}

/* What needs no answer of the service. */
static inline void make_rows(void) {
    need(kamusm_edevlet_new(some_config, "client", "http://127.0.0.1/geri", &some_edevlet, NULL) == KAMUSM_RESULT_OK,
         "a sign-in");
    need(kamusm_pre_application_new("10000000146", "Ad Soyad", "a@b.tr", KAMUSM_REASON_FIRST, &some_pre_application,
                                    NULL) == KAMUSM_RESULT_OK,
         "a row");
    some_pre_applications = kamusm_pre_applications_new();
    some_form_values = kamusm_form_values_new();
    need(kamusm_follow_new(some_config, some_person_token, "kurum", NULL, 0, 1, &some_follow, NULL) == KAMUSM_RESULT_OK,
         "an object that follows nobody");
}

/* What the service would answer. */
static inline void make_messages(void) {
    const kamusm_config *config = some_config;
    const kamusm_person_token *token = some_person_token;
    some_application = DECODED(application, APPLICATION, kamusm_application_call(config, token, "SD-1", &call, NULL));
    some_applications = DECODED(applications, "{\"items\":[]}", kamusm_applications_call(config, token, &call, NULL));
    some_me = DECODED(me, ME, kamusm_me_call(config, token, &call, NULL));
    some_consent = DECODED(consent, CONSENT, kamusm_consent_call(config, token, true, &call, NULL));
    some_identity_refresh = DECODED(identity_refresh, REFRESH, kamusm_identity_refresh_call(config, token, &call, NULL));
    some_form = DECODED(form, FORM, kamusm_form_call(config, token, "SD-1", &call, NULL));
    need(kamusm_form_check(some_form, some_form_values, &some_field_errors, NULL) == KAMUSM_RESULT_OK, "a check");
    some_choices = DECODED(choices, CHOICES, kamusm_choices_call(config, token, "provinces", NULL, &call, NULL));
    some_phone_verification =
        DECODED(phone_verification, PHONE, kamusm_phone_verification_call(config, token, "SD-1", &call, NULL));
    some_approval = DECODED(approval, APPROVAL, kamusm_approval_call(config, token, "SD-1", &call, NULL));
    some_commitment = kamusm_approval_commitment_at(some_approval, 0);
    some_commitment_view = DECODED(commitment_view, "{\"view_id\":\"v1\"}",
                                   kamusm_commitment_view_call(some_commitment, config, token, "SD-1", true, &call, NULL));
    some_application_result =
        DECODED(application_result, RESULT, kamusm_application_result_call(config, token, "SD-1", &call, NULL));
    some_sign_code = DECODED(sign_code, SIGN_CODE, kamusm_sign_code_call(config, token, "SD-1", "c1", &call, NULL));
    some_payment = DECODED(payment, PAYMENT, kamusm_payment_call(config, token, "SD-1", &call, NULL));
    some_payment_intent = DECODED(payment_intent, INTENT, kamusm_payment_intent_call(config, token, "SD-1", &call, NULL));
    some_events = DECODED(events, EVENTS, kamusm_events_call(config, token, "SD-1", &call, NULL));
    some_evidence_list = DECODED(evidence_list, EVIDENCE, kamusm_evidence_list_call(config, token, "SD-1", &call, NULL));
    some_evidence = kamusm_evidence_list_at(some_evidence_list, 0);
    some_placed = placed_of(config, token, some_pre_application);
    some_staff_applications =
        DECODED(staff_applications, "{\"items\":[]}", kamusm_staff_applications_call(config, token, "kurum", &call, NULL));
    some_staff_application =
        DECODED(staff_application, STAFF, kamusm_staff_application_call(config, token, "kurum", "SD-1", &call, NULL));
    some_signed_in = signed_in_of(some_edevlet);
    some_change = change_of(config, token);
    some_status = kamusm_application_status(some_application);
}

/* A session's first record, which it gives when it knows the service. */
static inline void make_journal(void) {
    static const uint8_t key[32] = {7};
    kamusm_config *config = new_config(NOWHERE);
    kamusm_session *session = NULL;
    kamusm_answer *answer = NULL;
    kamusm_response *response = answered(DISCOVERY(NOWHERE));
    need(kamusm_config_set_journal_key(config, key, sizeof key, NULL) == KAMUSM_RESULT_OK &&
             kamusm_session_new(some_verification_code, config, &session, NULL) == KAMUSM_RESULT_OK,
         "a session with a journal");
    kamusm_step *step = next_step(session);
    need(kamusm_step_response(step, response, &answer, NULL) == KAMUSM_RESULT_OK &&
             give(session, step, answer) == KAMUSM_RESULT_OK,
         "the service is known");
    step = next_step(session);
    kamusm_bytes record = kamusm_step_record(step);
    need(kamusm_entry_open(record.data, record.len, config, &some_entry, NULL) == KAMUSM_RESULT_OK, "an entry");
    need(mkdtemp(some_folder) != NULL && kamusm_store_open(some_folder, &some_store, NULL) == KAMUSM_RESULT_OK &&
             kamusm_store_pending(some_store, config, &some_entries, NULL) == KAMUSM_RESULT_OK,
         "a store");
    kamusm_step_free(step);
    kamusm_response_free(response);
    kamusm_session_free(session);
    kamusm_config_free(config);
}

static inline void make_fixtures(void) {
    reset();
    some_verification_code = parsed_code(SAMPLE_CODE);
    some_config = new_config(NOWHERE);
    some_http = new_http(NOWHERE);
    some_session = new_session(NOWHERE, SAMPLE_CODE);
    some_step = next_step(some_session);
    some_cancel = kamusm_cancel_new();
    some_sign_options = kamusm_sign_options_new();
    some_token = new_token();
    need(kamusm_step_cancelled(some_step, &some_answer, NULL) == KAMUSM_RESULT_OK, "an answer");
    need(kamusm_error_new(KAMUSM_RESULT_STATE, "for a test", &some_error, NULL) == KAMUSM_RESULT_OK, "an error");
    need(kamusm_response_new(200, &some_response, NULL) == KAMUSM_RESULT_OK, "a response");
    need(kamusm_token_identities(some_token, 1000, &some_identities, NULL) == KAMUSM_RESULT_OK, "identities");
    need(kamusm_log_read(some_config, &some_log, NULL) == KAMUSM_RESULT_OK, "a log");
    some_identity = kamusm_identities_at(some_identities, 0);
    make_calls();
    make_rows();
    make_messages();
    make_cades();
    make_journal();
}

static inline void free_fixtures(void) {
    MADE_OBJECTS(FREE_SOME)
    NEW_OBJECTS(FREE_SOME)
    char lock[sizeof some_folder + sizeof "/lock"];
    snprintf(lock, sizeof lock, "%s/lock", some_folder);
    remove(lock);
    remove(some_folder);
}

#endif
