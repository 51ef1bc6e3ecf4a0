//! "Onay": the taahhütname to its end, the tick, e-onay.

use kamusm::{
    application::ApplicationNumber,
    approval::{Approval, EOnay, Method, MethodCode, UnavailableReason},
    error::{Code, Error},
    result::ResultState,
};

use super::{blocks, desk::Desk};
use crate::{conversation::reading, ending::Ending, front::Reply, messages::Message, screen::Screen};

pub(super) fn walk(screen: &mut Screen<'_>, desk: &Desk<'_>, number: &ApplicationNumber) -> Reply<u8> {
    let Desk { config, token, .. } = desk;
    let approval = desk.perform(&Approval::read(config, token, number))?;
    let is_eonay = |method: &&Method| method.code == MethodCode::EOnay;
    let missing = || Error::new(Code::MethodNotAllowed, "the application cannot be approved by e-onay");
    may_be_used(approval.methods.iter().find(is_eonay).ok_or_else(missing)?)?;

    screen.heading(Message::TextsHeading);
    let mut view_ids = Vec::new();
    for commitment in &approval.commitments {
        let text = desk.perform(&commitment.content(config, token))?;
        reading::turn_pages(screen, &[(&commitment.title, &text)], None)?;
        view_ids.push(desk.perform(&commitment.view(config, token, number, true, &desk.key()?))?);
    }
    screen.heading(Message::ApprovalHeading);
    reading::warn(screen, &approval.warnings);
    if !screen.ask_yes_or_no(Message::ApprovePrompt, None, false)? {
        return Err(Error::new(Code::Declined, "the person did not tick the box").into());
    }
    let wish = EOnay { view_ids: &view_ids, form_digest: &approval.form_digest, accepted: true };
    let result = desk.perform(&Approval::approve(config, token, number, &wish, &desk.key()?))?;
    screen.heading(Message::OutcomeHeading);
    screen.line(&result.title);
    screen.fill(Message::StatusIs, &[&result.status.title]);
    blocks::show(screen, &result.status.body);
    Ok(match result.state {
        ResultState::Done => Ending::ACCEPTED,
        ResultState::Rejected => Ending::FAILED,
        _ => Ending::OPEN,
    })
}

/// What is not read yet is read now; anything else stands in the way.
fn may_be_used(method: &Method) -> Reply<()> {
    let code = match &method.reason {
        _ if method.available => return Ok(()),
        Some(UnavailableReason::NotRead) => return Ok(()),
        Some(UnavailableReason::NoPriorConsent) => Code::NoPriorConsent,
        Some(UnavailableReason::PhoneNotVerified) => Code::PhoneNotVerified,
        Some(UnavailableReason::WrongState) => Code::WrongState,
        _ => Code::MethodNotAllowed,
    };
    Err(Error::new(code, "e-onay is not available").into())
}
