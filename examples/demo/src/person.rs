//! The person of the demo: reads the texts, chooses the certificate, types the PIN.

use std::time::Duration;

use kamusm::{
    drive::Person,
    error::{Error, Language},
    session::{Answer, Requirements, SignRequest, Texts},
    token,
};
use kamusm_token::{
    backend::Signer,
    cancel::CancelToken,
    deadline::Deadline,
    identity::Identity,
    pin::{Pin, PinSource},
};

use crate::timeline::Timeline;

const LIST_TIME: Duration = Duration::from_secs(20);

pub(crate) struct DemoPerson<'a> {
    signer: &'a dyn Signer,
    pin: &'a [u8],
    language: Language,
    timeline: Timeline,
    chosen: Option<Identity>,
    texts: Vec<Vec<u8>>,
}

impl<'a> DemoPerson<'a> {
    pub(crate) fn new(
        signer: &'a dyn Signer,
        pin: &'a [u8],
        language: Language,
        timeline: &Timeline,
    ) -> Self {
        Self { signer, pin, language, timeline: *timeline, chosen: None, texts: Vec::new() }
    }

    /// The octets as they were shown.
    pub(crate) fn texts(&self) -> &[Vec<u8>] {
        &self.texts
    }
}

impl Person for DemoPerson<'_> {
    fn show(&mut self, texts: &Texts, _: &CancelToken) -> Result<Answer, Error> {
        let facts = texts.facts();
        self.timeline.tell(&format!(
            "{} · {} · {} · {} · kontrol sayısı {}",
            facts.service, facts.applicant_name, facts.applicant_tckn, facts.application, facts.match_code
        ));
        for text in texts.items() {
            println!("\n  {}", text.title);
            for line in String::from_utf8_lossy(&text.octets).lines() {
                println!("  | {line}");
            }
            self.texts.push(text.octets.clone());
        }
        println!();
        self.timeline.tell("the person read and accepts");
        Ok(texts.accept())
    }

    fn choose(&mut self, requirements: &Requirements, _: &CancelToken) -> Result<Answer, Error> {
        if let Some(refusal) = requirements.refusals().last() {
            return Ok(requirements.failed(refusal.error.clone()));
        }
        let identities = self.signer.identities(Deadline::after(LIST_TIME))?;
        let usable = identities.into_iter().find(|identity| identity.usable.is_ok());
        let Some(identity) = usable else {
            let error = Error::new(kamusm::Code::NoSigningCertificate, "no certificate can sign");
            println!("  {}", error.sentence(self.language));
            return Ok(requirements.failed(error));
        };
        self.timeline.tell(&format!("certificate chosen, key {:?}", identity.key));
        let answer = token::choose(requirements, &identity)?;
        self.chosen = Some(identity);
        Ok(answer)
    }

    fn sign(&mut self, request: &SignRequest, cancel: &CancelToken) -> Result<Answer, Error> {
        let Some(identity) = &self.chosen else {
            return Ok(request.cancelled());
        };
        let pin = PinSource::Pin(Pin::new(self.pin.to_vec()));
        let options = token::options(request, cancel);
        let answer = token::sign(request, self.signer, identity, pin, &options)?;
        self.timeline.tell(&format!("{} text(s) signed with one PIN entry", request.items().len()));
        Ok(answer)
    }
}
