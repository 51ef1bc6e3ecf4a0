// The person's applications.
#include "call.hpp"
#include "kinds.hpp"
#include "message.hpp"

json::object applications(const scenario &scenario) {
    return json::told("applications", [&] {
        kamusm::config config = scenario.config();
        kamusm::person_token token(scenario.text("person_token"));
        kamusm::applications list = performed(scenario, config, kamusm::applications::list(config, token));
        return json::list(list.size(), [&](std::size_t i) { return message::row(list[i]).str(); });
    });
}

json::object application(const scenario &scenario) {
    return json::told("application", [&] {
        kamusm::config config = scenario.config();
        kamusm::person_token token(scenario.text("person_token"));
        return message::row(performed(scenario, config, kamusm::application::read(config, token, scenario.text("number")))).str();
    });
}
