// The person's applications.
#include "kinds.hpp"
#include "network.hpp"

namespace {

std::string block(const kamusm::status_block &block) {
    static const std::pair<const char *, kamusm_channel> channels[] = {
        {"branch", KAMUSM_CHANNEL_BRANCH}, {"internet", KAMUSM_CHANNEL_INTERNET},
        {"mobile", KAMUSM_CHANNEL_MOBILE}, {"atm", KAMUSM_CHANNEL_ATM},
        {"call_centre", KAMUSM_CHANNEL_CALL_CENTRE},
    };
    auto bank = [&](std::size_t bank) {
        json::object object;
        object.with("name", json::text(block.bank_name(bank)));
        for (const auto &[name, channel] : channels) object.with(name, json::value(block.bank_takes(bank, channel)));
        return object.str();
    };
    json::object object;
    switch (block.kind()) {
    case KAMUSM_BLOCK_KIND_PARAGRAPH: object.with("kind", json::text("paragraph")).with("text", json::text(block.text())); break;
    case KAMUSM_BLOCK_KIND_ITEM:
        object.with("kind", json::text("item")).with("label", json::text(block.label())).with("text", json::text(block.text()));
        break;
    case KAMUSM_BLOCK_KIND_CHANNELS:
        object.with("kind", json::text("channels")).with("banks", json::list(block.bank_count(), bank));
        break;
    default: object.with("kind", json::text("unknown")); break;
    }
    return object.str();
}

std::string row(const kamusm::application_view &row) {
    kamusm::status status = row.status();
    return json::object()
        .with("no", json::text(row.no()))
        .with("applied_on", json::text(row.applied_on()))
        .with("institution", json::text(row.institution()))
        .with("product", json::text(row.product()))
        .with("reason", json::text(row.reason_word()))
        .with("status", json::object()
                            .with("code", json::text(status.code_word()))
                            .with("title", json::text(status.title()))
                            .with("cancelled_by", json::text_or_null(status.cancelled_by_word()))
                            .with("action", json::object()
                                                .with("code", json::text(status.action_word()))
                                                .with("title", json::text(status.action_title()))
                                                .str())
                            .with("body", json::list(status.block_count(),
                                                     [&](std::size_t i) { return block(status.block(i)); }))
                            .str())
        .with("warnings", json::list(row.warning_count(), [&](std::size_t i) { return json::text(row.warning(i)); }))
        .str();
}

template <class Message>
Message performed(const scenario &scenario, const kamusm::config &config, const kamusm::call<Message> &call) {
    if (!scenario.has("http")) return kamusm::http(config).call(call);
    std::optional<kamusm::response> response = exchange(call.request());
    if (!response) throw kamusm::error(KAMUSM_RESULT_UNREACHABLE, "no answer");
    return call.decode(*response);
}

}  // namespace

json::object applications(const scenario &scenario) {
    return json::told("applications", [&] {
        kamusm::config config = scenario.config();
        kamusm::person_token token(scenario.text("person_token"));
        kamusm::applications list = performed(scenario, config, kamusm::applications::list(config, token));
        return json::list(list.size(), [&](std::size_t i) { return row(list[i]); });
    });
}

json::object application(const scenario &scenario) {
    return json::told("application", [&] {
        kamusm::config config = scenario.config();
        kamusm::person_token token(scenario.text("person_token"));
        return row(performed(scenario, config, kamusm::application::read(config, token, scenario.text("number"))));
    });
}
