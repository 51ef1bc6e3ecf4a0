// Kind `call`: one call of the whole application, by its name.
#include "call.hpp"

#include "kinds.hpp"
#include "message.hpp"

namespace {

// The sign-in under way, from one scenario to the next.
std::optional<kamusm::edevlet> begun;

std::string begin(const asking &ask) {
    begun.emplace(ask.config, ask.text("client_id"), ask.text("redirect_uri"));
    return json::object().with("address", json::text(begun->address())).str();
}

std::string come_back(const asking &ask) {
    if (!begun) throw kamusm::error(KAMUSM_RESULT_STATE, "no sign-in was begun");
    kamusm::edevlet edevlet = std::move(*begun);
    begun.reset();
    kamusm::signed_in signed_in = ask(edevlet.returned(ask.text("returned")));
    return json::object()
        .with("name", json::text(signed_in.name()))
        .with("tckn", json::text(signed_in.tckn()))
        .with("expires_in_s", json::value(signed_in.expires_in_s()))
        .str();
}

}  // namespace

std::optional<std::string> call_of_person(const asking &ask, const std::string &name) {
    const auto &[scenario, config, token] = ask;
    if (name == "me.read") return message::me(ask(kamusm::me::read(config, token)));
    if (name == "me.refresh") return message::identity_refresh(ask(kamusm::identity_refresh::ask(config, token)));
    if (name == "me.consent") return message::consent(ask(kamusm::consent::give(config, token, ask.is_true("accepted"))));
    if (name == "reference.list" && scenario.has("province"))
        return message::choices(
            ask(kamusm::choices::list_of_province(config, token, ask.text("list"), ask.text("province"))));
    if (name == "reference.list") return message::choices(ask(kamusm::choices::list(config, token, ask.text("list"))));
    if (name == "edevlet.address") return begin(ask);
    if (name == "edevlet.sign_in") return come_back(ask);
    return std::nullopt;
}

json::object call(const scenario &scenario) {
    std::string name = scenario.text("call");
    try {
        // The sign-in is what has no token yet.
        kamusm::person_token token(scenario.has("person_token") ? scenario.text("person_token") : "none");
        asking ask{scenario, scenario.config(), std::move(token)};
        std::optional<std::string> message = call_of_person(ask, name);
        if (!message) message = call_of_institution(ask, name);
        if (!message) message = call_of_application(ask, name);
        if (!message) return json::object().with("unsupported", json::text(name));
        return json::object().with("message", *message).with("thrown", json::null);
    } catch (const kamusm::error &thrown) {
        return json::object().with("message", json::null).with("thrown", json::call_error(thrown));
    }
}
