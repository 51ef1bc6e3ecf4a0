// What is to be paid for an application, and how.
#ifndef KAMUSM_PAYMENT_HPP
#define KAMUSM_PAYMENT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "call.hpp"
#include "config.hpp"

namespace kamusm {

class payment {
public:
    using object = kamusm_payment;
    static constexpr auto decoder = kamusm_payment_decode;

    explicit payment(kamusm_payment *made) noexcept : object_(made) {}

    static call<payment> read(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<payment>(kamusm_payment_call, config, token, number.c_str());
    }

    kamusm_payment_state state() const noexcept { return kamusm_payment_state_of(object_.get()); }
    std::string_view state_word() const noexcept { return detail::view(kamusm_payment_state_word(object_.get())); }
    kamusm_payer payer() const noexcept { return kamusm_payment_payer(object_.get()); }
    std::string_view payer_word() const noexcept { return detail::view(kamusm_payment_payer_word(object_.get())); }
    bool is_prepaid() const noexcept { return kamusm_payment_is_prepaid(object_.get()); }
    std::uint64_t amount_kurus() const noexcept { return kamusm_payment_amount_kurus(object_.get()); }
    std::string_view currency() const noexcept { return detail::view(kamusm_payment_currency(object_.get())); }
    bool has_virtual_pos() const noexcept { return kamusm_payment_has_virtual_pos(object_.get()); }
    std::size_t block_count() const noexcept { return kamusm_payment_block_count(object_.get()); }
    kamusm_block_kind block_kind(std::size_t index) const noexcept {
        return kamusm_payment_block_kind(object_.get(), index);
    }
    std::string_view block_label(std::size_t index) const noexcept {
        return detail::view(kamusm_payment_block_label(object_.get(), index));
    }
    std::string_view block_text(std::size_t index) const noexcept {
        return detail::view(kamusm_payment_block_text(object_.get(), index));
    }
    std::size_t bank_count(std::size_t block) const noexcept { return kamusm_payment_bank_count(object_.get(), block); }
    std::string_view bank_name(std::size_t block, std::size_t bank) const noexcept {
        return detail::view(kamusm_payment_bank_name(object_.get(), block, bank));
    }
    bool bank_takes(std::size_t block, std::size_t bank, kamusm_channel channel) const noexcept {
        return kamusm_payment_bank_takes(object_.get(), block, bank, channel);
    }

private:
    detail::owner<kamusm_payment, kamusm_payment_free> object_;
};

// A payment by card that was begun.
class payment_intent {
public:
    using object = kamusm_payment_intent;
    static constexpr auto decoder = kamusm_payment_intent_decode;

    explicit payment_intent(kamusm_payment_intent *made) noexcept : object_(made) {}

    static call<payment_intent> start(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<payment_intent>(kamusm_payment_intent_call, config, token, number.c_str());
    }

    std::string_view id() const noexcept { return detail::view(kamusm_payment_intent_id(object_.get())); }
    std::string_view address() const noexcept { return detail::view(kamusm_payment_intent_address(object_.get())); }
    std::uint32_t expires_in_s() const noexcept { return kamusm_payment_intent_expires_in_s(object_.get()); }

private:
    detail::owner<kamusm_payment_intent, kamusm_payment_intent_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_PAYMENT_HPP
