// Who chooses and signs: the person with a token, or a program with a signing service.
#ifndef PARITY_PERSON_HPP
#define PARITY_PERSON_HPP

#include <kamusm.hpp>

#include <optional>
#include <string>
#include <vector>

#include "scenario.hpp"

class person {
public:
    explicit person(const scenario &scenario);

    kamusm::identities identities() const { return token_.value().identities(); }
    kamusm::answer choose(const kamusm::step &step) const;
    // A wrong PIN is thrown.
    kamusm::answer sign(const kamusm::step &step, const kamusm::cancel &cancel);

private:
    kamusm::answer sign_elsewhere(const kamusm::step &step);

    const scenario &scenario_;
    std::optional<kamusm::token> token_;
    std::vector<std::string> pins_;
    std::size_t pins_used_ = 0;
    bool left_out_ = false;
};

#endif
