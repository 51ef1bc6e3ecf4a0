//! "Cep telefonu doğrulama": a code by SMS, typed here.

use kamusm::{
    application::ApplicationNumber,
    error::{Code, Error},
    phone::PhoneVerification,
    sms_code::SmsCode,
    time::Now,
};

use super::{desk::Desk, trouble};
use crate::{
    countdown::Countdown,
    front::{Reply, Stop},
    line_entry::{Echo, Question},
    messages::Message,
    screen::Screen,
};

pub(super) fn walk(screen: &mut Screen<'_>, desk: &Desk<'_>, number: &ApplicationNumber) -> Reply<()> {
    let Desk { config, token, .. } = desk;
    screen.heading(Message::PhoneHeading);
    let sent = desk.perform(&PhoneVerification::start(config, token, number, &desk.key()?))?;
    screen.fill(Message::SmsSent, &[&sent.gsm]);
    let countdown = Countdown::new(Now::system().monotonic_ms + u64::from(sent.expires_in) * 1000);
    let mut left = sent.attempts_left;
    loop {
        screen.fill(Message::SmsTriesLeft, &[&left]);
        let code = ask(screen, countdown)?;
        let attempt = PhoneVerification::attempt(config, token, number, &sent.id, &code, &desk.key()?);
        match desk.perform(&attempt) {
            Ok(true) => {
                screen.say(Message::PhoneVerified);
                return Ok(());
            }
            Ok(false) => return Err(Error::new(Code::BadResponse, "neither verified nor refused").into()),
            Err(error) if error.code() == Code::SmsCodeWrong && error.attempts_left() != Some(0) => {
                trouble::tell(screen, &error);
                left = error.attempts_left().unwrap_or(left.saturating_sub(1));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Asks until it is a code; what is none uses no try.
fn ask(screen: &mut Screen<'_>, countdown: Countdown) -> Reply<SmsCode> {
    let prompt = screen.words().say(Message::SmsPrompt);
    let question = Question { prompt, echo: Echo::Hidden, countdown: Some(countdown), ends_in_time: true };
    loop {
        let typed = screen.ask(question).map_err(|stop| match stop {
            Stop::TimeOver => Error::new(Code::SmsCodeExpired, "the time of the code is over").into(),
            other => other,
        })?;
        match SmsCode::parse(std::str::from_utf8(typed.octets()).unwrap_or_default()) {
            Ok(code) => return Ok(code),
            Err(_) => screen.say(Message::SmsNoCode),
        }
    }
}
