// What a session did and saw, for the comparison.
#ifndef PARITY_TRACE_HPP
#define PARITY_TRACE_HPP

#include "json.hpp"

class trace {
public:
    std::string show = json::null, choose = json::null, sign = json::null, countdown = json::null;
    std::string stale = json::null, log = json::null, thrown = json::null;
    std::vector<std::string> pin_errors;

    // The same kind again is told once.
    void kind(const std::string &kind);
    void wait(const kamusm::step &step);
    void done(const kamusm::step &step);
    json::object object() const;

private:
    std::vector<std::string> kinds_, waits_;
    std::string outcome_ = json::null, error_ = json::null, return_to_ = json::null, receipt_ = json::null;
    std::string cms_ = json::null, may_have_arrived_ = json::null, signed_in_ = json::null;
};

std::string trace_show(const kamusm::step &step);
std::string trace_choose(const kamusm::step &step);
std::string trace_sign(const kamusm::step &step);

#endif
