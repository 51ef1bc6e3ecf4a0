/* Writes the messages of the calls: their members as the core names them, open enums as their words. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <kamusm.h>

#include "json.h"

void write_row(json *out, const kamusm_application *row);
void write_status(json *out, const kamusm_status *status);
void write_payment_body(json *out, const kamusm_payment *payment);
void write_application(json *out, const kamusm_application *application);
void write_me(json *out, const kamusm_me *me);
void write_consent(json *out, const kamusm_consent *consent);
void write_identity_refresh(json *out, const kamusm_identity_refresh *refresh);
void write_choices(json *out, const kamusm_choices *choices);
void write_form(json *out, const kamusm_form *form);
void write_phone_verification(json *out, const kamusm_phone_verification *phone);
void write_approval(json *out, const kamusm_approval *approval);
void write_application_result(json *out, const kamusm_application_result *result);
void write_sign_code(json *out, const kamusm_sign_code *code);
void write_payment(json *out, const kamusm_payment *payment);
void write_payment_intent(json *out, const kamusm_payment_intent *intent);
void write_events(json *out, const kamusm_events *events);
void write_evidence_list(json *out, const kamusm_evidence_list *list);
void write_staff_application(json *out, const kamusm_staff_application *one);
void write_staff_applications(json *out, const kamusm_staff_applications *list);
void write_pre_applications(json *out, const kamusm_pre_applications *rows);
void write_placed(json *out, const kamusm_placed *placed);
void write_field_errors(json *out, const kamusm_field_errors *errors);

#endif
