// The doğrulama kodu as the page of the application shows it.
#ifndef KAMUSM_SIGN_CODE_HPP
#define KAMUSM_SIGN_CODE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

// That a code was taken back.
struct sign_code_withdrawal {};

namespace detail {

template <>
struct answer_of<sign_code_withdrawal> {
    static sign_code_withdrawal decode(const kamusm_call *call, const kamusm_response *response) {
        detail::call(kamusm_sign_code_withdraw_decode, call, response);
        return {};
    }
};

}  // namespace detail

class sign_code {
public:
    using object = kamusm_sign_code;
    static constexpr auto decoder = kamusm_sign_code_decode;

    explicit sign_code(kamusm_sign_code *made) noexcept : object_(made) {}

    // Earlier codes are over.
    static call<sign_code> issue(const config &config, const person_token &token, const std::string &number,
                                 const std::vector<std::string> &view_ids) {
        std::vector<const char *> ids = detail::raw(view_ids);
        return detail::ask<sign_code>(kamusm_sign_code_issue_call, config, token, number.c_str(), ids.data(),
                                      ids.size());
    }
    static call<sign_code> read(const config &config, const person_token &token, const std::string &number,
                                const std::string &id) {
        return detail::ask<sign_code>(kamusm_sign_code_call, config, token, number.c_str(), id.c_str());
    }
    // The service may hold its answer back until something changes.
    static call<sign_code> watch(const config &config, const person_token &token, const std::string &number,
                                 const std::string &id) {
        return detail::ask<sign_code>(kamusm_sign_code_watch_call, config, token, number.c_str(), id.c_str());
    }
    // "Evet, benim" or "Bu ben değilim".
    static call<sign_code> confirm(const config &config, const person_token &token, const std::string &number,
                                   const std::string &id, bool is_confirmed) {
        return detail::ask<sign_code>(kamusm_sign_code_confirm_call, config, token, number.c_str(), id.c_str(),
                                      is_confirmed);
    }
    static call<sign_code_withdrawal> withdraw(const config &config, const person_token &token,
                                               const std::string &number, const std::string &id) {
        return detail::ask<sign_code_withdrawal>(kamusm_sign_code_withdraw_call, config, token, number.c_str(),
                                                 id.c_str());
    }

    std::string_view id() const noexcept { return detail::view(kamusm_sign_code_id(object_.get())); }
    kamusm_code_state state() const noexcept { return kamusm_sign_code_state(object_.get()); }
    std::string_view state_word() const noexcept { return detail::view(kamusm_sign_code_state_word(object_.get())); }
    std::string_view code() const noexcept { return detail::view(kamusm_sign_code_code(object_.get())); }
    std::string_view created_at() const noexcept { return detail::view(kamusm_sign_code_created_at(object_.get())); }
    std::uint32_t expires_in_s() const noexcept { return kamusm_sign_code_expires_in_s(object_.get()); }
    std::uint32_t second_redemptions() const noexcept { return kamusm_sign_code_second_redemptions(object_.get()); }
    kamusm_session_state session_state() const noexcept { return kamusm_sign_code_session_state(object_.get()); }
    std::string_view session_state_word() const noexcept {
        return detail::view(kamusm_sign_code_session_state_word(object_.get()));
    }
    std::string_view match_code() const noexcept { return detail::view(kamusm_sign_code_match_code(object_.get())); }
    std::string_view client_name() const noexcept { return detail::view(kamusm_sign_code_client_name(object_.get())); }
    std::string_view client_version() const noexcept {
        return detail::view(kamusm_sign_code_client_version(object_.get()));
    }
    std::string_view client_network() const noexcept {
        return detail::view(kamusm_sign_code_client_network(object_.get()));
    }
    bool client_is_other_network() const noexcept { return kamusm_sign_code_client_is_other_network(object_.get()); }
    std::string_view session_created_at() const noexcept {
        return detail::view(kamusm_sign_code_session_created_at(object_.get()));
    }
    std::uint32_t session_hard_expires_in_s() const noexcept {
        return kamusm_sign_code_session_hard_expires_in_s(object_.get());
    }

private:
    detail::owner<kamusm_sign_code, kamusm_sign_code_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_SIGN_CODE_HPP
