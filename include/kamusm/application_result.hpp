// The result page of an application, and E-Onay, which leads to it.
#ifndef KAMUSM_APPLICATION_RESULT_HPP
#define KAMUSM_APPLICATION_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "application.hpp"
#include "call.hpp"
#include "config.hpp"

namespace kamusm {

class application_result {
public:
    using object = kamusm_application_result;
    static constexpr auto decoder = kamusm_application_result_decode;

    explicit application_result(kamusm_application_result *made) noexcept : object_(made) {}

    static call<application_result> read(const config &config, const person_token &token, const std::string &number) {
        return detail::ask<application_result>(kamusm_application_result_call, config, token, number.c_str());
    }
    // E-Onay for the form of this digest, with the proofs of reading.
    static call<application_result> approve(const config &config, const person_token &token, const std::string &number,
                                            const std::vector<std::string> &view_ids, const std::string &form_digest,
                                            bool is_accepted) {
        std::vector<const char *> ids = detail::raw(view_ids);
        return detail::ask<application_result>(kamusm_approve_call, config, token, number.c_str(), ids.data(),
                                               ids.size(), form_digest.c_str(), is_accepted);
    }

    kamusm_approval_state state() const noexcept { return kamusm_application_result_state(object_.get()); }
    std::string_view state_word() const noexcept {
        return detail::view(kamusm_application_result_state_word(object_.get()));
    }
    std::string_view title() const noexcept { return detail::view(kamusm_application_result_title(object_.get())); }
    std::string_view receipt() const noexcept { return detail::view(kamusm_application_result_receipt(object_.get())); }
    kamusm::status status() const noexcept { return kamusm::status(kamusm_application_result_status(object_.get())); }

private:
    detail::owner<kamusm_application_result, kamusm_application_result_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_APPLICATION_RESULT_HPP
