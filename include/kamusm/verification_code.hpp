// The doğrulama kodu.
#ifndef KAMUSM_VERIFICATION_CODE_HPP
#define KAMUSM_VERIFICATION_CODE_HPP

#include <string>

#include "error.hpp"

namespace kamusm {

class verification_code {
public:
    explicit verification_code(const std::string &text)
        : object_(detail::make<kamusm_verification_code>(kamusm_verification_code_parse, text.c_str())) {}

    kamusm_environment environment() const noexcept { return kamusm_verification_code_environment(raw()); }
    const kamusm_verification_code *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_verification_code, kamusm_verification_code_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_VERIFICATION_CODE_HPP
