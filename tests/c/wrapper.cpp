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

// What a caller with its own HTTP does with a call.
static void calls(const kamusm::config &config) {
    kamusm::person_token person("token");
    CHECK(thrown([] { kamusm::person_token("a b"); }) == KAMUSM_RESULT_RANGE);
    CHECK(thrown([&] { kamusm::application::read(config, person, "sd"); }) == KAMUSM_RESULT_RANGE);
    kamusm::call<kamusm::application> call = kamusm::application::read(config, person, "SD-1");
    CHECK(call.request().method() == "GET" && call.request().url() == NOWHERE "/api/v1/applications/SD-1");
    CHECK(call.request().body().empty() && !call.request().is_sent_after_cancel());
    kamusm::response response(200);
    response.body(std::string_view(R"({"no":"SD-1","applied_on":"2026-01-02","reason":"moved","status":{"code":"shipped",
        "title":"Kargoda","body":[{"kind":"channels","banks":[{"name":"BANKA","atm":true}]},{"kind":"map"}],
        "action":{"code":"details","title":"Detaylar"}},"warnings":["new"]})"));
    kamusm::application application = call.decode(response);
    CHECK(application.no() == "SD-1" && application.applied_on() == "2026-01-02" && application.product().empty());
    CHECK(application.reason() == KAMUSM_REASON_UNKNOWN && application.reason_word() == "moved");
    CHECK(application.warning_count() == 1 && application.warning(0) == "new" && application.institution().empty());
    kamusm::status status = application.status();
    CHECK(status.code() == KAMUSM_STATUS_CODE_UNKNOWN && status.code_word() == "shipped" && status.title() == "Kargoda");
    CHECK(status.cancelled_by() == KAMUSM_CANCELLED_BY_UNKNOWN && status.cancelled_by_word().empty());
    CHECK(status.action() == KAMUSM_ACTION_DETAILS && status.action_word() == "details");
    CHECK(status.action_title() == "Detaylar" && status.block_count() == 2);
    CHECK(status.block(0).kind() == KAMUSM_BLOCK_KIND_CHANNELS && status.block(1).kind() == KAMUSM_BLOCK_KIND_UNKNOWN);
    CHECK(status.block(0).bank_count() == 1 && status.block(0).bank_name(0) == "BANKA");
    CHECK(status.block(0).bank_takes(0, KAMUSM_CHANNEL_ATM) && !status.block(0).bank_takes(0, KAMUSM_CHANNEL_BRANCH));
    CHECK(status.block(0).text().empty() && status.block(0).label().empty());
    CHECK(thrown([&] { call.decode(kamusm::response(503)); }) == KAMUSM_RESULT_SERVICE_UNAVAILABLE);
    CHECK(thrown([&] { kamusm::http(config).call(call); }) == KAMUSM_RESULT_UNREACHABLE);
    CHECK(response.status() == 200 && !response.body().empty());
}

static void cades(kamusm::octets certificate) {
    kamusm::octets content(std::string_view("a"));
    kamusm::cades::signing signing(content, certificate, {certificate}, true, 0);
    CHECK(signing.algorithm() == KAMUSM_ALGORITHM_ECDSA_P256_SHA256 && signing.digest().size() == 32);
    CHECK(!signing.to_be_signed().empty());
    CHECK(thrown([&] { signing.finish(content); }) == KAMUSM_RESULT_SELF_CHECK);
    CHECK(thrown([&] { kamusm::cades::signing(content, content, {}, true, 0); }) == KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    kamusm::cades::policy policy(0);
    policy.add_anchors(certificate).add_intermediates(certificate).revocation(KAMUSM_CADES_REVOCATION_NONE);
    CHECK(thrown([&] { policy.add_crl(content); }) == KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    CHECK(thrown([&] { policy.add_ocsp_response(content); }) == KAMUSM_RESULT_CERTIFICATE_MALFORMED);
    kamusm::cades::report report(content, content, policy), attached(content, policy);
    CHECK(report.size() == 1 && report.indication(0) == KAMUSM_CADES_INDICATION_TOTAL_FAILED);
    CHECK(report.sub_indication(0) == "FORMAT_FAILURE" && !report.reason(0).empty() && report.signer(0).empty() &&
          report.signer_fingerprint(0).empty());
    CHECK(!report.signing_time_unix_s(0) && report.level(0) == "CMS-NOT-ETSI" && attached.size() == 1);
    CHECK(report.warning_count(0) == 0 && report.warning(0, 0).empty());
    CHECK(report.file_warning_count() == 0 && report.file_warning(0).empty());
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
    CHECK(removed.name() == "TOKEN_REMOVED" && kamusm_result_name(-999) == nullptr);
    CHECK(removed.is_retryable() && removed.category() == KAMUSM_CATEGORY_CARD);
    CHECK(!removed.ck_rv() && !removed.cause() && removed.pin_tries_left() == -1 && removed.problem().empty());

    kamusm::session first(code, config);
    kamusm::session session = std::move(first);
    // What was moved away is an error, not a crash.
    CHECK(thrown([&] { first.next(); }) == KAMUSM_RESULT_NULL);
    CHECK(!first.deadline_ms());
    kamusm::step step = session.next();
    CHECK(step.kind() == KAMUSM_STEP_SEND && step.method() == "GET" && step.timeout_ms() == 5000);
    CHECK(step.body().empty() && step.match_code().empty() && !step.failure() && !session.deadline_ms());
    CHECK(step.request().url() == step.url() && step.request().header_count() == step.header_count());
    CHECK(step.request().header_name(0) == "accept" && step.request().timeout_ms() == 5000);
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
    CHECK(list[0].purpose() == KAMUSM_PURPOSE_SIGNING && list[1].purpose() == KAMUSM_PURPOSE_UNKNOWN);
    CHECK(thrown([&] { step.identity(list[0]); }) == KAMUSM_RESULT_STATE);
    CHECK(thrown([&] { step.certificate(list[0].certificate(), {list[0].certificate()}); }) == KAMUSM_RESULT_STATE);
    CHECK(list[1].certificate().empty() && list[1].pin_tries_left() == -1);
    kamusm::sign_options options;
    options.pin(std::string_view("1234")).allow_final_try(true).pad_policy(KAMUSM_PAD_POLICY_IGNORE);
    CHECK(thrown([&] { token.sign(step, options); }) == KAMUSM_RESULT_STATE);
    CHECK(thrown([] { kamusm::token::open_module("/nowhere"); }) == KAMUSM_RESULT_MODULE_NOT_FOUND);

    calls(config);
    cades(list[0].certificate());
    return finish();
}
