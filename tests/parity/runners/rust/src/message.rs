//! The messages of the calls as the traces show them: the members of the core's structures, open enums as their words.

use kamusm::{
    application::Application,
    approval::Approval,
    error::Error,
    event::Event,
    evidence::Evidence,
    form::Form,
    institution::{Placed, Row, StaffApplication},
    payment::{Payment, PaymentIntent},
    person::{Consent, IdentityRefresh, Me},
    phone::PhoneVerification,
    reference::Choice,
    result::ApplicationResult,
    sign_code::{CodeSession, SignCode},
};
use serde_json::{Value, json};

use crate::{
    application::{block, row, status},
    error,
};

/// What the list shows of an application, and how far it is.
pub(crate) fn application(application: &Application) -> Value {
    let mut told = row(application);
    told["state"] = json!(application.state.word());
    told["form"] = json!(application.form.word());
    told["payment"] = json!(application.payment.word());
    let production = &application.production;
    told["production"] = json!({ "state": production.state.word(), "earliest_on": production.earliest_on });
    told["etag"] = json!(application.etag);
    told
}

pub(crate) fn me(me: &Me) -> Value {
    let institutions = me.institutions.iter().map(|one| json!({ "id": one.id, "name": one.name }));
    json!({
        "name": me.name,
        "tckn": me.tckn,
        "email": me.email,
        "gsm": me.gsm,
        "eonay_consent": consent(&me.eonay_consent),
        "has_valid_certificate": me.has_valid_certificate,
        "institutions": institutions.collect::<Vec<_>>(),
    })
}

pub(crate) fn consent(consent: &Consent) -> Value {
    json!({ "given": consent.given, "given_at": consent.given_at })
}

pub(crate) fn identity_refresh(refresh: &IdentityRefresh) -> Value {
    json!({ "name": refresh.name, "tckn": refresh.tckn, "changed": refresh.changed })
}

pub(crate) fn choices(choices: &[Choice]) -> Value {
    choices.iter().map(|choice| json!({ "code": choice.code, "title": choice.title })).collect()
}

pub(crate) fn form(form: &Form) -> Value {
    let sections = form.sections.iter().map(|section| {
        let fields = section.fields.iter().map(|field| {
            json!({
                "name": field.name,
                "label": field.label,
                "required": field.required,
                "kind": field.kind.word(),
                "options_list": field.options_list,
            })
        });
        json!({ "id": section.id, "title": section.title, "fields": fields.collect::<Vec<_>>() })
    });
    let values = form.values.iter().map(|(name, value)| (name.to_owned(), json!(value)));
    json!({
        "schema": form.schema,
        "sections": sections.collect::<Vec<_>>(),
        "values": values.collect::<serde_json::Map<_, _>>(),
        "locked": form.locked,
        "etag": form.etag,
    })
}

pub(crate) fn phone(phone: &PhoneVerification) -> Value {
    json!({
        "id": phone.id,
        "gsm": phone.gsm,
        "expires_in": phone.expires_in,
        "attempts_left": phone.attempts_left,
        "resend_in": phone.resend_in,
    })
}

pub(crate) fn approval(approval: &Approval) -> Value {
    let methods = approval.methods.iter().map(|method| {
        json!({
            "code": method.code.word(),
            "title": method.title,
            "available": method.available,
            "reason": method.reason.as_ref().map(|reason| reason.word()),
        })
    });
    let commitments = approval.commitments.iter().map(|commitment| {
        json!({
            "id": commitment.id,
            "title": commitment.title,
            "version": commitment.version,
            "digest": commitment.digest,
            "length": commitment.length,
        })
    });
    json!({
        "methods": methods.collect::<Vec<_>>(),
        "commitments": commitments.collect::<Vec<_>>(),
        "warnings": approval.warnings,
        "form_digest": approval.form_digest,
    })
}

pub(crate) fn result(result: &ApplicationResult) -> Value {
    json!({
        "state": result.state.word(),
        "title": result.title,
        "receipt": result.receipt,
        "status": status(&result.status),
    })
}

pub(crate) fn sign_code(code: &SignCode) -> Value {
    json!({
        "id": code.id,
        "state": code.state.word(),
        "code": code.code.as_ref().map(|code| code.written().to_string()),
        "created_at": code.created_at,
        "expires_in": code.expires_in,
        "second_redemptions": code.second_redemptions,
        "session": code.session.as_ref().map(code_session),
    })
}

fn code_session(session: &CodeSession) -> Value {
    json!({
        "state": session.state.word(),
        "match_code": session.match_code,
        "client": {
            "name": session.client.name,
            "version": session.client.version,
            "network": session.client.network,
            "is_other_network": session.client.is_other_network,
        },
        "created_at": session.created_at,
        "hard_expires_in": session.hard_expires_in,
    })
}

pub(crate) fn payment(payment: &Payment) -> Value {
    json!({
        "state": payment.state.word(),
        "payer": payment.payer.word(),
        "prepaid": payment.prepaid,
        "amount_kurus": payment.amount_kurus,
        "currency": payment.currency,
        "body": payment.body.iter().map(block).collect::<Vec<_>>(),
        "virtual_pos": payment.virtual_pos,
    })
}

pub(crate) fn payment_intent(intent: &PaymentIntent) -> Value {
    json!({ "id": intent.id, "address": intent.address, "expires_in": intent.expires_in })
}

pub(crate) fn events(events: &[Event]) -> Value {
    events.iter().map(|event| json!({ "at": event.at, "code": event.code, "text": event.text })).collect()
}

pub(crate) fn evidence(list: &[Evidence]) -> Value {
    let one = |one: &Evidence| {
        json!({
            "id": one.id,
            "session_id": one.session_id,
            "document_id": one.document_id,
            "media_type": one.media_type,
            "length": one.length,
            "digest": one.digest,
            "created_at": one.created_at,
        })
    };
    list.iter().map(one).collect()
}

pub(crate) fn csv_row(row: &Row) -> Value {
    let told = match &row.result {
        Ok(one) => json!({
            "tckn": one.tckn.to_string(),
            "name": one.name,
            "email": one.email.to_string(),
            "gsm": one.gsm.as_ref().map(ToString::to_string),
            "reason": one.reason.word(),
            "institution_change": one.institution_change,
            "payer": one.payer.as_ref().map(|payer| payer.word()),
            "prepaid": one.prepaid,
            "product": one.product,
        }),
        Err(why) => error::of_call(why),
    };
    json!({ "line": row.line, "result": told })
}

pub(crate) fn placed(placed: &Placed) -> Value {
    json!({
        "row": placed.row,
        "no": placed.result.as_ref().ok().map(|number| number.as_str()),
        "thrown": placed.result.as_ref().err().map(|why: &Error| error::of_call(why)),
    })
}

pub(crate) fn of_staff(one: &StaffApplication) -> Value {
    json!({
        "no": one.no,
        "name": one.name,
        "tckn": one.tckn,
        "applied_on": one.applied_on,
        "status": status(&one.status),
        "etag": one.etag,
    })
}
