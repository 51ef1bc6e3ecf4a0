// What the person asks about one application.
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "call.hpp"
#include "message.hpp"

namespace {

// NAME=VALUE each.
kamusm::form_values values_of(const asking &ask) {
    kamusm::form_values values;
    for (const std::string &pair : ask.scenario.all("value")) {
        std::size_t sign = pair.find('=');
        values.set(pair.substr(0, sign), sign == std::string::npos ? "" : pair.substr(sign + 1));
    }
    return values;
}

kamusm::error missing(const std::string &what) {
    return kamusm::error(KAMUSM_RESULT_NOT_FOUND, "the service lists no such " + what);
}

// SHA-256 of octets as openssl computes it.
std::string digest(kamusm::octets octets) {
    char name[] = "/tmp/kamusm-parity-XXXXXX", digest[65] = "";
    int file = mkstemp(name);
    if (file < 0 || write(file, octets.data(), octets.size()) != static_cast<ssize_t>(octets.size())) std::abort();
    close(file);
    std::FILE *openssl = popen(("openssl dgst -sha256 -r '" + std::string(name) + "'").c_str(), "r");
    if (openssl == nullptr || std::fread(digest, 1, 64, openssl) != 64 || pclose(openssl) < 0) std::abort();
    unlink(name);
    return json::text(digest);
}

std::string download(const asking &ask, const std::string &number) {
    kamusm::evidence_list list = ask(kamusm::evidence_list::list(ask.config, ask.token, number));
    for (std::size_t i = 0; i < list.size(); i++)
        if (list[i].id() == ask.text("id"))
            return digest(ask(list[i].download(ask.config, ask.token, number)).octets());
    throw missing("evidence");
}

// The text of the first commitment, or the proof that it was read.
std::string commitment(const asking &ask, const std::string &number, bool is_view) {
    kamusm::approval approval = ask(kamusm::approval::read(ask.config, ask.token, number));
    if (approval.commitment_count() == 0) throw missing("commitment");
    kamusm::commitment first = approval.commitment_at(0);
    if (is_view)
        return json::text(ask(first.view(ask.config, ask.token, number, ask.is_true("read_to_end"))).id());
    return json::text(ask(first.content(ask.config, ask.token)).text());
}

std::optional<std::string> of_sign_code(const asking &ask, const std::string &name, const std::string &number) {
    const auto &[scenario, config, token] = ask;
    using kamusm::sign_code;
    std::string id = ask.text("id");
    if (name == "sign_code.issue")
        return message::sign_code(ask(sign_code::issue(config, token, number, scenario.all("view"))));
    if (name == "sign_code.read") return message::sign_code(ask(sign_code::read(config, token, number, id)));
    if (name == "sign_code.watch") return message::sign_code(ask(sign_code::watch(config, token, number, id)));
    if (name == "sign_code.confirm")
        return message::sign_code(ask(sign_code::confirm(config, token, number, id, ask.is_true("confirmed"))));
    if (name != "sign_code.withdraw") return std::nullopt;
    ask(sign_code::withdraw(config, token, number, id));
    return json::null;
}

std::optional<std::string> of_form(const asking &ask, const std::string &name, const std::string &number) {
    const auto &[scenario, config, token] = ask;
    if (name == "form.read") return message::form(ask(kamusm::form::read(config, token, number)));
    if (name == "form.check")
        return message::field_errors(ask(kamusm::form::read(config, token, number)).check(values_of(ask)));
    if (name == "form.save")
        return message::form(ask(kamusm::form::save(config, token, number, ask.text("etag"), values_of(ask))));
    if (name == "phone.start") return message::phone(ask(kamusm::phone_verification::start(config, token, number)));
    if (name == "phone.attempt")
        return json::value(ask(kamusm::phone_verification::attempt(config, token, number, ask.text("id"),
                                                                   ask.text("sms_code")))
                               .is_verified);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> call_of_application(const asking &ask, const std::string &name) {
    const auto &[scenario, config, token] = ask;
    if (!scenario.has("number")) return std::nullopt;
    std::string number = ask.text("number");
    if (name == "application.read") return message::application(ask(kamusm::application::read(config, token, number)));
    if (name == "application.watch") {
        auto newer = ask(kamusm::application::watch(config, token, number, ask.text("etag")));
        return newer ? message::application(*newer) : json::null;
    }
    if (name == "application.cancel")
        return message::application(ask(kamusm::application::cancel(config, token, number)));
    if (name == "approval.read") return message::approval(ask(kamusm::approval::read(config, token, number)));
    if (name == "approval.approve")
        return message::result(ask(kamusm::application_result::approve(
            config, token, number, scenario.all("view"), ask.text("form_digest"), ask.is_true("accepted"))));
    if (name == "commitment.content" || name == "commitment.view")
        return commitment(ask, number, name == "commitment.view");
    if (name == "result.read") return message::result(ask(kamusm::application_result::read(config, token, number)));
    if (name == "payment.read") return message::payment(ask(kamusm::payment::read(config, token, number)));
    if (name == "payment.start")
        return message::payment_intent(ask(kamusm::payment_intent::start(config, token, number)));
    if (name == "event.list") return message::events(ask(kamusm::events::list(config, token, number)));
    if (name == "evidence.list") return message::evidence(ask(kamusm::evidence_list::list(config, token, number)));
    if (name == "evidence.download") return download(ask, number);
    std::optional<std::string> told = of_form(ask, name, number);
    return told ? told : of_sign_code(ask, name, number);
}
