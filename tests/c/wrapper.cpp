// kamusm.hpp: owners move and free themselves, errors are thrown with their object, absent things are empty.
#include <kamusm.hpp>

#include <cstdio>
#include <type_traits>

extern "C" {
#include "support.h"
}

static_assert(!std::is_copy_constructible_v<kamusm::session> && std::is_nothrow_move_constructible_v<kamusm::session>);
static_assert(!std::is_copy_constructible_v<kamusm::step> && std::is_nothrow_move_constructible_v<kamusm::step>);
static_assert(std::is_nothrow_copy_constructible_v<kamusm::error>);
static_assert(sizeof(kamusm::octets) == sizeof(kamusm_bytes));

template <class Function>
static kamusm_result thrown(Function function) {
    try {
        function();
    } catch (const kamusm::error &error) {
        kamusm::error copy = error;
        CHECK(std::string_view(copy.what()) == error.message());
        CHECK(copy.text("tr") != copy.text("en"));
        return copy.code();
    }
    return KAMUSM_RESULT_OK;
}

int main() {
    kamusm::verification_code code(SAMPLE_CODE);
    CHECK(code.environment() == KAMUSM_ENVIRONMENT_SANDBOX);
    CHECK(thrown([] { kamusm::verification_code("KAMU"); }) == KAMUSM_RESULT_CODE_MALFORMED);
    CHECK(thrown([] { kamusm::config("basvuru", KAMUSM_ENVIRONMENT_SANDBOX); }) == KAMUSM_RESULT_CONFIG);
    kamusm::config config(NOWHERE, code.environment());
    config.timeout_ms(5000).client("EBYS", "4.2").language("tr").proxy("none").other_text_profiles(false);
    CHECK(thrown([&] { config.timeout_ms(1); }) == KAMUSM_RESULT_CONFIG);
    CHECK(thrown([] { kamusm::error(KAMUSM_RESULT_OK, "success"); }) == KAMUSM_RESULT_RANGE);
    kamusm::error removed(KAMUSM_RESULT_TOKEN_REMOVED, "for a test");
    CHECK(removed.is_retryable() && removed.category() == KAMUSM_CATEGORY_CARD);
    CHECK(!removed.ck_rv() && !removed.cause() && removed.pin_tries_left() == -1 && removed.problem().empty());

    kamusm::session first(code, config);
    kamusm::session session = std::move(first);
    kamusm::step step = session.next();
    CHECK(step.kind() == KAMUSM_STEP_SEND && step.method() == "GET" && step.timeout_ms() == 5000);
    CHECK(step.body().empty() && step.match_code().empty() && !step.failure() && !session.deadline_ms());
    CHECK(thrown([&] { step.accept(); }) == KAMUSM_RESULT_STATE);
    CHECK(thrown([&] { step.failed(removed); }) == KAMUSM_RESULT_STATE);
    kamusm::answer late = step.transport_failed(KAMUSM_TRANSPORT_FAILURE_TIMEOUT);
    session.give(step.responded(kamusm::response(503).add_header("retry-after", "20").body(std::string_view("{}"))));
    CHECK(thrown([&] { session.give(late); }) == KAMUSM_RESULT_STALE);
    step = session.next();
    CHECK(step.kind() == KAMUSM_STEP_WAIT && session.deadline_ms() == step.until_ms());
    kamusm::cancel cancel;
    cancel.now();
    CHECK(cancel.is_cancelled());
    session.give(kamusm::wait(step, &cancel));
    step = session.next();
    CHECK(step.outcome() == KAMUSM_OUTCOME_CANCELLED && step.outcome_error().code() == KAMUSM_RESULT_CANCELLED);
    CHECK(step.receipt().empty() && step.signature(0).empty() && step.return_to().empty());

    kamusm::session lost(code, config);
    lost.give(kamusm::http(config).perform(lost.next()));
    CHECK(lost.deadline_ms().has_value());

    kamusm::logbook log = config.read_log();
    CHECK(log.size() >= 3 && !log.text(0).empty() && log.at_ms(0) > 0 && log.dropped() == 0);
    CHECK(config.read_log().size() == 0 && log.text(log.size()).empty());

    std::size_t len;
    char *pem = file_octets(setting("KAMUSM_TEST_PEM"), &len);
    kamusm::token token = kamusm::token::open_pem(std::string_view(pem, len), std::string_view("1234"));
    free(pem);
    kamusm::identities list = token.identities();
    CHECK(list.size() == 1 && !list[0].refusal() && list[0].fingerprint().size() == 32);
    CHECK(!list[0].common_name().empty() && list[0].certificate().copy().size() == list[0].certificate().size());
    CHECK(list[1].certificate().empty() && list[1].pin_tries_left() == -1);
    kamusm::sign_options options;
    options.pin(std::string_view("1234")).allow_final_try(true).pad_policy(KAMUSM_PAD_POLICY_IGNORE);
    CHECK(thrown([&] { token.sign(step, options); }) == KAMUSM_RESULT_STATE);
    CHECK(thrown([] { kamusm::token::open_module("/nowhere"); }) == KAMUSM_RESULT_MODULE_NOT_FOUND);
    return finish();
}
