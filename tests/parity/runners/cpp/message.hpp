// The messages of the calls as the traces show them: their members as the core names them, open enums as their words.
#ifndef PARITY_MESSAGE_HPP
#define PARITY_MESSAGE_HPP

#include "json.hpp"

namespace message {

json::object row(const kamusm::application_view &row);
std::string status(const kamusm::status &status);
std::string application(const kamusm::application_view &application);
std::string me(const kamusm::me &me);
std::string consent(const kamusm::consent_view &consent);
std::string identity_refresh(const kamusm::identity_refresh &refresh);
std::string choices(const kamusm::choices &choices);
std::string form(const kamusm::form &form);
std::string phone(const kamusm::phone_verification &phone);
std::string approval(const kamusm::approval &approval);
std::string result(const kamusm::application_result &result);
std::string sign_code(const kamusm::sign_code &code);
std::string payment(const kamusm::payment &payment);
std::string payment_intent(const kamusm::payment_intent &intent);
std::string events(const kamusm::events &events);
std::string evidence(const kamusm::evidence_list &list);
std::string pre_applications(const kamusm::pre_applications &rows);
std::string placed(const kamusm::placed &placed);
std::string of_staff(const kamusm::staff_application_view &one);
std::string field_errors(const kamusm::field_errors &errors);

}  // namespace message

#endif
