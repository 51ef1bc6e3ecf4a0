// Shared const objects of kamusm.hpp, used by two threads at once.
#include <kamusm.hpp>

#include <thread>

extern "C" {
#include "support.h"
}

int main() {
    constexpr int rounds = 40;
    const kamusm::config config(setting("KAMUSM_TEST_BASE_URL"), KAMUSM_ENVIRONMENT_SANDBOX);
    const kamusm::http http(config);
    const kamusm::call<kamusm::applications> call =
        kamusm::applications::list(config, kamusm::person_token(setting("KAMUSM_TEST_PERSON_TOKEN")));
    const kamusm::error error(KAMUSM_RESULT_STATE, "for a test");
    int right[2] = {0, 0};
    auto work = [&](int *right) {
        for (int i = 0; i < rounds; i++) {
            kamusm::applications list = http.call(call);
            kamusm::error copy = error;
            *right += list.size() == 4 && list[0].no() == "SD-13712" && copy.name() == "STATE";
        }
    };
    std::thread one(work, &right[0]), other(work, &right[1]);
    one.join();
    other.join();
    CHECK(right[0] == rounds && right[1] == rounds);

    kamusm::cancel cancel;
    std::thread later([&] { cancel.now(); });
    bool cancelled = false;
    try {
        while (!cancelled) http.call(call, &cancel);
    } catch (const kamusm::error &error) {
        cancelled = error.code() == KAMUSM_RESULT_CANCELLED;
    }
    later.join();
    CHECK(cancelled);
    return finish();
}
