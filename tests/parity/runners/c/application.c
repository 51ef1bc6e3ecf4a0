/* The person's applications. */
#include "call.h"
#include "kinds.h"
#include "message.h"

void applications_run(const scenario *scenario, json *out) {
    asked asked = {0};
    kamusm_applications *list = NULL;
    kamusm_result rc = asked_open(&asked, scenario);
    if (rc == 0) rc = kamusm_applications_call(asked.config, asked.token, &asked.call, &asked.error);
    if (asked_perform(&asked, rc)) kamusm_applications_decode(asked.call, asked.response, &list, &asked.error);
    json_key(out, "applications");
    if (list == NULL) {
        json_null(out);
    } else {
        json_open(out, '[');
        for (size_t i = 0; i < kamusm_applications_count(list); i++)
            write_row(out, kamusm_applications_at(list, i));
        json_close(out, ']');
    }
    kamusm_applications_free(list);
    json_key(out, "thrown"), json_error(out, asked.error);
    asked_close(&asked);
}

void application_run(const scenario *scenario, json *out) {
    asked asked = {0};
    kamusm_application *row = NULL;
    const char *number = scenario_text(scenario, "number");
    kamusm_result rc = asked_open(&asked, scenario);
    if (rc == 0) rc = kamusm_application_call(asked.config, asked.token, number, &asked.call, &asked.error);
    if (asked_perform(&asked, rc)) kamusm_application_decode(asked.call, asked.response, &row, &asked.error);
    json_key(out, "application");
    if (row == NULL) json_null(out);
    else write_row(out, row);
    kamusm_application_free(row);
    json_key(out, "thrown"), json_error(out, asked.error);
    asked_close(&asked);
}
