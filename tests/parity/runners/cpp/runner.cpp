// Performs the scenarios of the parity table with kamusm.hpp: scenarios on standard input, one JSON line each on standard
// output (tests/parity/README.md).
#include <iostream>
#include <map>

#include "kinds.hpp"

static json::object performed(const scenario &scenario) {
    static const std::map<std::string, json::object (*)(const class scenario &)> kinds = {
        {"session", session},       {"applications", applications}, {"application", application},
        {"identities", identities}, {"code", code},                 {"config", config},
        {"errors", errors},         {"cades_sign", cades_sign},     {"cades_verify", cades_verify},
        {"call", call},             {"sign_in", session},
    };
    if (std::optional<std::string> key = scenario.unknown_key())
        return json::object().with("unsupported", json::text(*key));
    auto kind = kinds.find(scenario.text("kind"));
    if (kind == kinds.end()) return json::object().with("unsupported", json::text(scenario.text("kind")));
    return kind->second(scenario);
}

int main() {
    while (std::optional<scenario> next = scenario::read())
        std::cout << json::object().with("name", json::text(next->text("name"))).and_all(performed(*next)).str() << std::endl;
}
