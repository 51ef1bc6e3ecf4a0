// Octets that somebody else owns.
#ifndef KAMUSM_OCTETS_HPP
#define KAMUSM_OCTETS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "../kamusm.h"

namespace kamusm {

class octets {
public:
    octets() noexcept : octets_{nullptr, 0} {}
    octets(const std::uint8_t *data, std::size_t size) noexcept : octets_{data, size} {}
    octets(kamusm_bytes octets) noexcept : octets_(octets) {}
    octets(std::string_view text) noexcept
        : octets_{reinterpret_cast<const std::uint8_t *>(text.data()), text.size()} {}
    octets(const std::vector<std::uint8_t> &octets) noexcept : octets_{octets.data(), octets.size()} {}

    const std::uint8_t *data() const noexcept { return octets_.data; }
    std::size_t size() const noexcept { return octets_.len; }
    bool empty() const noexcept { return octets_.len == 0; }
    const std::uint8_t *begin() const noexcept { return octets_.data; }
    const std::uint8_t *end() const noexcept { return octets_.data + octets_.len; }
    std::string_view text() const noexcept {
        return empty() ? std::string_view() : std::string_view(reinterpret_cast<const char *>(data()), size());
    }
    std::vector<std::uint8_t> copy() const { return {begin(), end()}; }
    kamusm_bytes raw() const noexcept { return octets_; }

private:
    kamusm_bytes octets_;
};

namespace detail {

inline std::vector<kamusm_bytes> raw(const std::vector<octets> &values) {
    std::vector<kamusm_bytes> list;
    for (const octets &value : values) list.push_back(value.raw());
    return list;
}

}  // namespace detail

}  // namespace kamusm

#endif  // KAMUSM_OCTETS_HPP
