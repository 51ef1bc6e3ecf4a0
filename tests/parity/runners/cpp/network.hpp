// HTTP without the library, and the signing service that stands for somebody's HSM.
#ifndef PARITY_NETWORK_HPP
#define PARITY_NETWORK_HPP

#include <kamusm.hpp>

#include <optional>
#include <string>

// The response; none if nobody answered.
std::optional<kamusm::response> exchange(kamusm::request request);
// What the signing service answers: the signature over these octets.
std::string remote_signature(const std::string &address, kamusm::octets to_be_signed);

#endif
