/*
 * The whole application by e-onay: basvuru BASE_URL KEY.pem NUMBER
 * Signs in with the key, shows the applications, saves the form, verifies the phone, shows the taahhütname and approves.
 * Lines of standard input: the PIN; what to fill, `name=value`, until an empty line; the code that comes by SMS.
 */
#include <kamusm.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    kamusm_config *config;
    kamusm_http *http;
    kamusm_person_token *token;
    kamusm_call *call; /* the one under way, and its response */
    kamusm_response *response;
    kamusm_error *error;
    char pin[64];
} app;

/* Performs what `app->call` asks; whether there is a response. */
static bool performed(app *app, kamusm_result made) {
    kamusm_response_free(app->response);
    app->response = NULL;
    if (made == KAMUSM_RESULT_OK) made = kamusm_http_call(app->http, app->call, NULL, &app->response, &app->error);
    return made == KAMUSM_RESULT_OK;
}

/* Makes a call, performs it, decodes its message into `message`; whether all of that went well. */
#define ASK(make, decode, message)                                                                       \
    (kamusm_call_free(app->call), app->call = NULL, performed(app, make) &&                              \
     decode(app->call, app->response, message, &app->error) == KAMUSM_RESULT_OK)
#define WHO app->config, app->token
#define INTO &app->call, &app->error

static kamusm_result answer_to(app *app, const kamusm_step *step, const kamusm_token *key, kamusm_answer **answer) {
    kamusm_identities *list = NULL;
    kamusm_sign_options *options = NULL;
    kamusm_result rc = KAMUSM_RESULT_OK;
    switch (kamusm_step_kind_of(step)) {
    case KAMUSM_STEP_SEND: return kamusm_http_perform(app->http, step, NULL, answer, &app->error);
    case KAMUSM_STEP_WAIT: return kamusm_wait_perform(step, NULL, answer, &app->error);
    case KAMUSM_STEP_SHOW: return kamusm_step_accept(step, answer, &app->error); /* a real program shows it and asks */
    case KAMUSM_STEP_CHOOSE:
        rc = kamusm_token_identities(key, 10000, &list, &app->error);
        if (rc == 0) rc = kamusm_step_identity(step, kamusm_identities_at(list, 0), answer, &app->error);
        kamusm_identities_free(list);
        return rc;
    case KAMUSM_STEP_SIGN:
        options = kamusm_sign_options_new();
        rc = kamusm_sign_options_set_pin(options, (const uint8_t *)app->pin, strlen(app->pin), &app->error);
        if (rc == 0) rc = kamusm_token_sign(key, step, options, NULL, answer, &app->error);
        kamusm_sign_options_free(options);
        return rc;
    default: return kamusm_step_cancelled(step, answer, &app->error);
    }
}

static bool sign_in(app *app, const kamusm_token *key) {
    kamusm_session *session = NULL;
    bool done = false;
    kamusm_result rc = kamusm_session_sign_in(app->config, &session, &app->error);
    while (rc == 0 && !done) {
        kamusm_step *step = NULL;
        kamusm_answer *answer = NULL;
        rc = kamusm_session_step(session, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(), &step, &app->error);
        done = kamusm_step_kind_of(step) == KAMUSM_STEP_DONE;
        if (done && kamusm_step_signed_in(step) != NULL) {
            printf("%s\n", kamusm_signed_in_name(kamusm_step_signed_in(step)));
            rc = kamusm_signed_in_token(kamusm_step_signed_in(step), &app->token, &app->error);
        } else if (done) {
            fprintf(stderr, "%s\n", kamusm_error_text(kamusm_step_outcome_error(step), "tr"));
        } else if (rc == 0) {
            rc = answer_to(app, step, key, &answer);
            if (rc == 0)
                rc = kamusm_session_answer(session, answer, kamusm_clock_monotonic_ms(), kamusm_clock_unix_ms(),
                                           &app->error);
        }
        kamusm_answer_free(answer);
        kamusm_step_free(step);
    }
    kamusm_session_free(session);
    memset(app->pin, 0, sizeof app->pin); /* explicit_bzero, memset_s or SecureZeroMemory where there is one */
    return app->token != NULL;
}

static void list(app *app) {
    kamusm_applications *list = NULL;
    if (ASK(kamusm_applications_call(WHO, INTO), kamusm_applications_decode, &list))
        for (size_t i = 0; i < kamusm_applications_count(list); i++) {
            const kamusm_application *row = kamusm_applications_at(list, i);
            printf("%s: %s\n", kamusm_application_no(row), kamusm_status_title(kamusm_application_status(row)));
        }
    kamusm_applications_free(list);
}

static void print(const kamusm_form *form, const kamusm_form_values *values) {
    for (size_t i = 0; i < kamusm_form_section_count(form); i++) {
        printf("%s\n", kamusm_form_section_title(form, i));
        for (size_t k = 0; k < kamusm_form_field_count(form, i); k++) {
            const char *name = kamusm_form_field_name(form, i, k), *value = kamusm_form_values_get(values, name);
            printf("  %s (%s): %s\n", kamusm_form_field_label(form, i, k), name, value != NULL ? value : "");
        }
    }
}

/* Lines `name=value` until an empty one. */
static bool fill(app *app, const char *number) {
    char line[512];
    kamusm_form *form = NULL, *saved = NULL;
    bool well = ASK(kamusm_form_call(WHO, number, INTO), kamusm_form_decode, &form);
    kamusm_form_values *values = kamusm_form_values_copy(kamusm_form_filled(form));
    if (well) print(form, values);
    while (well && fgets(line, sizeof line, stdin) != NULL && line[0] != '\n') {
        char *value = line + strcspn(line, "=");
        line[strcspn(line, "\n")] = '\0';
        if (*value == '=') *value++ = '\0';
        well = kamusm_form_values_set(values, line, value, &app->error) == KAMUSM_RESULT_OK;
    }
    well = well && ASK(kamusm_form_save_call(WHO, number, kamusm_form_etag(form), values, INTO), kamusm_form_decode, &saved);
    kamusm_form_free(saved), kamusm_form_values_free(values), kamusm_form_free(form);
    return well;
}

/* A number that was verified and stays needs no other code. */
static bool verify_phone(app *app, const char *number) {
    kamusm_application *application = NULL;
    kamusm_phone_verification *sent = NULL;
    char code[32];
    if (!ASK(kamusm_application_call(WHO, number, INTO), kamusm_application_decode, &application)) return false;
    bool is_verified = kamusm_application_state(application) == KAMUSM_STATE_PHONE_VERIFIED;
    kamusm_application_free(application);
    if (is_verified) return true;
    if (ASK(kamusm_phone_verification_call(WHO, number, INTO), kamusm_phone_verification_decode, &sent)) {
        printf("SMS kodu (%s):\n", kamusm_phone_verification_gsm(sent));
        fflush(stdout);
        if (fgets(code, sizeof code, stdin) != NULL)
            ASK(kamusm_phone_attempt_call(WHO, number, kamusm_phone_verification_id(sent), code, INTO),
                kamusm_phone_attempt_decode, &is_verified);
    }
    kamusm_phone_verification_free(sent);
    return is_verified;
}

/* The person has read the taahhütname to its end and ticked the box. */
static bool approve(app *app, const char *number) {
    kamusm_consent *consent = NULL;
    kamusm_approval *approval = NULL;
    kamusm_octets *text = NULL;
    kamusm_commitment_view *view = NULL;
    kamusm_application_result *result = NULL;
    bool well = ASK(kamusm_consent_call(WHO, true, INTO), kamusm_consent_decode, &consent) &&
                ASK(kamusm_approval_call(WHO, number, INTO), kamusm_approval_decode, &approval);
    const kamusm_commitment *read = kamusm_approval_commitment_at(approval, 0);
    well = well && ASK(kamusm_commitment_content_call(read, WHO, INTO), kamusm_commitment_content_decode, &text);
    kamusm_bytes octets = kamusm_octets_bytes(text);
    if (well) printf("%s\n%.*s\n", kamusm_commitment_title(read), (int)octets.len, (const char *)octets.data);
    well = well && ASK(kamusm_commitment_view_call(read, WHO, number, true, INTO), kamusm_commitment_view_decode, &view);
    const char *views[] = {kamusm_commitment_view_id(view)};
    well = well && ASK(kamusm_approve_call(WHO, number, views, 1, kamusm_approval_form_digest(approval), true, INTO),
                       kamusm_application_result_decode, &result);
    if (well) printf("%s\n", kamusm_application_result_title(result));
    kamusm_application_result_free(result), kamusm_commitment_view_free(view), kamusm_octets_free(text);
    kamusm_approval_free(approval), kamusm_consent_free(consent);
    return well;
}

int main(int argc, char **argv) {
    static uint8_t pem[65536];
    app here = {0}, *app = &here;
    kamusm_token *key = NULL;
    FILE *file = argc == 4 ? fopen(argv[2], "rb") : NULL;
    if (file == NULL || fgets(app->pin, sizeof app->pin, stdin) == NULL)
        return fputs("basvuru BASE_URL KEY.pem NUMBER\n", stderr), 2;
    size_t len = fread(pem, 1, sizeof pem, file), pin = strcspn(app->pin, "\n");
    app->pin[pin] = '\0';
    fclose(file);
    bool well = kamusm_token_open_pem(pem, len, (const uint8_t *)app->pin, pin, &key, &app->error) == KAMUSM_RESULT_OK &&
                kamusm_config_new(argv[1], KAMUSM_ENVIRONMENT_SANDBOX, &app->config, &app->error) == KAMUSM_RESULT_OK &&
                kamusm_http_new(app->config, &app->http, &app->error) == KAMUSM_RESULT_OK && sign_in(app, key);
    if (well) list(app);
    well = well && fill(app, argv[3]) && verify_phone(app, argv[3]) && approve(app, argv[3]);
    if (app->error != NULL) fprintf(stderr, "%s\n", kamusm_error_text(app->error, "tr"));
    for (size_t i = 0; i < kamusm_error_field_count(app->error); i++)
        fprintf(stderr, "%s: %s\n", kamusm_error_field_pointer(app->error, i), kamusm_error_field_word(app->error, i));
    kamusm_call_free(app->call), kamusm_response_free(app->response), kamusm_error_free(app->error);
    kamusm_person_token_free(app->token), kamusm_http_free(app->http), kamusm_config_free(app->config);
    kamusm_token_free(key);
    return well ? 0 : 1;
}
