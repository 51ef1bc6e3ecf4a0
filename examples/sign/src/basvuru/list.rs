//! "Başvurularım".

use kamusm::{application::Application, error::Result};
use serde_json::{Value, json};

use super::desk::Desk;
use crate::{mask::mask, messages::Message, moment, screen::Screen};

pub(super) fn read(desk: &Desk<'_>) -> Result<Vec<Application>> {
    desk.perform(&Application::list(&desk.config, &desk.token))
}

pub(super) fn show(screen: &mut Screen<'_>, applications: &[Application]) {
    screen.heading(Message::ApplicationsHeading);
    if applications.is_empty() {
        screen.say(Message::NoApplications);
    }
    for application in applications {
        let (date, status) = (moment::day(&application.applied_on), &application.status);
        screen.line(&format!("{}  {date}  {} [{}]", application.no, status.title, status.action.title));
        screen.line(&format!("   {}; {}", mask(&application.institution), application.product));
    }
}

pub(super) fn described(applications: &[Application]) -> Value {
    json!({ "event": "applications", "items": applications.iter().map(one).collect::<Vec<_>>() })
}

/// An application as programs read it.
pub(super) fn one(application: &Application) -> Value {
    let status = &application.status;
    json!({
        "no": application.no,
        "applied_on": application.applied_on,
        "institution": application.institution,
        "product": application.product,
        "state": application.state.word(),
        "status": { "code": status.code.word(), "title": status.title, "action": status.action.code.word() },
        "form": application.form.word(),
        "payment": application.payment.word(),
        "production": application.production.state.word(),
    })
}
