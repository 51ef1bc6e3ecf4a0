// What a program says once about the service, itself and its network; the log of its sessions.
#ifndef KAMUSM_CONFIG_HPP
#define KAMUSM_CONFIG_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "error.hpp"
#include "octets.hpp"

namespace kamusm {

class logbook;

class config {
public:
    config(const std::string &base_url, kamusm_environment environment)
        : object_(detail::make<kamusm_config>(kamusm_config_new, base_url.c_str(), environment)) {}

    config &trust_roots_pem(octets pem) {
        return set(kamusm_config_set_trust_roots_pem, pem.data(), pem.size());
    }
    config &add_intermediates_pem(octets pem) {
        return set(kamusm_config_add_intermediates_pem, pem.data(), pem.size());
    }
    config &proxy(const std::string &proxy) { return set(kamusm_config_set_proxy, proxy.c_str()); }
    config &timeout_ms(std::uint64_t timeout_ms) { return set(kamusm_config_set_timeout_ms, timeout_ms); }
    config &client(const std::string &name, const std::string &version) {
        return set(kamusm_config_set_client, name.c_str(), version.c_str());
    }
    config &language(const std::string &tag) { return set(kamusm_config_set_language, tag.c_str()); }
    config &add_receipt_key(const std::string &thumbprint) {
        return set(kamusm_config_add_receipt_key, thumbprint.c_str());
    }
    config &other_text_profiles(bool allowed) { return set(kamusm_config_set_other_text_profiles, allowed); }
    // 32 random octets, secret, the same ever after: the steps KAMUSM_STEP_PERSIST come, session::resume goes on.
    config &journal_key(octets key) { return set(kamusm_config_set_journal_key, key.data(), key.size()); }
    config &sign_without_journal(bool allowed) { return set(kamusm_config_set_sign_without_journal, allowed); }
    config &log_lines(std::size_t lines) { return set(kamusm_config_set_log_lines, lines); }
    // Takes the lines out of the log of this configuration's sessions; a setter begins a new log.
    logbook read_log() const;
    const kamusm_config *raw() const noexcept { return object_.get(); }

private:
    template <class Function, class... Arguments>
    config &set(Function function, Arguments... arguments) {
        detail::call(function, object_.get(), arguments...);
        return *this;
    }

    detail::owner<kamusm_config, kamusm_config_free> object_;
};

// Lines that were taken out of a configuration's log.
class logbook {
public:
    explicit logbook(kamusm_log *object) noexcept : object_(object) {}

    std::size_t size() const noexcept { return kamusm_log_count(object_.get()); }
    std::uint64_t dropped() const noexcept { return kamusm_log_dropped(object_.get()); }
    std::string_view text(std::size_t index) const noexcept {
        return detail::view(kamusm_log_text(object_.get(), index));
    }
    std::uint64_t at_ms(std::size_t index) const noexcept { return kamusm_log_at_ms(object_.get(), index); }

private:
    detail::owner<kamusm_log, kamusm_log_free> object_;
};

inline logbook config::read_log() const {
    return logbook(detail::make<kamusm_log>(kamusm_log_read, raw()));
}

}  // namespace kamusm

#endif  // KAMUSM_CONFIG_HPP
