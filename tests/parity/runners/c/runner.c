/* Performs the scenarios of the parity table with kamusm.h: scenarios on standard input, one JSON line each on standard
 * output (tests/parity/README.md). */
#include <stdio.h>

#include "kinds.h"

static const struct {
    const char *name;
    void (*run)(const scenario *, json *);
} kinds[] = {
    {"session", session_run},       {"applications", applications_run}, {"application", application_run},
    {"identities", identities_run}, {"code", code_run},                 {"config", config_run},
    {"errors", errors_run},         {"cades_sign", cades_sign_run},     {"cades_verify", cades_verify_run},
    {"call", call_run},             {"sign_in", session_run},
};

int main(void) {
    scenario scenario;
    while (scenario_read(&scenario)) {
        json out = {0};
        size_t kind = 0, count = sizeof kinds / sizeof *kinds;
        const char *unknown = scenario_unknown_key(&scenario);
        while (kind < count && !scenario_is(&scenario, "kind", kinds[kind].name)) kind++;
        if (unknown == NULL && kind == count) unknown = scenario_text(&scenario, "kind");
        json_open(&out, '{');
        json_key(&out, "name"), json_text(&out, scenario_text(&scenario, "name"));
        if (unknown != NULL) json_key(&out, "unsupported"), json_text(&out, unknown);
        else kinds[kind].run(&scenario, &out);
        json_close(&out, '}');
        puts(out.text);
        fflush(stdout);
        json_clear(&out);
        scenario_clear(&scenario);
    }
    scenario_clear(&scenario);
    return 0;
}
