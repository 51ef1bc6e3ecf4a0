//! Why no certificate can sign: service, readers, cards, drivers and certificates, one finding each, with its remedy.
//! No finding holds a name, a number or a path of the person.

use std::path::PathBuf;

use kamusm_token::{
    backend::Signer,
    deadline::Deadline,
    discovery::{Discovery, Source},
    error::TokenError,
    identity::{Identity, Purpose},
    pkcs11::InitPolicy,
};

use crate::error::{Code, Error, Language};

/// What was looked at, in the order in which it must be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// The smart card service of the computer (feature `pcsc`).
    Service,
    /// The readers (feature `pcsc`).
    Readers,
    /// The cards in them.
    Cards,
    /// A driver.
    Driver,
    /// The certificates to sign with.
    Certificates,
}

/// What was found of one subject.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// What is wrong; its sentence says what to do. None if all is well.
    pub trouble: Option<Error>,
}

impl Subject {
    /// Its name in the language.
    pub const fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Service, Language::English) => "smart card service",
            (Self::Service, _) => "Akıllı kart hizmeti",
            (Self::Readers, Language::English) => "card reader",
            (Self::Readers, _) => "Kart okuyucu",
            (Self::Cards, Language::English) => "card",
            (Self::Cards, _) => "Kart",
            (Self::Driver, Language::English) => "card driver",
            (Self::Driver, _) => "Kart sürücüsü",
            (Self::Certificates, Language::English) => "certificate",
            (Self::Certificates, _) => "Sertifika",
        }
    }
}

impl Finding {
    fn of(subject: Subject, trouble: Option<Error>) -> Self {
        Self { subject, trouble }
    }
}

/// Looks at everything between the computer and a signature. Asks for no PIN and changes nothing.
///
/// `modules` are the drivers that the caller would use; without any they are discovered. What stands behind a trouble is
/// not looked at where it could only be wrong too.
pub fn diagnose(modules: &[PathBuf], within: Deadline) -> Vec<Finding> {
    let mut findings = Vec::new();
    let atrs = match seen_by_service(&mut findings) {
        Ok(atrs) => atrs,
        Err(Stop) => return findings,
    };
    let discovery = Discovery::run(modules, atrs.as_deref(), InitPolicy::Tolerant, within);
    for (candidate, error) in &discovery.refused {
        // What others have registered for other cards is their trouble, unless nothing else works.
        if candidate.source != Source::P11Kit || discovery.signers.is_empty() {
            findings.push(Finding::of(Subject::Driver, Some(Error::from_token(error))));
        }
    }
    if discovery.signers.is_empty() {
        return findings;
    }
    findings.push(Finding::of(Subject::Driver, None));
    let (mut identities, mut trouble) = (Vec::new(), None);
    for signer in &discovery.signers {
        match signer.identities(within) {
            Ok(seen) => identities.extend(seen),
            Err(error) => trouble = worse(trouble, error),
        }
    }
    findings.push(match (identities.is_empty(), trouble) {
        (true, Some(error)) => Finding::of(subject_of(&error), Some(Error::from_token(&error))),
        _ => Finding::of(Subject::Certificates, unusable(&identities)),
    });
    findings
}

/// Nothing more can be found out.
struct Stop;

/// The answers to reset of the cards that are in; none where nobody tells.
#[cfg(feature = "pcsc")]
fn seen_by_service(findings: &mut Vec<Finding>) -> Result<Option<Vec<Vec<u8>>>, Stop> {
    let readers = match kamusm_token::reader::readers() {
        Ok(readers) => readers,
        Err(error) => {
            let subject = subject_of(&error);
            if subject == Subject::Readers {
                findings.push(Finding::of(Subject::Service, None));
            }
            findings.push(Finding::of(subject, Some(Error::from_token(&error))));
            return Err(Stop);
        }
    };
    findings.push(Finding::of(Subject::Service, None));
    findings.push(Finding::of(Subject::Readers, None));
    let atrs: Vec<Vec<u8>> = readers.into_iter().filter_map(|reader| Some(reader.card?.atr)).collect();
    let trouble = atrs.is_empty().then(|| Error::from_token(&TokenError::NoToken));
    findings.push(Finding::of(Subject::Cards, trouble));
    if atrs.is_empty() { Err(Stop) } else { Ok(Some(atrs)) }
}

#[cfg(not(feature = "pcsc"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `pcsc` it can fail")]
fn seen_by_service(_: &mut Vec<Finding>) -> Result<Option<Vec<Vec<u8>>>, Stop> {
    Ok(None)
}

fn subject_of(error: &TokenError) -> Subject {
    match error {
        TokenError::ServiceDown | TokenError::ServiceDenied => Subject::Service,
        TokenError::NoReader => Subject::Readers,
        TokenError::NoToken | TokenError::UnsupportedToken { .. } => Subject::Cards,
        TokenError::NoSigningCertificate { .. } => Subject::Certificates,
        _ => Subject::Driver,
    }
}

/// A driver that sees no card says less than one that fails with it.
fn worse(before: Option<TokenError>, error: TokenError) -> Option<TokenError> {
    match before {
        Some(before) if matches!(error, TokenError::NoReader | TokenError::NoToken) => Some(before),
        _ => Some(error),
    }
}

/// Why none of them can sign; of several reasons that of a certificate that was made for it.
fn unusable(identities: &[Identity]) -> Option<Error> {
    if identities.iter().any(|identity| identity.usable.is_ok()) {
        return None;
    }
    let of_signing = identities.iter().find(|identity| identity.purpose == Purpose::Signing);
    let why = of_signing.and_then(|identity| identity.usable.as_ref().err());
    let none = || Error::new(Code::NoSigningCertificate, format!("none of {} can sign", identities.len()));
    Some(why.map_or_else(none, |why| Error::new(Code::from_unusable(why), why.to_string())))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_driver_that_is_not_there_is_found_with_its_remedy() {
        let soon = Deadline::after(Duration::from_secs(60));
        let found = diagnose(&[PathBuf::from("/nowhere/libakisp11.so")], soon);
        let codes: Vec<_> = found
            .iter()
            .filter(|finding| finding.subject == Subject::Driver)
            .filter_map(|finding| finding.trouble.as_ref().map(Error::code))
            .collect();
        // With the feature `pcsc` a computer without readers has nothing to ask a driver for.
        assert!(cfg!(feature = "pcsc") || codes.contains(&Code::ModuleNotFound), "{found:?}");
    }

    #[test]
    fn the_driver_that_fails_says_more_than_the_one_without_a_card() {
        let hung = TokenError::ModuleHung { function: "C_GetSlotInfo", after: Duration::ZERO };
        let kept = worse(Some(hung), TokenError::NoToken);
        assert!(matches!(kept, Some(TokenError::ModuleHung { .. })));
        assert!(matches!(worse(Some(TokenError::NoToken), TokenError::NoReader), Some(TokenError::NoToken)));
    }
}
