// libkamusm for C++17: owners, views and one exception over kamusm.h. Header only; docs/embedding.md shows the use.
//
// Owners are move-only and free their object; views (identity, error_view, octets, std::string_view) live as long as
// the object that lends them. Every call that can fail throws kamusm::error. Thread rules are those of kamusm.h.
#ifndef KAMUSM_HPP
#define KAMUSM_HPP

#include "kamusm.h"
#include "kamusm/application.hpp"
#include "kamusm/application_result.hpp"
#include "kamusm/approval.hpp"
#include "kamusm/cades.hpp"
#include "kamusm/call.hpp"
#include "kamusm/cancel.hpp"
#include "kamusm/choice.hpp"
#include "kamusm/config.hpp"
#include "kamusm/drive.hpp"
#include "kamusm/error.hpp"
#include "kamusm/event.hpp"
#include "kamusm/evidence.hpp"
#include "kamusm/follow.hpp"
#include "kamusm/form.hpp"
#include "kamusm/http.hpp"
#include "kamusm/identity.hpp"
#include "kamusm/institution.hpp"
#include "kamusm/journal.hpp"
#include "kamusm/octets.hpp"
#include "kamusm/payment.hpp"
#include "kamusm/person.hpp"
#include "kamusm/phone_verification.hpp"
#include "kamusm/request.hpp"
#include "kamusm/session.hpp"
#include "kamusm/sign_code.hpp"
#include "kamusm/sign_in.hpp"
#include "kamusm/step.hpp"
#include "kamusm/token.hpp"
#include "kamusm/verification_code.hpp"

#endif  // KAMUSM_HPP
