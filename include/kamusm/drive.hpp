// The loop over a session's steps, written once.
#ifndef KAMUSM_DRIVE_HPP
#define KAMUSM_DRIVE_HPP

#include "cancel.hpp"
#include "error.hpp"
#include "http.hpp"
#include "journal.hpp"
#include "session.hpp"
#include "step.hpp"

namespace kamusm {

// Runs the session to its end and returns the last step, with the outcome. `person` has three members, each of which
// gives an answer of the step: show(const step &), choose(const step &), sign(const step &). What they throw ends the
// loop and not the session: drive may be called again, and the same step comes again. `http` has perform(step, cancel),
// `store` has perform(step): kamusm::store, kamusm::no_store, or one of your own.
template <class Transport, class Store, class Person>
step drive(session &session, const Transport &http, const Store &store, Person &person,
           const cancel *cancel = nullptr) {
    for (;;) {
        step next = session.next();
        try {
            switch (next.kind()) {
            case KAMUSM_STEP_SEND: session.give(http.perform(next, cancel)); break;
            case KAMUSM_STEP_WAIT: session.give(wait(next, cancel)); break;
            case KAMUSM_STEP_SHOW: session.give(person.show(next)); break;
            case KAMUSM_STEP_CHOOSE: session.give(person.choose(next)); break;
            case KAMUSM_STEP_SIGN: session.give(person.sign(next)); break;
            case KAMUSM_STEP_PERSIST: session.give(store.perform(next)); break;
            case KAMUSM_STEP_DONE: return next;
            default: session.cancel(); break;  // a kind of a newer library
            }
        } catch (const error &why) {
            // A late answer changed nothing; the step of now comes next.
            if (why.code() != KAMUSM_RESULT_STALE) throw;
        }
    }
}

}  // namespace kamusm

#endif  // KAMUSM_DRIVE_HPP
