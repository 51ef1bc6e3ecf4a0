//! What happened to an order, as the page "Geçmiş" tells it.

use crate::clock::UnixMs;
use crate::domain::application::progress;
use crate::domain::application::read::own;
use crate::domain::problem::Problem;
use crate::domain::service::Service;
use crate::store::Connection;
use crate::store::applicant::Applicant;
use crate::store::event::{self, Event};

macro_rules! events {
    ($($name:ident $code:literal $text:literal)*) => {
        $(#[doc = $text] pub(crate) const $name: &str = $code;)*

        /// The sentence of a code, Turkish.
        pub(crate) fn text(code: &str) -> &'static str {
            match code {
                $($code => $text,)*
                _ => "",
            }
        }
    };
}

events! {
    PRE_APPLICATION "pre_application" "Ön başvuru oluşturuldu."
    FORM_SAVED "form_saved" "Başvuru formu kaydedildi."
    FORM_UPDATED "form_updated" "Başvuru formu güncellendi."
    APPROVAL_VOID "approval_void" "Form değiştiği için önceki onay geçersiz oldu; yeniden onay gerekir."
    SMS_SENT "sms_sent" "Cep telefonuna doğrulama SMS'i gönderildi."
    PHONE_VERIFIED "phone_verified" "Cep telefonu doğrulandı."
    COMMITMENT_READ "commitment_read" "Taahhütname sonuna kadar okundu."
    SIGN_CODE_ISSUED "sign_code_issued" "E-imza için doğrulama kodu verildi."
    APPROVED_BY_EONAY "approved_by_eonay" "Başvuru e-onay ile onaylandı."
    APPROVED_BY_EIMZA "approved_by_eimza" "Başvuru e-imza ile onaylandı."
    PAYMENT_RECEIVED "payment_received" "Ödeme alındı."
    PAYMENT_REFUNDED "payment_refunded" "Ödeme iade edildi."
    CANCELLED_BY_INSTITUTION "cancelled_by_institution" "Başvuru kurum talebiyle iptal edildi."
    CANCELLED_BY_PERSON "cancelled_by_person" "Başvuru kişi talebiyle iptal edildi."
    CANCELLED_BY_TIMEOUT "cancelled_by_timeout" "Başvuru zaman aşımı nedeniyle iptal edildi."
    IN_PRODUCTION "in_production" "Kart üretime alındı."
    SHIPPED "shipped" "Kart üretildi ve kargoya verildi."
    CERTIFICATES_REVOKED "certificates_revoked" "Aynı kurumdan alınmış önceki sertifikalar iptal edildi."
    DELIVERED "delivered" "Kart elden teslim edildi."
    ACTIVE "active" "Sertifika kullanıma açıldı."
}

/// Writes down that it happened.
pub(crate) async fn add(
    connection: &mut Connection,
    no: &str,
    code: &str,
    now: UnixMs,
) -> Result<(), Problem> {
    Ok(event::insert(connection, no, now, code).await?)
}

/// Whether the last approval was a signature.
pub(crate) async fn is_last_approval_by_eimza(
    connection: &mut Connection,
    no: &str,
) -> Result<bool, Problem> {
    let events = event::of_application(connection, no).await?;
    let mut codes = events.iter().map(|event| event.code.as_str());
    let last = codes.find(|code| [APPROVED_BY_EONAY, APPROVED_BY_EIMZA].contains(code));
    Ok(last == Some(APPROVED_BY_EIMZA))
}

/// What happened to the person's order, the latest first.
pub(crate) async fn all(service: &Service, person: &Applicant, no: &str) -> Result<Vec<Event>, Problem> {
    progress::settle(service).await?;
    let mut connection = service.store.read().await?;
    own(&mut connection, person, no).await?;
    Ok(event::of_application(&mut connection, no).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_a_sentence_and_others_none() {
        assert_eq!(text(PRE_APPLICATION), "Ön başvuru oluşturuldu.");
        assert_eq!(text("later"), "");
    }
}
