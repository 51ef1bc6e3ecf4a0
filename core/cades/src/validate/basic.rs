//! Validation of basic signatures (EN 319 102-1 clause 5.3): the blocks in their order, for each signer alone.

use super::format::{self, Content, Format, Signed};
use super::revocation::Sources;
use super::x509::Chain;
use super::{
    Block, Blocks, Claims, Failure, Level, Policy, Reason, Report, SignatureReport, SubIndication, Warning,
    acceptance, crypto, identification, x509,
};
use crate::algorithm::Digest;
use crate::attributes::{
    Attributes, CommitmentType, ContentHints, EssVersion, MimeType, SignaturePolicy, SignerLocation,
    SigningCertificate, oid,
};
use crate::cms::{SignedData, SignerInfo};
use crate::x509::certificate::Certificate;

/// Judges every signer of a CMS file. `detached` is the content if the file does not hold it; if it holds it too,
/// both must be equal.
pub fn validate(cms: &[u8], detached: Option<&[u8]>, policy: &Policy) -> Report {
    validate_content(cms, detached.map_or(Content::Missing, Content::Octets), policy)
}

/// As [`validate`], for content that was only hashed, for instance because it is too large to be held: one digest
/// per algorithm in [`SignedData::digest_algorithms`].
pub fn validate_digested(cms: &[u8], content_digests: &[Digest], policy: &Policy) -> Report {
    validate_content(cms, Content::Digests(content_digests), policy)
}

fn validate_content(cms: &[u8], given: Content<'_>, policy: &Policy) -> Report {
    let signed_data = match SignedData::parse_within(cms, &policy.limits) {
        Ok(signed_data) => signed_data,
        Err(error) => return refused(Failure::new(SubIndication::FormatFailure, error)),
    };
    if signed_data.signer_infos().is_empty() {
        return refused(Failure::new(SubIndication::FormatFailure, Reason::NoSigner));
    }
    let mut warnings = Vec::new();
    if !signed_data.trailing().is_empty() {
        warnings.push(Warning::TrailingOctets { octets: signed_data.trailing().len() });
    }
    let (certificates, unreadable) = read_certificates(&signed_data);
    if unreadable > 0 {
        warnings.push(Warning::UnreadableCertificates { count: unreadable });
    }
    let mut pool = certificates.clone();
    pool.extend_from_slice(&policy.intermediates);
    let context = Context { certificates, pool, sources: Sources::new(&signed_data, policy), policy };
    let attached = signed_data.content();
    let differs = attached.is_some_and(|attached| differs(attached, given));
    let signed = Signed::Content {
        content_type: signed_data.encapsulated().content_type,
        content: attached.map_or(given, Content::Octets),
    };
    let judge = |signer_info| {
        let mut report = context.judge(signer_info, signed, 0);
        if differs && report.blocks.format == Block::Passed {
            report.blocks.crypto =
                Block::Failed(Failure::new(SubIndication::HashFailure, Reason::ContentDiffers));
            report.failure = report.blocks.decide().cloned();
        }
        report
    };
    Report { signatures: signed_data.signer_infos().iter().map(judge).collect(), warnings }
}

fn differs(attached: &[u8], given: Content<'_>) -> bool {
    match given {
        Content::Missing => false,
        Content::Octets(octets) => attached != octets,
        Content::Digests(digests) => {
            digests.iter().any(|digest| digest.algorithm().digest(attached) != *digest)
        }
    }
}

fn refused(failure: Failure) -> Report {
    Report { signatures: vec![SignatureReport::failed(failure)], warnings: Vec::new() }
}

fn read_certificates(signed_data: &SignedData<'_>) -> (Vec<Certificate>, usize) {
    let mut certificates = Vec::with_capacity(signed_data.certificates().len());
    let mut unreadable = 0;
    for der in signed_data.x509_certificates() {
        match Certificate::from_der(der) {
            Ok(certificate) => certificates.push(certificate),
            Err(_) => unreadable += 1,
        }
    }
    (certificates, unreadable)
}

/// What all signers of one file share.
struct Context<'a> {
    /// Of the file.
    certificates: Vec<Certificate>,
    /// Of the file and of the policy, for building paths.
    pool: Vec<Certificate>,
    sources: Sources<'a>,
    policy: &'a Policy,
}

impl Context<'_> {
    fn judge(&self, signer_info: &SignerInfo<'_>, signed: Signed<'_>, depth: usize) -> SignatureReport {
        let format = match format::check(signer_info, signed) {
            Ok(format) => format,
            Err(failure) => return SignatureReport::failed(failure),
        };
        let content_type = match signed {
            Signed::Content { content_type, .. } => Some(content_type),
            Signed::Signature(_) => None,
        };
        let mut blocks = Blocks { format: Block::Passed, ..Blocks::default() };
        let signer = identification::check(signer_info, &format.attributes, &self.certificates);
        blocks.identification = Block::from(&signer);
        let mut algorithm = None;
        let mut chain = Chain::default();
        if let Ok(signer) = &signer {
            let verified = crypto::check(signer_info, &format, signed, signer);
            blocks.crypto = Block::from(&verified);
            let path;
            (chain, path) = x509::check(signer, &self.pool, &self.sources, self.policy);
            blocks.x509 = Block::from(&path);
            let weakness = verified.as_ref().ok().and_then(|verified| verified.weakness.clone());
            algorithm = verified.ok().and_then(|verified| verified.algorithm);
            blocks.acceptance = Block::from(&acceptance::check(&format, signer, weakness, self.policy));
        }
        let (countersignatures, are_unreadable) = self.countersignatures(signer_info, depth);
        let mut warnings = warnings(&format, content_type.is_some());
        if are_unreadable {
            warnings.push(Warning::UnreadableCountersignatures);
        }
        if chain.is_unchecked {
            warnings.push(Warning::RevocationUnknown);
        }
        SignatureReport {
            failure: blocks.decide().cloned(),
            blocks,
            level: Level::of(&format, content_type, signer.is_ok()),
            signer: signer.ok(),
            chain: chain.certificates,
            revocation: chain.evidence,
            algorithm,
            claims: claims(&format),
            countersignatures,
            warnings,
        }
    }

    /// Countersignatures of this signer (RFC 5652 clause 11.4), and whether some could not be read.
    fn countersignatures(&self, signer_info: &SignerInfo<'_>, depth: usize) -> (Vec<SignatureReport>, bool) {
        let Some(set) = &signer_info.unsigned_attributes else { return (Vec::new(), false) };
        let Ok(attributes) = Attributes::read(set) else { return (Vec::new(), true) };
        let mut reports = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.oid == oid::COUNTERSIGNATURE) {
            let mut values = attribute.values.reader();
            while !values.is_empty() {
                let value = values.any().and_then(|value| SignerInfo::from_tlv(&value, &self.policy.limits));
                let (Ok(countersigner), true) = (value, depth < COUNTERSIGNATURE_DEPTH) else {
                    return (reports, true);
                };
                if reports.len() == self.policy.limits.members {
                    return (reports, true);
                }
                reports.push(self.judge(
                    &countersigner,
                    Signed::Signature(&signer_info.signature),
                    depth + 1,
                ));
            }
        }
        (reports, false)
    }
}

fn claims(format: &Format<'_>) -> Claims {
    let attributes = &format.attributes;
    Claims {
        signing_time: format.signing_time.map(|claim| claim.unix),
        mime_type: MimeType::find(attributes).ok().flatten(),
        content_hints: ContentHints::find(attributes).ok().flatten(),
        commitments: CommitmentType::find_all(attributes).unwrap_or_default(),
        location: SignerLocation::find(attributes).ok().flatten(),
        policy: SignaturePolicy::find(attributes).ok().flatten(),
    }
}

fn warnings(format: &Format<'_>, has_content: bool) -> Vec<Warning> {
    let attributes = &format.attributes;
    let mut warnings = Vec::new();
    if !attributes.is_sorted() {
        warnings.push(Warning::UnsortedAttributes);
    }
    if let Ok(Some(reference)) = SigningCertificate::find(attributes) {
        if reference.version == EssVersion::V1 {
            warnings.push(Warning::SigningCertificateV1);
        }
        if reference.certificates.iter().any(|id| id.issuer_serial.is_some()) {
            warnings.push(Warning::IssuerSerial);
        }
    }
    match (MimeType::find(attributes), ContentHints::find(attributes)) {
        (Err(_), _) | (_, Err(_)) => warnings.push(Warning::UnreadableContentDescription),
        (Ok(None), Ok(None)) if has_content => warnings.push(Warning::ContentNotDescribed),
        _ => {}
    }
    if attributes.contains(&oid::SIGNATURE_POLICY) {
        warnings.push(Warning::PolicyNotProcessed);
    }
    warnings
}

/// Countersignatures of countersignatures; real files have one level.
const COUNTERSIGNATURE_DEPTH: usize = 4;
