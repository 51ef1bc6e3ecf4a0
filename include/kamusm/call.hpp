// Single requests with the type of their answer.
#ifndef KAMUSM_CALL_HPP
#define KAMUSM_CALL_HPP

#include <string>

#include "error.hpp"
#include "request.hpp"

namespace kamusm {

// A bearer token of the person's sign-in.
class person_token {
public:
    explicit person_token(const std::string &text)
        : object_(detail::make<kamusm_person_token>(kamusm_person_token_parse, text.c_str())) {}

    const kamusm_person_token *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_person_token, kamusm_person_token_free> object_;
};

// A request that stands for itself: http::call performs it, or the caller's own HTTP and decode().
template <class Message>
class call {
public:
    explicit call(kamusm_call *object) noexcept : object_(object) {}

    kamusm::request request() const noexcept { return kamusm::request(kamusm_call_request(raw())); }
    // The message; a refusal of the service is thrown.
    Message decode(const response &response) const {
        return Message(detail::make<typename Message::object>(Message::decoder, raw(), response.raw()));
    }
    const kamusm_call *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_call, kamusm_call_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_CALL_HPP
