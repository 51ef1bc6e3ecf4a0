// One scenario: keys with values, in the order in which they came.
#ifndef PARITY_SCENARIO_HPP
#define PARITY_SCENARIO_HPP

#include <kamusm.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

class scenario {
public:
    // The next one of standard input; none at its end.
    static std::optional<scenario> read();

    // A key that this runner does not know.
    std::optional<std::string> unknown_key() const;
    std::vector<std::string> all(std::string_view key) const;
    bool has(std::string_view key) const { return !all(key).empty(); }
    // The value, or nothing in it.
    std::string text(std::string_view key) const;
    bool is(std::string_view key, std::string_view value) const { return text(key) == value; }
    long long number(std::string_view key) const { return has(key) ? std::stoll(text(key)) : 0; }
    std::string file(std::string_view key) const { return octets_of(text(key)); }

    // As the scenario wants it.
    kamusm::config config() const;

    static std::string octets_of(const std::string &path);

private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

#endif
