// Single requests with the type of their answer.
#ifndef KAMUSM_CALL_HPP
#define KAMUSM_CALL_HPP

#include <optional>
#include <string>
#include <vector>

#include "error.hpp"
#include "request.hpp"

namespace kamusm {

// A bearer token of the person's sign-in.
class person_token {
public:
    explicit person_token(const std::string &text)
        : object_(detail::make<kamusm_person_token>(kamusm_person_token_parse, text.c_str())) {}
    explicit person_token(kamusm_person_token *object) noexcept : object_(object) {}

    const kamusm_person_token *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_person_token, kamusm_person_token_free> object_;
};

namespace detail {

// How the answer to a call becomes its message.
template <class Message>
struct answer_of {
    static Message decode(const kamusm_call *call, const kamusm_response *response) {
        return Message(make<typename Message::object>(Message::decoder, call, response));
    }
};

// One that does not come where nothing changed.
template <class Message>
struct answer_of<std::optional<Message>> {
    static std::optional<Message> decode(const kamusm_call *call, const kamusm_response *response) {
        auto *made = make<typename Message::object>(Message::watch_decoder, call, response);
        if (made == nullptr) return std::nullopt;
        return Message(made);
    }
};

// Lent as long as the strings live.
inline std::vector<const char *> raw(const std::vector<std::string> &texts) {
    std::vector<const char *> list;
    for (const std::string &text : texts) list.push_back(text.c_str());
    return list;
}

}  // namespace detail

// A request that stands for itself: http::call performs it, or the caller's own HTTP and decode().
template <class Message>
class call {
public:
    explicit call(kamusm_call *object) noexcept : object_(object) {}

    kamusm::request request() const noexcept { return kamusm::request(kamusm_call_request(raw())); }
    // The message; a refusal of the service is thrown.
    Message decode(const response &response) const {
        return detail::answer_of<Message>::decode(raw(), response.raw());
    }
    const kamusm_call *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_call, kamusm_call_free> object_;
};

namespace detail {

// Makes the call of a person who is signed in.
template <class Message, class Function, class Config, class... Arguments>
kamusm::call<Message> ask(Function function, const Config &config, const person_token &token, Arguments... arguments) {
    return kamusm::call<Message>(make<kamusm_call>(function, config.raw(), token.raw(), arguments...));
}

}  // namespace detail

}  // namespace kamusm

#endif  // KAMUSM_CALL_HPP
