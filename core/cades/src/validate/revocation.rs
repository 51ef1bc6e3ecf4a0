//! Revocation data as values: which of them speak of a certificate, and which decides (EN 319 102-1 clauses 5.2.5 and
//! 5.2.6.4; RFC 5280 clause 6.3; RFC 6960).

use super::Policy;
use super::policy::RevocationPolicy;
use crate::asn1::UnixTime;
use crate::cms::{RevocationInfo, SignedData, oid};
use crate::x509::certificate::Certificate;
use crate::x509::crl::Crl;
use crate::x509::ocsp::{NO_NEXT_UPDATE_AGE_S, OcspResponse, OcspStatus};
use crate::x509::revocation::{CLOCK_SKEW_S, Revocation, RevocationReason};

/// One authenticated answer about one certificate of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// Which certificate of the path; 0 is the signer.
    pub depth: usize,
    /// Where the answer comes from.
    pub kind: EvidenceKind,
    /// When it was right.
    pub this_update: UnixTime,
    /// When a newer one comes.
    pub next_update: Option<UnixTime>,
    /// What it says: the revocation, or `None` for a certificate that is not revoked.
    pub revocation: Option<Revocation>,
}

/// A kind of revocation data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// A certificate revocation list.
    Crl,
    /// An OCSP response.
    Ocsp,
}

/// What is known at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Good,
    Revoked(Revocation),
    /// Suspended (askıda): it may become good again.
    OnHold,
    Unknown,
}

/// All revocation data at hand: given by the caller or found in the file. Each proves itself by its signature.
pub(super) struct Sources<'a> {
    policy: &'a RevocationPolicy,
    crls: Vec<Crl<&'a [u8]>>,
    responses: Vec<OcspResponse<'a>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(signed_data: &SignedData<'a>, policy: &'a Policy) -> Self {
        let policy = &policy.revocation;
        let mut crls: Vec<_> = policy.crls.iter().filter_map(|der| Crl::parse(der.as_slice()).ok()).collect();
        let mut responses: Vec<_> =
            policy.ocsp_responses.iter().filter_map(|der| OcspResponse::parse(der).ok()).collect();
        for info in signed_data.revocation_infos() {
            match info {
                RevocationInfo::Crl(der) => crls.extend(Crl::parse(*der)),
                RevocationInfo::Other { format, info, .. } if *format == oid::RI_OCSP_RESPONSE => {
                    responses.extend(OcspResponse::parse(info.raw));
                }
                RevocationInfo::Other { format, info, .. } if *format == oid::PKIX_OCSP_BASIC => {
                    responses.extend(OcspResponse::parse_basic(info.raw));
                }
                RevocationInfo::Other { .. } => {}
            }
        }
        Self { policy, crls, responses }
    }

    /// The status of a certificate at a time, and the answer that decided.
    pub(super) fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        at: UnixTime,
    ) -> (Status, Option<Evidence>) {
        let answers = self.answers(certificate, issuer, at);
        // A revocation is final: it counts in whichever answer it stands, however old that is.
        for answer in &answers {
            if let Some(revocation) = answer.revocation
                && revocation.at <= at
                && !is_hold(&revocation)
            {
                return (Status::Revoked(revocation), Some(*answer));
            }
        }
        let current = answers.into_iter().filter(|answer| self.is_current(answer, at));
        let Some(newest) = current.max_by_key(|answer| answer.this_update) else {
            return (Status::Unknown, None);
        };
        let status = match newest.revocation {
            Some(revocation) if revocation.at <= at => Status::OnHold,
            _ => Status::Good,
        };
        (status, Some(newest))
    }

    /// Every authenticated answer about the certificate.
    fn answers(&self, certificate: &Certificate, issuer: &Certificate, at: UnixTime) -> Vec<Evidence> {
        let mut answers = self.crl_answers(certificate, issuer);
        for response in &self.responses {
            let Ok(verified) = response.authenticate(certificate, issuer) else { continue };
            let revocation = match verified.status {
                OcspStatus::Good => None,
                OcspStatus::Revoked(revocation) => Some(revocation),
                _ => continue,
            };
            // A delegate may itself be revoked, unless its issuer vouches for it (RFC 6960 clause 4.2.2.2.1).
            if verified.delegated && !verified.no_check && self.is_listed(&verified.responder, issuer, at) {
                continue;
            }
            answers.push(Evidence {
                depth: 0,
                kind: EvidenceKind::Ocsp,
                this_update: verified.this_update,
                // Without one, an answer is good for a day.
                next_update: Some(
                    verified.next_update.unwrap_or(verified.this_update.saturating_add(NO_NEXT_UPDATE_AGE_S)),
                ),
                revocation,
            });
        }
        answers
    }

    fn crl_answers(&self, certificate: &Certificate, issuer: &Certificate) -> Vec<Evidence> {
        let evidence = |this_update, next_update, revocation| Evidence {
            depth: 0,
            kind: EvidenceKind::Crl,
            this_update,
            next_update,
            revocation,
        };
        let mut answers = Vec::new();
        for list in self.policy.lists.iter().filter(|list| list.is_of(issuer)) {
            let crl = list.crl().verified().crl();
            if let Ok(revocation) = list.crl().lookup(certificate) {
                answers.push(evidence(crl.this_update(), crl.next_update(), revocation));
            }
        }
        for crl in self.crls.iter().filter(|crl| crl.issuer() == certificate.issuer()) {
            let (this_update, next_update) = (crl.this_update(), crl.next_update());
            let Ok(verified) = crl.clone().authenticate(issuer) else { continue };
            if let Ok(revocation) = verified.lookup(certificate) {
                answers.push(evidence(this_update, next_update, revocation));
            }
        }
        answers
    }

    fn is_listed(&self, certificate: &Certificate, issuer: &Certificate, at: UnixTime) -> bool {
        let answers = self.crl_answers(certificate, issuer);
        answers.iter().any(|answer| answer.revocation.is_some_and(|revocation| revocation.at <= at))
    }

    /// Clause 5.2.5, and the times that the answer itself gives.
    fn is_current(&self, answer: &Evidence, at: UnixTime) -> bool {
        let is_young =
            self.policy.max_age_s.is_none_or(|limit| at.saturating_sub(answer.this_update) <= limit);
        is_young
            && answer.this_update <= at.saturating_add(CLOCK_SKEW_S)
            && answer.next_update.is_some_and(|next| next >= at)
    }
}

fn is_hold(revocation: &Revocation) -> bool {
    matches!(revocation.reason, Some(RevocationReason::CertificateHold | RevocationReason::RemoveFromCrl))
}
