/* The person's applications. */
#include "kinds.h"
#include "network.h"

static void write_block(json *out, const kamusm_status *status, size_t block) {
    static const char *const kinds[] = {"unknown", "paragraph", "item", "channels"};
    static const char *const channels[] = {"branch", "internet", "mobile", "atm", "call_centre"};
    kamusm_block_kind kind = kamusm_status_block_kind(status, block);
    json_open(out, '{');
    json_key(out, "kind"), json_text(out, kinds[kind >= 0 && kind < 4 ? kind : 0]);
    if (kind == KAMUSM_BLOCK_KIND_ITEM) json_key(out, "label"), json_text(out, kamusm_status_block_label(status, block));
    if (kind == KAMUSM_BLOCK_KIND_ITEM || kind == KAMUSM_BLOCK_KIND_PARAGRAPH)
        json_key(out, "text"), json_text(out, kamusm_status_block_text(status, block));
    if (kind == KAMUSM_BLOCK_KIND_CHANNELS) {
        json_key(out, "banks"), json_open(out, '[');
        for (size_t bank = 0; bank < kamusm_status_bank_count(status, block); bank++) {
            json_open(out, '{');
            json_key(out, "name"), json_text(out, kamusm_status_bank_name(status, block, bank));
            for (int32_t channel = KAMUSM_CHANNEL_BRANCH; channel <= KAMUSM_CHANNEL_CALL_CENTRE; channel++) {
                json_key(out, channels[channel - 1]);
                json_bool(out, kamusm_status_bank_takes(status, block, bank, channel));
            }
            json_close(out, '}');
        }
        json_close(out, ']');
    }
    json_close(out, '}');
}

static void write_application(json *out, const kamusm_application *row) {
    const kamusm_status *status = kamusm_application_status(row);
    json_open(out, '{');
    json_key(out, "no"), json_text(out, kamusm_application_no(row));
    json_key(out, "applied_on"), json_text(out, kamusm_application_applied_on(row));
    json_key(out, "institution"), json_text(out, kamusm_application_institution(row));
    json_key(out, "product"), json_text(out, kamusm_application_product(row));
    json_key(out, "reason"), json_text(out, kamusm_application_reason_word(row));
    json_key(out, "status"), json_open(out, '{');
    json_key(out, "code"), json_text(out, kamusm_status_code_word(status));
    json_key(out, "title"), json_text(out, kamusm_status_title(status));
    json_key(out, "cancelled_by"), json_text(out, kamusm_status_cancelled_by_word(status));
    json_key(out, "action"), json_open(out, '{');
    json_key(out, "code"), json_text(out, kamusm_status_action_word(status));
    json_key(out, "title"), json_text(out, kamusm_status_action_title(status));
    json_close(out, '}');
    json_key(out, "body"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_status_block_count(status); i++) write_block(out, status, i);
    json_close(out, ']');
    json_close(out, '}');
    json_key(out, "warnings"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_application_warning_count(row); i++) json_text(out, kamusm_application_warning(row, i));
    json_close(out, ']');
    json_close(out, '}');
}

typedef struct {
    kamusm_config *config;
    kamusm_person_token *token;
    kamusm_call *call;
    kamusm_response *response;
    kamusm_error *error;
} asked;

static kamusm_result prepare(const scenario *scenario, asked *asked) {
    kamusm_result rc = config_of(scenario, &asked->config, &asked->error);
    if (rc == 0)
        rc = kamusm_person_token_parse(scenario_text(scenario, "person_token"), &asked->token, &asked->error);
    return rc;
}

static kamusm_result perform(const scenario *scenario, asked *asked) {
    kamusm_http *http = NULL;
    if (scenario_get(scenario, "http") != NULL) {
        asked->response = exchange(kamusm_call_request(asked->call));
        if (asked->response != NULL) return KAMUSM_RESULT_OK;
        kamusm_error_new(KAMUSM_RESULT_UNREACHABLE, "no answer", &asked->error, NULL);
        return KAMUSM_RESULT_UNREACHABLE;
    }
    kamusm_result rc = kamusm_http_new(asked->config, &http, &asked->error);
    if (rc == 0) rc = kamusm_http_call(http, asked->call, NULL, &asked->response, &asked->error);
    kamusm_http_free(http);
    return rc;
}

static void finish(asked *asked, json *out) {
    json_key(out, "thrown"), json_error(out, asked->error);
    kamusm_error_free(asked->error);
    kamusm_response_free(asked->response);
    kamusm_call_free(asked->call);
    kamusm_person_token_free(asked->token);
    kamusm_config_free(asked->config);
}

void applications_run(const scenario *scenario, json *out) {
    asked asked = {0};
    kamusm_applications *list = NULL;
    kamusm_result rc = prepare(scenario, &asked);
    if (rc == 0) rc = kamusm_applications_call(asked.config, asked.token, &asked.call, &asked.error);
    if (rc == 0) rc = perform(scenario, &asked);
    if (rc == 0) rc = kamusm_applications_decode(asked.call, asked.response, &list, &asked.error);
    json_key(out, "applications");
    if (list == NULL) {
        json_null(out);
    } else {
        json_open(out, '[');
        for (size_t i = 0; i < kamusm_applications_count(list); i++)
            write_application(out, kamusm_applications_at(list, i));
        json_close(out, ']');
    }
    kamusm_applications_free(list);
    finish(&asked, out);
}

void application_run(const scenario *scenario, json *out) {
    asked asked = {0};
    kamusm_application *row = NULL;
    const char *number = scenario_text(scenario, "number");
    kamusm_result rc = prepare(scenario, &asked);
    if (rc == 0) rc = kamusm_application_call(asked.config, asked.token, number, &asked.call, &asked.error);
    if (rc == 0) rc = perform(scenario, &asked);
    if (rc == 0) rc = kamusm_application_decode(asked.call, asked.response, &row, &asked.error);
    json_key(out, "application");
    if (row == NULL) json_null(out);
    else write_application(out, row);
    kamusm_application_free(row);
    finish(&asked, out);
}
