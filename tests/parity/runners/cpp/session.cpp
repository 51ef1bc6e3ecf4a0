// A whole session, as the scenario wants it.
#include <chrono>
#include <thread>

#include "kinds.hpp"
#include "network.hpp"
#include "person.hpp"
#include "trace.hpp"

namespace {

// Kalan Süre: this many values, one a second, until nothing is left.
std::string countdown(const kamusm::step &step, long long count) {
    std::vector<std::string> values;
    while (count-- > 0) {
        std::uint64_t now = kamusm_clock_monotonic_ms();
        std::uint64_t left = step.deadline_ms() > now ? step.deadline_ms() - now : 0;
        values.push_back(json::value((left + 999) / 1000));
        if (left == 0) break;
        // To the moment at which the next whole second is left.
        if (count > 0) std::this_thread::sleep_for(std::chrono::milliseconds((left - 1) % 1000 + 1));
    }
    return json::list(values);
}

class going {
public:
    // In the order in which a program finds out what does not fit.
    going(const scenario &scenario, kamusm::session session, const kamusm::config &config, trace &trace)
        : scenario_(scenario),
          trace_(trace),
          http_(scenario.has("http") ? std::nullopt : std::make_optional<kamusm::http>(config)),
          person_(scenario),
          session_(std::move(session)) {}

    void drive() {
        for (;;) {
            kamusm::step step = session_.next();
            static const char *const names[] = {"unknown", "send", "wait", "show", "choose", "sign", "done"};
            std::string kind = step.kind() <= KAMUSM_STEP_DONE ? names[step.kind()] : names[0];
            if (step.kind() != KAMUSM_STEP_WAIT) trace_.kind(kind);
            if (step.kind() == KAMUSM_STEP_DONE) return trace_.done(step);
            if (std::optional<kamusm::answer> answer = answer_to(step, kind)) give(kind, *answer);
        }
    }

private:
    bool is_cancelled_at(const std::string &kind) const { return scenario_.is("cancel_at", kind); }

    // None if the person is to be asked again.
    std::optional<kamusm::answer> answer_to(const kamusm::step &step, const std::string &kind) {
        switch (step.kind()) {
        case KAMUSM_STEP_SEND:
            if (is_cancelled_at(kind)) cancel_.now();
            return perform(step);
        case KAMUSM_STEP_WAIT:
            trace_.wait(step);
            if (is_cancelled_at(kind)) cancel_.now();
            return kamusm::wait(step, &cancel_);
        case KAMUSM_STEP_SHOW:
            trace_.show = trace_show(step);
            if (scenario_.has("countdown")) trace_.countdown = countdown(step, scenario_.number("countdown"));
            if (is_cancelled_at(kind)) return step.cancelled();
            return scenario_.has("decline") ? step.decline() : step.accept();
        case KAMUSM_STEP_CHOOSE:
            trace_.choose = trace_choose(step);
            return is_cancelled_at(kind) ? step.cancelled() : person_.choose(step);
        case KAMUSM_STEP_SIGN: return sign(step, kind);
        default: session_.cancel(); return std::nullopt;
        }
    }

    std::optional<kamusm::answer> sign(const kamusm::step &step, const std::string &kind) {
        trace_.sign = trace_sign(step);
        if (is_cancelled_at(kind)) return step.cancelled();
        try {
            return person_.sign(step, cancel_);
        } catch (const kamusm::error &wrong) {
            trace_.pin_errors.push_back(json::error(wrong));
            return std::nullopt;
        }
    }

    kamusm::answer perform(const kamusm::step &step) const {
        if (http_) return http_->perform(step, &cancel_);
        std::optional<kamusm::response> response = exchange(step.request());
        return response ? step.responded(*response) : step.transport_failed(KAMUSM_TRANSPORT_FAILURE_UNREACHABLE);
    }

    void give(const std::string &kind, const kamusm::answer &answer) {
        if (scenario_.is("cancel_session_at", kind)) return session_.cancel();
        session_.give(answer);
        if (kind != "show" || !scenario_.has("answer_twice")) return;
        try {
            session_.give(answer);
        } catch (const kamusm::error &stale) {
            trace_.stale = json::error(stale);
        }
    }

    const scenario &scenario_;
    trace &trace_;
    std::optional<kamusm::http> http_;
    person person_;
    kamusm::session session_;
    kamusm::cancel cancel_;
};

void run(const scenario &scenario, trace &trace) {
    bool signs_in = scenario.is("kind", "sign_in");
    std::optional<kamusm::verification_code> code;
    if (!signs_in) code.emplace(scenario.text("code"));
    kamusm::config config = scenario.config();
    going going(scenario, signs_in ? kamusm::session::sign_in(config) : kamusm::session(*code, config), config, trace);
    try {
        going.drive();
    } catch (const kamusm::error &thrown) {
        trace.thrown = json::error(thrown);
    }
    if (!scenario.has("log")) return;
    kamusm::logbook log = config.read_log();
    trace.log = json::list(log.size(), [&](std::size_t i) { return json::text(log.text(i)); });
}

}  // namespace

json::object session(const scenario &scenario) {
    trace trace;
    try {
        run(scenario, trace);
    } catch (const kamusm::error &thrown) {
        trace.thrown = json::error(thrown);
    }
    return trace.object();
}
