// The sign session.
#ifndef KAMUSM_SESSION_HPP
#define KAMUSM_SESSION_HPP

#include <cstdint>
#include <optional>

#include "config.hpp"
#include "step.hpp"
#include "verification_code.hpp"

namespace kamusm {

class session {
public:
    session(const verification_code &code, const config &config)
        : object_(detail::make<kamusm_session>(kamusm_session_new, code.raw(), config.raw())) {}

    // A sign-in by e-imza; signed_in() of the last step tells who signed in.
    static session sign_in(const config &config) {
        return session(detail::make<kamusm_session>(kamusm_session_sign_in, config.raw()));
    }

    // Goes on after a crash, from the newest record of the session.
    static session resume(octets record, const config &config) {
        return session(
            detail::make<kamusm_session>(kamusm_session_resume, record.data(), record.size(), config.raw()));
    }

    step next() const {
        return step(detail::make<kamusm_step>(kamusm_session_step, object_.get(), kamusm_clock_monotonic_ms(),
                                              kamusm_clock_unix_ms()));
    }
    void give(const answer &answer) {
        detail::call(kamusm_session_answer, object_.get(), answer.raw(), kamusm_clock_monotonic_ms(),
                     kamusm_clock_unix_ms());
    }
    void cancel() noexcept { kamusm_session_cancel(object_.get()); }
    std::optional<std::uint64_t> deadline_ms() const noexcept {
        std::uint64_t value = 0;
        return kamusm_session_deadline(object_.get(), &value) ? std::optional<std::uint64_t>(value) : std::nullopt;
    }

private:
    explicit session(kamusm_session *made) noexcept : object_(made) {}

    detail::owner<kamusm_session, kamusm_session_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_SESSION_HPP
