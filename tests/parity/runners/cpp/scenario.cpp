#include "scenario.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace {

constexpr std::string_view known[] = {
    "name", "kind", "base_url", "code", "client", "client_version", "environment", "language", "timeout_ms",
    "receipt_key", "intermediates", "other_text_profiles", "proxy", "trust_roots", "log_lines", "token", "token_path",
    "token_password", "pin", "allow_final_try", "pick", "signer", "certificate", "partial", "http", "decline",
    "cancel_at", "cancel_session_at", "answer_twice", "countdown", "person_token", "number", "content", "attached",
    "signing_time", "cms", "anchor", "crl", "ocsp", "at", "log", "call", "id", "etag", "list", "province", "value",
    "view", "form_digest", "accepted", "read_to_end", "confirmed", "sms_code", "institution", "csv", "client_id",
    "redirect_uri", "returned", "parallel",
};

}  // namespace

std::optional<scenario> scenario::read() {
    scenario read;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty()) return read;
        std::size_t end = std::min(line.find(' '), line.size());
        read.pairs_.emplace_back(line.substr(0, end), end < line.size() ? line.substr(end + 1) : "");
    }
    return std::nullopt;
}

std::optional<std::string> scenario::unknown_key() const {
    for (const auto &[key, value] : pairs_)
        if (std::find(std::begin(known), std::end(known), key) == std::end(known)) return key;
    return std::nullopt;
}

std::vector<std::string> scenario::all(std::string_view key) const {
    std::vector<std::string> values;
    for (const auto &[name, value] : pairs_)
        if (name == key) values.push_back(value);
    return values;
}

std::string scenario::text(std::string_view key) const {
    std::vector<std::string> values = all(key);
    return values.empty() ? "" : values.front();
}

std::string scenario::octets_of(const std::string &path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error(path + " cannot be read");
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

kamusm::config scenario::config() const {
    kamusm::config config(text("base_url"),
                          is("environment", "production") ? KAMUSM_ENVIRONMENT_PRODUCTION : KAMUSM_ENVIRONMENT_SANDBOX);
    if (has("client")) config.client(text("client"), has("client_version") ? text("client_version") : "1.0");
    if (has("language")) config.language(text("language"));
    if (has("timeout_ms")) config.timeout_ms(static_cast<std::uint64_t>(number("timeout_ms")));
    if (has("log_lines")) config.log_lines(static_cast<std::size_t>(number("log_lines")));
    if (has("intermediates")) config.add_intermediates_pem(std::string_view(file("intermediates")));
    if (has("trust_roots")) config.trust_roots_pem(std::string_view(file("trust_roots")));
    if (has("proxy")) config.proxy(text("proxy"));
    for (const std::string &key : all("receipt_key")) config.add_receipt_key(key);
    config.other_text_profiles(has("other_text_profiles"));
    return config;
}
