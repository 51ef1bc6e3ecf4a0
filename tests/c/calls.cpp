// kamusm.hpp: every call of the whole application and what it brings, from messages that the test invents.
#include <kamusm.hpp>

#include <string>
#include <vector>

extern "C" {
#include "messages.h"
}

namespace {

const kamusm::config &here() {
    static kamusm::config config(NOWHERE, KAMUSM_ENVIRONMENT_SANDBOX);
    return config;
}

const kamusm::person_token &token() {
    static kamusm::person_token token("token");
    return token;
}

kamusm::response answer(const char *body, std::uint16_t status = 200, const char *media_type = "application/json") {
    kamusm::response response(status);
    response.add_header("content-type", media_type).add_header("etag", "\"v1\"");
    response.add_header("repr-digest", ABC_DIGEST).body(std::string_view(body));
    return response;
}

template <class Message>
bool goes_to(const kamusm::call<Message> &call, std::string_view method, const std::string &path) {
    return call.request().method() == method && call.request().url() == NOWHERE "/api/v1" + path;
}

template <class Function>
kamusm_result thrown(Function function) {
    try {
        function();
    } catch (const kamusm::error &error) {
        return error.code();
    }
    return KAMUSM_RESULT_OK;
}

void person() {
    kamusm::me me = kamusm::me::read(here(), token()).decode(answer(ME));
    CHECK(me.name() == "A*** S***" && me.email().empty() && me.has_valid_certificate());
    CHECK(me.eonay_consent().is_given() && me.institution_count() == 1 && me.institution_id(0) == "kurum-1");
    CHECK(kamusm::consent::give(here(), token(), true).decode(answer(CONSENT)).given_at() == "2026-01-02T10:00:00+03:00");
    CHECK(kamusm::identity_refresh::ask(here(), token()).decode(answer(REFRESH)).is_changed());
    kamusm::edevlet edevlet(here(), "client", "http://127.0.0.1/geri");
    CHECK(edevlet.is_return("http://127.0.0.1/geri?code=1") && !edevlet.address().empty());
    CHECK(thrown([&] { edevlet.returned("http://127.0.0.1/geri?code=1&state=x"); }) == KAMUSM_RESULT_FORBIDDEN);
    std::string state(edevlet.address());
    state = state.substr(state.find("state="));
    state = state.substr(0, state.find('&'));
    kamusm::signed_in signed_in = edevlet.returned("http://127.0.0.1/geri?code=1&" + state).decode(answer(SIGNED_IN));
    CHECK(signed_in && signed_in.expires_in_s() == 3600 && signed_in.tckn() == "100******46");
    CHECK(goes_to(kamusm::me::read(here(), signed_in.token()), "GET", "/me"));
    kamusm::session session = kamusm::session::sign_in(here());
    CHECK(session.next().kind() == KAMUSM_STEP_SEND && !session.next().signed_in() && !session.next().is_sign_in());
}

void form() {
    kamusm::form form = kamusm::form::read(here(), token(), "SD-1").decode(answer(FORM));
    CHECK(form.etag() == "\"v1\"" && form.field_kind(0, 0) == KAMUSM_FIELD_KIND_EMAIL && form.locked(0) == "tckn");
    CHECK(form.filled().get("email") == "a@b.tr" && form.filled().get("gsm").empty() && form.filled().size() == 1);
    kamusm::form_values values(form.filled());
    CHECK(values.set("email", "").size() == 0 && form.check(values).size() == 1);
    CHECK(form.check(values).pointer(0) == "/values/email" && kamusm::form_values().size() == 0);
    values.set("email", "c@d.tr");
    CHECK(values.name(0) == "email" && values.value(0) == "c@d.tr");
    CHECK(goes_to(kamusm::form::save(here(), token(), "SD-1", "\"v1\"", values), "PUT", "/applications/SD-1/form"));
    kamusm::choices choices = kamusm::choices::list(here(), token(), "provinces").decode(answer(CHOICES));
    CHECK(choices.size() == 2 && choices.code(0) == "06" && choices.title(0) == "Ankara");
    CHECK(goes_to(kamusm::choices::list_of_province(here(), token(), "delivery-methods", "41"), "GET",
                  "/reference/delivery-methods?province=41"));
    kamusm::phone_verification phone = kamusm::phone_verification::start(here(), token(), "SD-1").decode(answer(PHONE));
    CHECK(phone.id() == "p1" && phone.attempts_left() == 3);
    auto attempt = kamusm::phone_verification::attempt(here(), token(), "SD-1", "p1", "123456");
    CHECK(attempt.decode(answer("{\"verified\":true}")).is_verified);
    try {
        attempt.decode(answer("{\"type\":\"urn:kamusm:problem:sms-code-wrong\",\"status\":422,\"title\":\"\","
                              "\"attempts_left\":2}",
                              422, "application/problem+json"));
    } catch (const kamusm::error &error) {
        CHECK(error.attempts_left() == 2 && error.upstream().empty() && error.field_count() == 0);
    }
}

void approval() {
    kamusm::approval approval = kamusm::approval::read(here(), token(), "SD-1").decode(answer(APPROVAL));
    CHECK(approval.method_code(0) == KAMUSM_APPROVAL_METHOD_E_ONAY && !approval.method_is_available(1));
    CHECK(approval.method_reason(1) == KAMUSM_UNAVAILABLE_REASON_NOT_READ && approval.form_digest() == "f1");
    kamusm::commitment commitment = approval.commitment_at(0);
    CHECK(commitment.length() == 3 && commitment.digest() == ABC_DIGEST);
    CHECK(commitment.content(here(), token()).decode(answer(ABC, 200, "text/plain")).text() == ABC);
    std::string view(commitment.view(here(), token(), "SD-1", true).decode(answer("{\"view_id\":\"v1\"}")).id());
    auto approve = kamusm::application_result::approve(here(), token(), "SD-1", {view}, "f1", true);
    CHECK(approve.request().body().text() == "{\"view_ids\":[\"v1\"],\"form_digest\":\"f1\",\"accepted\":true}");
    kamusm::application_result result = approve.decode(answer(RESULT));
    CHECK(result.state() == KAMUSM_APPROVAL_STATE_DONE && result.status().action() == KAMUSM_ACTION_UPDATE);
    CHECK(goes_to(kamusm::application_result::read(here(), token(), "SD-1"), "GET", "/applications/SD-1/result"));
}

void sign_code() {
    CHECK(goes_to(kamusm::sign_code::issue(here(), token(), "SD-1", {"v1"}), "POST", "/applications/SD-1/sign-codes"));
    kamusm::sign_code code = kamusm::sign_code::read(here(), token(), "SD-1", "c1").decode(answer(SIGN_CODE));
    CHECK(code.code() == SAMPLE_CODE && code.state() == KAMUSM_CODE_STATE_REDEEMED && code.match_code() == "0042");
    CHECK(code.session_state() == KAMUSM_SESSION_STATE_AWAITING_CONFIRMATION && code.client_is_other_network());
    CHECK(goes_to(kamusm::sign_code::watch(here(), token(), "SD-1", "c1"), "GET", "/applications/SD-1/sign-codes/c1"));
    CHECK(goes_to(kamusm::sign_code::confirm(here(), token(), "SD-1", "c1", true), "PUT",
                  "/applications/SD-1/sign-codes/c1/confirmation"));
    auto withdrawal = kamusm::sign_code::withdraw(here(), token(), "SD-1", "c1");
    CHECK(goes_to(withdrawal, "DELETE", "/applications/SD-1/sign-codes/c1"));
    CHECK(thrown([&] { withdrawal.decode(answer("", 204)); }) == KAMUSM_RESULT_OK);
    CHECK(thrown([&] { withdrawal.decode(answer("", 503)); }) == KAMUSM_RESULT_SERVICE_UNAVAILABLE);
}

void afterwards() {
    kamusm::payment payment = kamusm::payment::read(here(), token(), "SD-1").decode(answer(PAYMENT));
    CHECK(payment.state() == KAMUSM_PAYMENT_STATE_PENDING && payment.amount_kurus() == 60000 && payment.is_prepaid());
    CHECK(payment.block_kind(1) == KAMUSM_BLOCK_KIND_CHANNELS && payment.bank_takes(1, 0, KAMUSM_CHANNEL_ATM));
    kamusm::payment_intent intent = kamusm::payment_intent::start(here(), token(), "SD-1").decode(answer(INTENT));
    CHECK(intent.address() == "https://pos.invalid/1" && intent.expires_in_s() == 900);
    kamusm::events events = kamusm::events::list(here(), token(), "SD-1").decode(answer(EVENTS));
    CHECK(events.size() == 1 && events.code(0) == "form_saved" && events.text(0) == "Form kaydedildi.");
    kamusm::evidence_list list = kamusm::evidence_list::list(here(), token(), "SD-1").decode(answer(EVIDENCE));
    CHECK(list.size() == 1 && list[0].id() == "e1" && list[0].session_id().empty());
    kamusm::evidence_content content =
        list[0].download(here(), token(), "SD-1").decode(answer(ABC, 200, "application/cms"));
    CHECK(content.octets().text() == ABC);
    auto watch = kamusm::application::watch(here(), token(), "SD-1", "\"v1\"");
    CHECK(!watch.decode(answer("", 304)) && watch.decode(answer(APPLICATION))->state() == KAMUSM_STATE_PAYMENT_PENDING);
    CHECK(goes_to(kamusm::application::cancel(here(), token(), "SD-1"), "POST", "/applications/SD-1/cancellation"));
}

void institution() {
    kamusm::pre_application row("10000000146", "Ad Soyad", "ad@kurum.gov.tr", KAMUSM_REASON_FIRST);
    CHECK(!row.prepaid() && row.has_right_checksum() && row.payer() == KAMUSM_PAYER_UNKNOWN);
    row.gsm("0532 123 45 67").payer(KAMUSM_PAYER_PERSON).prepaid(true).product("nes").institution_change(true);
    CHECK(row.prepaid() == true && row.product() == "nes" && row.is_institution_change() && !row.gsm().empty());
    kamusm::pre_applications rows =
        kamusm::pre_applications::from_csv(std::string_view("tckn,name,email,reason\n1,a,b@c.tr,first\n"));
    CHECK(rows.size() == 1 && !rows[0] && rows.line(0) == 2 && rows.error(0).code() == KAMUSM_RESULT_FORM_INVALID);
    CHECK(rows.error(0).field_pointer(0) == "/tckn" && rows.error(0).field_code(0) == KAMUSM_FIELD_ERROR_FORMAT);
    CHECK(rows.add(row).size() == 2 && rows[1].name() == "Ad Soyad" && kamusm::pre_applications().size() == 0);
    kamusm::placed placed = kamusm::placed::submit(here(), token(), "kurum-1", rows).decode(answer(PLACED));
    CHECK(placed.no(0) == "SD-7" && placed.error(1).field_word(0) == "checksum" && placed.row(1) == 2);
    CHECK(kamusm::staff_applications::list(here(), token(), "kurum-1").decode(answer("{\"items\":[" STAFF "]}"))[0].no() ==
          "SD-1");
    CHECK(kamusm::staff_application::read(here(), token(), "kurum-1", "SD-1").decode(answer(STAFF)).etag() == "\"v1\"");
    CHECK(!kamusm::staff_application::watch(here(), token(), "kurum-1", "SD-1", "\"v1\"").decode(answer("", 304)));
    kamusm::follow follow(here(), token(), "kurum-1", {"SD-1", "SD-2"}, 2);
    auto first = follow.next(), second = follow.next();
    CHECK(first && second && !follow.next() && follow.open() == 2 && !follow.deadline_ms());
    kamusm::change change = follow.answer(*first, answer(STAFF));
    CHECK(change && change.no() == "SD-1" && change.status().code_word() == "production_pending" && !change.error());
    CHECK(!follow.failed(*second, KAMUSM_TRANSPORT_FAILURE_TIMEOUT) && follow.known() == 1 && follow.deadline_ms());
}

}  // namespace

int main() {
    person();
    form();
    approval();
    sign_code();
    afterwards();
    institution();
    return finish();
}
