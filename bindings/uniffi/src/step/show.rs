//! The texts of a Show step, and what the person must know before accepting: who, what, where.

use std::sync::Arc;

use crate::{answer::Answer, clock::signed, error::Result};

/// Show its texts; the person accepts or declines.
#[derive(uniffi::Object)]
pub struct ShowStep(pub(crate) kamusm::session::Texts);

/// One text to sign.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Text {
    /// "İmzalanacak Metin 1:".
    pub title: String,
    /// The octets as received, UTF-8; these are shown and these are signed.
    pub octets: Vec<u8>,
    /// Whether the text follows the signed-text profile; false only where the configuration lets it through.
    pub profile_checked: bool,
}

/// Who signs what, where.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Facts {
    /// The service's name.
    pub service: String,
    /// The address of the portal.
    pub origin: String,
    /// The applicant's name, masked by the service.
    pub applicant_name: String,
    /// The applicant's TCKN, masked by the service.
    pub applicant_tckn: String,
    /// The application's number, such as `SD-13712`.
    pub application: String,
    /// The institution.
    pub institution: String,
    /// The product.
    pub product: String,
    /// Warnings of the service, such as `revokes_existing`.
    pub warnings: Vec<String>,
    /// Oluşturma Tarihi, RFC 3339.
    pub created_at: String,
    /// Kontrol sayısı, four digits. The portal shows the same: let the person compare.
    pub match_code: String,
    /// Whether the text is one to sign in with; who, what and the kontrol sayısı are empty then.
    pub sign_in: bool,
    /// When the window (Kalan Süre) is over, in milliseconds on the monotonic clock.
    pub deadline_ms: i64,
}

#[uniffi::export]
impl ShowStep {
    /// The texts, 1 to 10, in order.
    pub fn texts(&self) -> Result<Vec<Text>> {
        let texts = self.0.items().iter().map(|text| Text {
            title: text.title.clone(),
            octets: text.octets.clone(),
            profile_checked: text.profile_checked,
        });
        Ok(texts.collect())
    }

    /// Who, what, where.
    pub fn facts(&self) -> Result<Facts> {
        let facts = self.0.facts().clone();
        Ok(Facts {
            service: facts.service,
            origin: facts.origin,
            applicant_name: facts.applicant_name,
            applicant_tckn: facts.applicant_tckn,
            application: facts.application,
            institution: facts.institution,
            product: facts.product,
            warnings: facts.warnings,
            created_at: facts.created_at,
            match_code: facts.match_code,
            sign_in: facts.sign_in,
            deadline_ms: signed(facts.deadline),
        })
    }

    /// The person read and accepts all texts.
    pub fn accept(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.accept()))
    }

    /// The person does not accept.
    pub fn decline(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.decline()))
    }

    /// The person cancelled.
    pub fn cancelled(&self) -> Result<Arc<Answer>> {
        Ok(Answer::new(self.0.cancelled()))
    }
}
