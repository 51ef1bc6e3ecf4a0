// A single call, performed as the scenario wants it.
#ifndef PARITY_CALL_HPP
#define PARITY_CALL_HPP

#include <kamusm.hpp>

#include <optional>
#include <string>

#include "network.hpp"
#include "scenario.hpp"

// The response; a lost network is thrown.
template <class Message>
kamusm::response sent(const scenario &scenario, const kamusm::config &config, const kamusm::call<Message> &call) {
    if (!scenario.has("http")) return kamusm::http(config).perform(call);
    std::optional<kamusm::response> response = exchange(call.request());
    if (!response) throw kamusm::error(KAMUSM_RESULT_UNREACHABLE, "no answer");
    return std::move(*response);
}

template <class Message>
Message performed(const scenario &scenario, const kamusm::config &config, const kamusm::call<Message> &call) {
    return call.decode(sent(scenario, config, call));
}

// What every call of a person begins with.
struct asking {
    const class scenario &scenario;
    kamusm::config config;
    kamusm::person_token token;

    template <class Message>
    Message operator()(const kamusm::call<Message> &call) const {
        return performed(scenario, config, call);
    }
    std::string text(std::string_view key) const { return scenario.text(key); }
    bool is_true(std::string_view key) const { return scenario.is(key, "true"); }
};

// The message of the call of this name as JSON; none if the name is not one of theirs.
std::optional<std::string> call_of_person(const asking &ask, const std::string &name);
std::optional<std::string> call_of_application(const asking &ask, const std::string &name);
std::optional<std::string> call_of_institution(const asking &ask, const std::string &name);

#endif
