// How an object of kamusm.h is owned.
#ifndef KAMUSM_OWNER_HPP
#define KAMUSM_OWNER_HPP

#include <memory>
#include <string_view>

#include "../kamusm.h"

namespace kamusm {

namespace detail {

template <auto Free>
struct deleter {
    template <class T>
    void operator()(T *object) const noexcept {
        Free(object);
    }
};

template <class T, auto Free>
using owner = std::unique_ptr<T, deleter<Free>>;

// Whatever is absent is empty.
inline std::string_view view(const char *text) noexcept {
    return text != nullptr ? std::string_view(text) : std::string_view();
}

}  // namespace detail

}  // namespace kamusm

#endif  // KAMUSM_OWNER_HPP
