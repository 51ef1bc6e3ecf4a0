// Requests and responses.
#ifndef KAMUSM_REQUEST_HPP
#define KAMUSM_REQUEST_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "error.hpp"
#include "octets.hpp"

namespace kamusm {

// What a step to send or a call asks for, for callers with their own HTTP; lent by it. Send it as it stands.
class request {
public:
    explicit request(const kamusm_request *object) noexcept : object_(object) {}

    std::string_view method() const noexcept { return detail::view(kamusm_request_method(object_)); }
    std::string_view url() const noexcept { return detail::view(kamusm_request_url(object_)); }
    std::size_t header_count() const noexcept { return kamusm_request_header_count(object_); }
    std::string_view header_name(std::size_t index) const noexcept {
        return detail::view(kamusm_request_header_name(object_, index));
    }
    std::string_view header_value(std::size_t index) const noexcept {
        return detail::view(kamusm_request_header_value(object_, index));
    }
    octets body() const noexcept { return kamusm_request_body(object_); }
    std::uint64_t timeout_ms() const noexcept { return kamusm_request_timeout_ms(object_); }
    std::size_t max_response_octets() const noexcept { return kamusm_request_max_response_octets(object_); }
    bool is_sent_after_cancel() const noexcept { return kamusm_request_is_sent_after_cancel(object_); }

private:
    const kamusm_request *object_;
};

// What the service said: made by callers with their own HTTP, or by http::perform.
class response {
public:
    explicit response(std::uint16_t status) : object_(detail::make<kamusm_response>(kamusm_response_new, status)) {}
    explicit response(kamusm_response *object) noexcept : object_(object) {}

    response &add_header(const std::string &name, const std::string &value) {
        detail::call(kamusm_response_add_header, object_.get(), name.c_str(), value.c_str());
        return *this;
    }
    response &body(octets body) {
        detail::call(kamusm_response_set_body, object_.get(), body.data(), body.size());
        return *this;
    }
    std::uint16_t status() const noexcept { return kamusm_response_status(raw()); }
    octets body() const noexcept { return kamusm_response_body(raw()); }
    const kamusm_response *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_response, kamusm_response_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_REQUEST_HPP
