// What needs no session: codes, configurations, the list of errors, identities.
#include "kinds.hpp"
#include "person.hpp"

json::object code(const scenario &scenario) {
    return json::told("environment", [&] {
        kamusm_environment environment = kamusm::verification_code(scenario.text("code")).environment();
        return json::text(environment == KAMUSM_ENVIRONMENT_PRODUCTION ? "production" : "sandbox");
    });
}

json::object config(const scenario &scenario) {
    try {
        scenario.config();
        return json::object().with("ok", json::value(true)).with("thrown", json::null);
    } catch (const kamusm::error &thrown) {
        return json::object().with("ok", json::value(false)).with("thrown", json::error(thrown));
    }
}

// Every number that is an error's, the small ones first.
json::object errors(const scenario &) {
    std::vector<std::string> codes;
    for (int number = -1; number > -1000; number--) {
        if (kamusm_result_name(number) == nullptr) continue;
        kamusm::error error(static_cast<kamusm_result>(number), "to ask for its sentences");
        codes.push_back(json::object()
                            .with("code", json::value(static_cast<int>(error.code())))
                            .with("category", json::value(static_cast<int>(error.category())))
                            .with("retryable", json::value(error.is_retryable()))
                            .with("tr", json::text(error.text("tr")))
                            .with("en", json::text(error.text("en")))
                            .str());
    }
    return json::object().with("codes", json::list(codes));
}

static std::string identity(const kamusm::identity &identity) {
    return json::object()
        .with("fingerprint", json::octets(identity.fingerprint()))
        .with("common_name", json::text(identity.common_name()))
        .with("not_before", json::value(identity.not_before_unix_s()))
        .with("not_after", json::value(identity.not_after_unix_s()))
        .with("refusal", json::error(identity.refusal()))
        .with("has_pin_pad", json::value(identity.has_pin_pad()))
        .with("pin_tries_left", identity.pin_tries_left() >= 0 ? json::value(identity.pin_tries_left()) : json::null)
        .str();
}

json::object identities(const scenario &scenario) {
    return json::told("identities", [&] {
        kamusm::identities list = person(scenario).identities();
        return json::list(list.size(), [&](std::size_t i) { return identity(list[i]); });
    });
}
