// What an institution's e-imza sorumlusu asks.
#include "call.hpp"
#include "message.hpp"

namespace {

// Follows until each number is known or refused once.
std::string follow_all(const asking &ask, const std::string &institution) {
    std::vector<std::string> numbers = ask.scenario.all("number");
    kamusm::follow follow(ask.config, ask.token, institution, numbers,
                          static_cast<std::size_t>(ask.scenario.number("parallel")));
    json::object statuses;
    for (std::size_t told = 0; told < numbers.size();) {
        std::optional<kamusm::call<kamusm::change>> next = follow.next();
        if (!next) break;
        kamusm::change change = [&] {
            try {
                return follow.answer(*next, sent(ask.scenario, ask.config, *next));
            } catch (const kamusm::error &lost) {
                if (lost.category() != KAMUSM_CATEGORY_NETWORK) throw;
                return follow.failed(*next, KAMUSM_TRANSPORT_FAILURE_UNREACHABLE);
            }
        }();
        if (!change) continue;
        told++;
        statuses.with(change.no(), change.error() ? json::call_error(change.error())
                                                  : json::text(change.status().code_word()));
    }
    return json::object()
        .with("known", json::value(follow.known()))
        .with("refused", json::value(follow.refused()))
        .with("statuses", statuses.str())
        .str();
}

}  // namespace

std::optional<std::string> call_of_institution(const asking &ask, const std::string &name) {
    const auto &[scenario, config, token] = ask;
    auto rows = [&] {
        std::string csv = ask.scenario.file("csv");
        return kamusm::pre_applications::from_csv(std::string_view(csv));
    };
    if (name == "institution.csv") return message::pre_applications(rows());
    if (!scenario.has("institution")) return std::nullopt;
    std::string institution = ask.text("institution"), number = ask.text("number");
    if (name == "institution.submit")
        return message::placed(ask(kamusm::placed::submit(config, token, institution, rows())));
    if (name == "institution.list") {
        kamusm::staff_applications list = ask(kamusm::staff_applications::list(config, token, institution));
        return json::list(list.size(), [&](std::size_t i) { return message::of_staff(list[i]); });
    }
    if (name == "institution.read")
        return message::of_staff(ask(kamusm::staff_application::read(config, token, institution, number)));
    if (name == "institution.watch") {
        auto newer = ask(kamusm::staff_application::watch(config, token, institution, number, ask.text("etag")));
        return newer ? message::of_staff(*newer) : json::null;
    }
    if (name == "follow") return follow_all(ask, institution);
    return std::nullopt;
}
