/* What an institution's e-imza sorumlusu asks. */
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "message.h"

static kamusm_pre_applications *rows_of(asked *asked) {
    kamusm_pre_applications *rows = NULL;
    file csv = file_read(scenario_text(asked->scenario, "csv"));
    kamusm_pre_applications_from_csv(csv.octets, csv.len, &rows, &asked->error);
    free(csv.octets);
    return rows;
}

static void submit(asked *asked, const char *institution, json *out) {
    kamusm_pre_applications *rows = rows_of(asked);
    if (rows != NULL) TELL(placed, kamusm_pre_applications_call(WHO, institution, rows, INTO));
    kamusm_pre_applications_free(rows);
}

static void watch(asked *asked, const char *institution, const char *number, json *out) {
    const char *etag = scenario_text(asked->scenario, "etag");
    kamusm_staff_application *newer = NULL;
    if (asked_perform(asked, kamusm_staff_application_watch_call(WHO, institution, number, etag, INTO)) &&
        kamusm_staff_application_watch_decode(asked->call, asked->response, &newer, &asked->error) == KAMUSM_RESULT_OK &&
        newer != NULL)
        write_staff_application(out, newer);
    kamusm_staff_application_free(newer);
}

/* Asks the next one; whether there was one to ask. */
static bool ask_next(asked *asked, kamusm_follow *follow, kamusm_change **change) {
    kamusm_call_free(asked->call);
    asked->call = NULL;
    if (kamusm_follow_next(follow, kamusm_clock_monotonic_ms(), &asked->call, &asked->error) != KAMUSM_RESULT_OK ||
        asked->call == NULL)
        return false;
    if (asked_perform(asked, KAMUSM_RESULT_OK))
        return kamusm_follow_answer(follow, asked->call, asked->response, kamusm_clock_monotonic_ms(), change,
                                    &asked->error) == KAMUSM_RESULT_OK;
    kamusm_error_free(asked->error);
    asked->error = NULL;
    return kamusm_follow_failed(follow, asked->call, KAMUSM_TRANSPORT_FAILURE_UNREACHABLE, kamusm_clock_monotonic_ms(),
                                change, &asked->error) == KAMUSM_RESULT_OK;
}

/* Follows until each number is known or refused once. */
static void follow_all(asked *asked, const char *institution, json *out) {
    const char *numbers[64];
    size_t count = 0, told = 0;
    json statuses = {0};
    kamusm_follow *follow = NULL;
    int64_t parallel = scenario_number(asked->scenario, "parallel");
    while (count < 64 && (numbers[count] = scenario_at(asked->scenario, "number", count)) != NULL) count++;
    if (kamusm_follow_new(WHO, institution, numbers, count, (size_t)parallel, &follow, &asked->error) != KAMUSM_RESULT_OK)
        return;
    json_open(&statuses, '{');
    while (told < count) {
        kamusm_change *change = NULL;
        if (!ask_next(asked, follow, &change)) break;
        if (change == NULL) continue;
        told++;
        json_key(&statuses, kamusm_change_no(change));
        if (kamusm_change_error(change) != NULL) json_call_error(&statuses, kamusm_change_error(change));
        else json_text(&statuses, kamusm_status_code_word(kamusm_change_status(change)));
        kamusm_change_free(change);
    }
    json_close(&statuses, '}');
    json_open(out, '{');
    json_key(out, "known"), json_uint(out, kamusm_follow_known(follow));
    json_key(out, "refused"), json_uint(out, kamusm_follow_refused(follow));
    json_key(out, "statuses"), json_part(out, &statuses);
    json_close(out, '}');
    json_clear(&statuses);
    kamusm_follow_free(follow);
}

bool call_of_institution(asked *asked, const char *name, json *out) {
    const char *institution = scenario_get(asked->scenario, "institution");
    const char *number = scenario_text(asked->scenario, "number");
    if (strcmp(name, "institution.csv") == 0) {
        kamusm_pre_applications *rows = rows_of(asked);
        if (rows != NULL) write_pre_applications(out, rows);
        kamusm_pre_applications_free(rows);
        return true;
    }
    if (institution == NULL) return false;
    if (strcmp(name, "institution.submit") == 0)
        submit(asked, institution, out);
    else if (strcmp(name, "institution.list") == 0)
        TELL(staff_applications, kamusm_staff_applications_call(WHO, institution, INTO));
    else if (strcmp(name, "institution.read") == 0)
        TELL(staff_application, kamusm_staff_application_call(WHO, institution, number, INTO));
    else if (strcmp(name, "institution.watch") == 0)
        watch(asked, institution, number, out);
    else if (strcmp(name, "follow") == 0)
        follow_all(asked, institution, out);
    else
        return false;
    return true;
}
