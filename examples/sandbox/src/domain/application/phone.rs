//! The SMS code for the mobile telephone of the form (TAL.01.16, Şekil 4). All times are the service's.

use crate::clock::UnixMs;
use crate::domain::application::machine::Event;
use crate::domain::application::read::own;
use crate::domain::application::{change, events, form, progress};
use crate::domain::outbox;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::{random, random_id, same};
use crate::domain::service::Service;
use crate::domain::time::seconds_left;
use crate::store::applicant::Applicant;
use crate::store::phone_verification::{self, PhoneVerification};

/// How long a code is good.
pub(crate) const LIFETIME_S: u32 = 180;
/// How long a new one has to wait for.
pub(crate) const RESEND_S: u32 = 60;
const ATTEMPTS: i64 = 3;
const PER_HOUR: usize = 5;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Sends a code; the ones before it are over.
pub(crate) async fn send(
    service: &Service,
    person: &Applicant,
    no: &str,
) -> Result<PhoneVerification, Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let application = own(&mut transaction, person, no).await?;
    change::check(&application, Event::VerifyPhone)?;
    let gsm = form::gsm_of(&application)?.ok_or_else(|| wrong_state(&application.state))?;
    let sent = phone_verification::since(&mut transaction, no, now - HOUR_MS).await?;
    limit(&sent.iter().map(|sent| sent.sent_at).collect::<Vec<_>>(), now)?;
    let code = format!("{:06}", u32::from_le_bytes(random()) % 1_000_000);
    let id = random_id();
    let text =
        format!("Kamu SM deneme: {no} başvurusu için doğrulama kodunuz {code}. Kodu kimseyle paylaşmayın.");
    outbox::sms(service, &mut transaction, &gsm, &text).await?;
    let verification = PhoneVerification {
        code_hash: hash(service, &id, &code),
        id,
        application_no: no.to_owned(),
        gsm,
        sent_at: now,
        attempts_left: ATTEMPTS,
    };
    phone_verification::insert(&mut transaction, &verification).await?;
    events::add(&mut transaction, no, events::SMS_SENT, now).await?;
    transaction.commit().await?;
    service.changed();
    Ok(verification)
}

/// A minute between two codes, so many an hour; the times of the last hour, the latest first.
fn limit(sent: &[UnixMs], now: UnixMs) -> Result<(), Problem> {
    let refuse = |until: UnixMs| Err(Problem::new(Kind::SmsLimit).after(seconds_left(until, now)));
    match (sent.get(PER_HOUR - 1), sent.first()) {
        (Some(fifth), _) => refuse(fifth + HOUR_MS),
        (None, Some(last)) if now < last + i64::from(RESEND_S) * 1000 => {
            refuse(last + i64::from(RESEND_S) * 1000)
        }
        _ => Ok(()),
    }
}

fn hash(service: &Service, id: &str, code: &str) -> Vec<u8> {
    service.keys.payload_hash(format!("sms\0{id}\0{code}").as_bytes())
}

fn wrong_state(state: &str) -> Problem {
    Problem::new(Kind::WrongState).with("state", state)
}

/// A code that was sent for the person's order; not the code itself, which is not kept.
pub(crate) async fn read(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
) -> Result<PhoneVerification, Problem> {
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    let verification = phone_verification::get(&mut connection, id).await?;
    verification.filter(|verification| verification.application_no == no).ok_or_else(|| Kind::NotFound.into())
}

/// Tries a code. A wrong one counts even though it is refused.
pub(crate) async fn attempt(
    service: &Service,
    person: &Applicant,
    no: &str,
    id: &str,
    code: &str,
) -> Result<(), Problem> {
    progress::settle(service).await?;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let mut application = own(&mut transaction, person, no).await?;
    let verification = phone_verification::get(&mut transaction, id).await?;
    let verification = verification.filter(|verification| verification.application_no == no);
    let verification = verification.ok_or(Kind::NotFound)?;
    change::check(&application, Event::VerifyPhone)?;
    let newer = phone_verification::since(&mut transaction, no, verification.sent_at).await?;
    let is_of_form = form::gsm_of(&application)?.as_deref() == Some(verification.gsm.as_str());
    let is_over = now >= verification.sent_at + i64::from(LIFETIME_S) * 1000;
    if is_over || !newer.is_empty() || !is_of_form {
        return Err(Kind::SmsCodeExpired.into());
    }
    if verification.attempts_left <= 0 {
        return Err(Kind::SmsAttemptsExhausted.into());
    }
    if !same(&hash(service, id, code.trim()), &verification.code_hash) {
        phone_verification::use_attempt(&mut transaction, id).await?;
        transaction.commit().await?;
        return Err(Problem::new(Kind::SmsCodeWrong).with("attempts_left", verification.attempts_left - 1));
    }
    change::apply(&mut transaction, &mut application, Event::VerifyPhone, now).await?;
    application.verified_gsm = Some(verification.gsm);
    events::add(&mut transaction, no, events::PHONE_VERIFIED, now).await?;
    change::write(&mut transaction, &application).await?;
    transaction.commit().await?;
    service.changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_between_two_and_five_an_hour() {
        let wait = |sent: &[UnixMs], now| limit(sent, now).map_err(|problem| problem.retry_after_s());
        assert_eq!(wait(&[], 0), Ok(()));
        assert_eq!(wait(&[0], 59_001), Err(Some(1)));
        assert_eq!(wait(&[0], 60_000), Ok(()));
        let five = [400_000, 300_000, 200_000, 100_000, 0];
        assert_eq!(wait(&five, 600_000), Err(Some(3_000)));
        assert_eq!(wait(&five[..4], 600_000), Ok(()));
    }
}
