// Sessions opened and dropped through kamusm.hpp, also by exceptions: memory does not grow.
#include <kamusm.hpp>

extern "C" {
#include "memory.h"
}

static void open_and_drop(std::size_t round) {
    static const kamusm::config config = kamusm::config(NOWHERE, KAMUSM_ENVIRONMENT_SANDBOX);
    static const kamusm::verification_code code(SAMPLE_CODE);
    kamusm::session session(code, config);
    kamusm::step step = session.next();
    try {
        step.accept();
        need(false, "an exception");
    } catch (const kamusm::error &error) {
        need(error.code() == KAMUSM_RESULT_STATE && !error.text().empty(), "its number");
    }
    session.give(step.responded(kamusm::response(round % 2 == 0 ? 503 : 404).body(std::string_view("{}"))));
    if (round % 3 == 0) session.cancel();
    step = session.next();
    if (round % 5 == 0) need(config.read_log().size() > 0, "a log");
}

int main() {
    check_growth(open_and_drop);
    return finish();
}
