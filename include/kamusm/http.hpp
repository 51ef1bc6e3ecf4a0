// The default transport, and the pauses.
#ifndef KAMUSM_HTTP_HPP
#define KAMUSM_HTTP_HPP

#include "call.hpp"
#include "cancel.hpp"
#include "config.hpp"
#include "step.hpp"

namespace kamusm {

// May be used from many threads and sessions at once.
class http {
public:
    explicit http(const config &config) : object_(detail::make<kamusm_http>(kamusm_http_new, config.raw())) {}

    answer perform(const step &step, const cancel *cancel = nullptr) const {
        return answer(detail::make<kamusm_answer>(kamusm_http_perform, object_.get(), step.raw(),
                                                  cancel != nullptr ? cancel->raw() : nullptr));
    }

    // The response, whatever its status; a lost network is thrown.
    template <class Message>
    response perform(const kamusm::call<Message> &call, const cancel *cancel = nullptr) const {
        return response(detail::make<kamusm_response>(kamusm_http_call, object_.get(), call.raw(),
                                                      cancel != nullptr ? cancel->raw() : nullptr));
    }
    // The message; a refusal of the service is thrown.
    template <class Message>
    Message call(const kamusm::call<Message> &call, const cancel *cancel = nullptr) const {
        return call.decode(perform(call, cancel));
    }

private:
    detail::owner<kamusm_http, kamusm_http_free> object_;
};

inline answer wait(const step &step, const cancel *cancel = nullptr) {
    return answer(detail::make<kamusm_answer>(kamusm_wait_perform, step.raw(),
                                              cancel != nullptr ? cancel->raw() : nullptr));
}

}  // namespace kamusm

#endif  // KAMUSM_HTTP_HPP
