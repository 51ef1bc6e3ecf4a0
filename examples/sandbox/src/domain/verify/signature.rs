//! One CMS of a submission.

use kamusm_cades::cms::SignedData;
use kamusm_cades::validate::{Block, Blocks, Failure, Policy, Reason, SubIndication, Warning, validate};
use kamusm_cades::x509::certificate::Certificate;

use super::certificate::certificate;
use crate::clock::UnixMs;
use crate::domain::magic::Magic;
use crate::domain::problem::{Kind, Problem};
use crate::domain::service::Service;

/// What is asked about a signature.
pub(crate) struct Asked<'a> {
    pub(crate) cms: &'a [u8],
    /// The text as it was delivered.
    pub(crate) content: &'a [u8],
    pub(crate) document_id: &'a str,
    /// The hash of the certificate that passed before the PIN.
    pub(crate) bound_certificate: Option<&'a [u8]>,
    pub(crate) tckn: &'a str,
    /// The same certificate was good for another text of the same submission.
    pub(crate) is_certificate_known: bool,
    /// When it was received.
    pub(crate) at: UnixMs,
}

/// A good signature.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) certificate_hash: [u8; 32],
    pub(crate) signing_time_s: i64,
}

/// What the checks found.
pub(crate) enum Verdict {
    Good(Signed),
    Bad(Problem),
    /// Somebody who has to be asked does not answer.
    Later,
}

/// Judges one signature.
pub(crate) async fn signature(service: &Service, asked: &Asked<'_>) -> Verdict {
    let (signed, der) = match cms(service, asked) {
        Ok(found) => found,
        Err(problem) => return Verdict::Bad(problem.with("document_id", asked.document_id)),
    };
    match Magic::of(asked.tckn) {
        Some(Magic::ResponderAway) => return Verdict::Later,
        Some(Magic::Refused) => {
            let problem = Problem::new(Kind::SignatureInvalid).with("check", "signature");
            return Verdict::Bad(problem.with("document_id", asked.document_id));
        }
        _ => {}
    }
    if asked.is_certificate_known {
        return Verdict::Good(signed);
    }
    match certificate(service, &der, asked.tckn, asked.at).await {
        Ok(_) => Verdict::Good(signed),
        Err(problem) if problem.kind().status() >= 500 => Verdict::Later,
        Err(problem) => Verdict::Bad(problem.with("document_id", asked.document_id)),
    }
}

/// Whose signature this is over a text of ours; for the sign-in, where no certificate was checked before.
pub(crate) async fn signer(
    service: &Service,
    cms: &[u8],
    content: &[u8],
    at: UnixMs,
) -> Result<String, Problem> {
    let (_, der) = octets(service, cms, content, at)?;
    let tckn = Certificate::from_der(&der).ok().and_then(|certificate| certificate.tckn());
    let tckn = tckn.unwrap_or_default();
    certificate(service, &der, &tckn, at).await?;
    Ok(tckn)
}

/// Everything that the octets tell, by the certificate that was checked before the PIN.
fn cms(service: &Service, asked: &Asked<'_>) -> Result<(Signed, Vec<u8>), Problem> {
    let (signed, der) = octets(service, asked.cms, asked.content, asked.at)?;
    if asked.bound_certificate != Some(signed.certificate_hash.as_slice()) {
        return Err(Kind::CertificateNotChecked.into());
    }
    Ok((signed, der))
}

/// Everything that the octets alone tell; gives the signer's certificate for the rest.
fn octets(service: &Service, cms: &[u8], content: &[u8], at: UnixMs) -> Result<(Signed, Vec<u8>), Problem> {
    let invalid = |check: &str| Problem::new(Kind::SignatureInvalid).with("check", check);
    let violates = |attribute: &str| Problem::new(Kind::PolicyViolation).with("attribute", attribute);
    let signed_data = SignedData::parse(cms).map_err(|_| invalid("format"))?;
    match signed_data.content() {
        None => return Err(violates("content")),
        Some(signed) if signed != content => return Err(Kind::ContentMismatch.into()),
        Some(_) => {}
    }
    let policy = Policy::new(vec![service.pki.root.clone()], at.div_euclid(1000));
    let report = validate(cms, None, &policy);
    let [signature] = report.signatures.as_slice() else { return Err(violates("signer-infos")) };
    if let Some(failure) = own_failure(&signature.blocks) {
        return Err(told(failure));
    }
    if report.warnings.iter().any(|warning| matches!(warning, Warning::TrailingOctets { .. })) {
        return Err(violates("trailing-octets"));
    }
    if signature.claims.policy.is_some() {
        return Err(violates("signature-policy-identifier"));
    }
    let signing_time_s = signature.claims.signing_time.ok_or_else(|| violates("signing-time"))?;
    let signer = signature.signer.as_ref().ok_or_else(|| invalid("identification"))?;
    let certificate_hash = signer.fingerprint();
    Ok((Signed { certificate_hash, signing_time_s }, signer.der().to_vec()))
}

/// What the signature itself shows. The path and the person are judged by [`certificate`], as before the PIN.
fn own_failure(blocks: &Blocks) -> Option<&Failure> {
    [&blocks.format, &blocks.identification, &blocks.crypto, &blocks.acceptance]
        .into_iter()
        .find_map(Block::failure)
}

fn told(failure: &Failure) -> Problem {
    let invalid = |check: &str| Problem::new(Kind::SignatureInvalid).with("check", check);
    match (failure.sub_indication, &failure.reason) {
        (_, Reason::ContentDiffers) => Kind::ContentMismatch.into(),
        (SubIndication::FormatFailure, _) => invalid("format"),
        (SubIndication::HashFailure, _) => invalid("message-digest"),
        (SubIndication::NoSigningCertificateFound, _) => invalid("signing-certificate"),
        (SubIndication::SigConstraintsFailure, reason) => {
            Problem::new(Kind::PolicyViolation).with("attribute", attribute(reason))
        }
        (SubIndication::CryptoConstraintsFailureNoPoe, _) => {
            Problem::new(Kind::PolicyViolation).with("attribute", "algorithm")
        }
        _ => invalid("signature"),
    }
}

fn attribute(reason: &Reason) -> String {
    match reason {
        Reason::SigningTimeForm
        | Reason::SigningTimeOutsideCertificate { .. }
        | Reason::SigningTimeAhead { .. } => "signing-time".to_owned(),
        other => other.to_string(),
    }
}
