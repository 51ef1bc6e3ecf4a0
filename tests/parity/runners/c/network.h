/* The configuration of a scenario, HTTP without the library, and the signing service that stands for somebody's HSM. */
#ifndef NETWORK_H
#define NETWORK_H

#include <kamusm.h>

#include "scenario.h"

kamusm_result config_of(const scenario *scenario, kamusm_config **config, kamusm_error **error);
/* The response, or NULL: nobody answered. */
kamusm_response *exchange(const kamusm_request *request);
/* What the signing service answers: the signature over these octets, in memory of this function. */
kamusm_bytes remote_signature(const char *address, kamusm_bytes to_be_signed);

#endif
