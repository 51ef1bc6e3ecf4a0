// The one object that may be used concurrently with everything.
#ifndef KAMUSM_CANCEL_HPP
#define KAMUSM_CANCEL_HPP

#include "owner.hpp"

namespace kamusm {

class cancel {
public:
    cancel() : object_(kamusm_cancel_new()) {}

    void now() const noexcept { kamusm_cancel_now(raw()); }
    bool is_cancelled() const noexcept { return kamusm_cancel_is_cancelled(raw()); }
    const kamusm_cancel *raw() const noexcept { return object_.get(); }

private:
    detail::owner<kamusm_cancel, kamusm_cancel_free> object_;
};

}  // namespace kamusm

#endif  // KAMUSM_CANCEL_HPP
