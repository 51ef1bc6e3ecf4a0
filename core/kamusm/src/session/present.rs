//! The steps that are shown to the person: the texts, the choice of a certificate, the signing.

use super::{
    Facts, Requirements, Session, SignRequest, Step, StepId, Text, Texts, internal, match_code::match_code,
};
use crate::error::Result;

impl Session {
    pub(super) fn show(&self, id: StepId) -> Result<Step> {
        let opened = self.opened()?;
        let body = &opened.body;
        let items = body.documents.iter().zip(&self.texts).map(|(document, octets)| Text {
            title: document.title.clone(),
            octets: octets.clone(),
            profile_checked: self.texts_checked,
        });
        let facts = Facts {
            service: body.service.name.clone(),
            origin: body.service.origin.clone(),
            sign_in: self.is_sign_in(),
            applicant_name: body.applicant.name.clone(),
            applicant_tckn: body.applicant.tckn.clone(),
            application: body.application.no.clone(),
            institution: body.application.institution.clone(),
            product: body.application.product.clone(),
            warnings: body.application.warnings.clone(),
            created_at: body.created_at.clone(),
            match_code: if self.is_sign_in() {
                String::new()
            } else {
                match_code(&body.id, self.texts.iter().map(Vec::as_slice))
            },
            deadline: opened.window_end.unwrap_or(opened.hard_end),
        };
        Ok(Step::Show(Texts { id, items: items.collect(), facts }))
    }

    pub(super) fn choose(&self, id: StepId) -> Result<Step> {
        let opened = self.opened()?;
        Ok(Step::Choose(Requirements {
            id,
            applicant_tckn: opened.body.applicant.tckn.clone(),
            refusals: self.refusals.clone(),
            deadline: opened.window_end.unwrap_or(opened.hard_end),
        }))
    }

    pub(super) fn sign(&self, id: StepId) -> Result<Step> {
        let opened = self.opened()?;
        let signing = self.signing.as_ref().ok_or_else(|| internal("no certificate is chosen"))?;
        let (signing_time_unix_s, items) =
            signing.current().ok_or_else(|| internal("nothing is prepared"))?;
        Ok(Step::Sign(SignRequest {
            id,
            certificate: signing.certificate.clone(),
            items,
            signing_time_unix_s,
            deadline: opened.window_end.unwrap_or(opened.hard_end),
            failure: self.failure.clone(),
        }))
    }
}
