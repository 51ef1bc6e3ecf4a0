/*
 * Lists the person's applications with their statuses: applications BASE_URL
 * The token of the person's sign-in is a line of standard input, never an argument.
 */
#include <kamusm.h>
#include <stdio.h>
#include <string.h>

static void print_status(const kamusm_status *status) {
    for (size_t i = 0; i < kamusm_status_block_count(status); i++) {
        const char *label = kamusm_status_block_label(status, i), *text = kamusm_status_block_text(status, i);
        if (text != NULL) printf("    %s%s%s\n", label != NULL ? label : "", label != NULL ? " " : "", text);
        for (size_t bank = 0; bank < kamusm_status_bank_count(status, i); bank++) {
            static const char *const columns[] = {"Banka Şubesi", "İnternet Şubesi", "Mobil Şube", "ATM", "Çağrı Merkezi"};
            printf("    %s:", kamusm_status_bank_name(status, i, bank));
            for (int channel = KAMUSM_CHANNEL_BRANCH; channel <= KAMUSM_CHANNEL_CALL_CENTRE; channel++)
                if (kamusm_status_bank_takes(status, i, bank, channel)) printf(" %s;", columns[channel - 1]);
            printf("\n");
        }
    }
}

int main(int argc, char **argv) {
    char line[4200];
    kamusm_error *error = NULL;
    kamusm_person_token *token = NULL;
    kamusm_config *config = NULL;
    kamusm_http *http = NULL;
    kamusm_call *call = NULL;
    kamusm_response *response = NULL;
    kamusm_applications *list = NULL;
    const kamusm_application *row;
    if (argc != 2 || fgets(line, sizeof line, stdin) == NULL) return fputs("applications BASE_URL\n", stderr), 2;
    line[strcspn(line, "\n")] = '\0';
    kamusm_result rc = kamusm_person_token_parse(line, &token, &error);
    memset(line, 0, sizeof line); /* explicit_bzero, memset_s or SecureZeroMemory where there is one */
    if (rc == 0) rc = kamusm_config_new(argv[1], KAMUSM_ENVIRONMENT_SANDBOX, &config, &error);
    if (rc == 0) rc = kamusm_http_new(config, &http, &error);
    if (rc == 0) rc = kamusm_applications_call(config, token, &call, &error);
    if (rc == 0) rc = kamusm_http_call(http, call, NULL, &response, &error);
    if (rc == 0) rc = kamusm_applications_decode(call, response, &list, &error);
    for (size_t i = 0; (row = kamusm_applications_at(list, i)) != NULL; i++) {
        const kamusm_status *status = kamusm_application_status(row);
        printf("%s  %s  %s  [%s]\n", kamusm_application_no(row), kamusm_application_applied_on(row),
               kamusm_status_title(status), kamusm_status_action_title(status));
        print_status(status);
    }
    if (error != NULL) fprintf(stderr, "%s\n", kamusm_error_text(error, "tr"));
    kamusm_applications_free(list), kamusm_response_free(response), kamusm_call_free(call), kamusm_http_free(http);
    kamusm_config_free(config), kamusm_person_token_free(token), kamusm_error_free(error);
    return rc == KAMUSM_RESULT_OK ? 0 : 1;
}
