// JSON values as text: what is absent is null.
#ifndef PARITY_JSON_HPP
#define PARITY_JSON_HPP

#include <kamusm.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace json {

inline const std::string null = "null";

inline std::string text(std::string_view value) {
    std::string out = "\"";
    for (char letter : value) {
        char escape[8];
        if (static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\') {
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(letter));
            out += escape;
        } else {
            out += letter;
        }
    }
    return out + "\"";
}

// Where the empty text stands for none.
inline std::string text_or_null(std::string_view value) {
    return value.empty() ? null : text(value);
}

inline std::string hex(kamusm::octets octets) {
    static const char digits[] = "0123456789abcdef";
    std::string out;
    for (std::uint8_t octet : octets) {
        out += digits[octet >> 4];
        out += digits[octet & 15];
    }
    return out;
}

inline std::string octets(kamusm::octets octets) {
    return octets.data() == nullptr ? null : text(hex(octets));
}

template <class Number, class = std::enable_if_t<std::is_integral_v<Number>>>
std::string value(Number number) {
    if constexpr (std::is_same_v<Number, bool>) return number ? "true" : "false";
    else return std::to_string(number);
}

template <class Number>
std::string value(const std::optional<Number> &number) {
    return number ? value(*number) : null;
}

// Members in their order, each written already.
class object {
public:
    object &with(std::string_view key, const std::string &value) {
        members_ += (members_.empty() ? "" : ",") + text(key) + ":" + value;
        return *this;
    }
    // The members of another one.
    object &and_all(const object &other) {
        members_ += (members_.empty() || other.members_.empty() ? "" : ",") + other.members_;
        return *this;
    }
    std::string str() const { return "{" + members_ + "}"; }

private:
    std::string members_;
};

// An item for each number below the count.
template <class Item>
std::string list(std::size_t count, Item item) {
    std::string out = "[";
    for (std::size_t i = 0; i < count; i++) out += (i == 0 ? "" : ",") + item(i);
    return out + "]";
}

inline std::string list(const std::vector<std::string> &items) {
    return list(items.size(), [&](std::size_t i) { return items[i]; });
}

inline object error_members(kamusm::error_view error) {
    return object()
        .with("code", value(static_cast<int>(error.code())))
        .with("category", value(static_cast<int>(error.category())))
        .with("retryable", value(error.is_retryable()))
        .with("http_status", error.http_status() != 0 ? value(error.http_status()) : null)
        .with("problem", text_or_null(error.problem()))
        .with("retry_after_s", error.retry_after_s() >= 0 ? value(error.retry_after_s()) : null)
        .with("ck_rv", value(error.ck_rv()))
        .with("pin_tries_left", error.pin_tries_left() >= 0 ? value(error.pin_tries_left()) : null)
        .with("used_pin_try", value(error.used_pin_try()))
        .with("tr", text(error.text("tr")))
        .with("en", text(error.text("en")));
}

inline std::string error(kamusm::error_view error) {
    return error ? error_members(error).str() : null;
}

// The same of a single call: with fields, tries, and who else is to blame.
inline std::string call_error(kamusm::error_view error) {
    if (!error) return null;
    auto field = [&](std::size_t i) {
        return object().with("pointer", text(error.field_pointer(i))).with("code", text(error.field_word(i))).str();
    };
    return error_members(error)
        .with("fields", list(error.field_count(), field))
        .with("attempts_left", error.attempts_left() >= 0 ? value(error.attempts_left()) : null)
        .with("upstream", text_or_null(error.upstream()))
        .str();
}

// `{field: value or null, "thrown": error or null}`.
template <class Value>
object told(std::string_view field, Value value) {
    try {
        return object().with(field, value()).with("thrown", null);
    } catch (const kamusm::error &thrown) {
        return object().with(field, null).with("thrown", error(thrown));
    }
}

}  // namespace json

#endif
