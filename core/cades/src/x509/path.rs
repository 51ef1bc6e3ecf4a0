//! From a leaf to a trust anchor: building (RFC 4158) and the basic checks of RFC 5280 6.1.
//!
//! Not processed, and therefore refused where critical: name constraints, policy mappings and policy constraints.

mod check;

use der::asn1::ObjectIdentifier;

use super::certificate::{Certificate, CertificateError, NotIssued};
use crate::algorithm::SignatureError;
use crate::asn1::UnixTime;

/// Bounds on the search, so that a hostile pool of certificates stays cheap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathLimits {
    /// Certificates of one path, leaf and anchor counted.
    pub certificates: usize,
    /// Signatures that are verified until the search is given up.
    pub signatures: usize,
}

impl Default for PathLimits {
    fn default() -> Self {
        Self { certificates: 8, signatures: 64 }
    }
}

/// A path: the leaf first, the trust anchor last, each signed by the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    certificates: Vec<Certificate>,
}

/// Why there is no path. `depth` counts from the leaf, which is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// No certificate at hand has the name of the issuer and leads on to an anchor.
    #[error("no issuer is known for certificate {depth}")]
    NoIssuer {
        /// The certificate whose issuer is missing.
        depth: usize,
    },
    /// Certificates with the name of the issuer lead on to an anchor, none of them made the signature.
    #[error("signature of certificate {depth}: {reason}")]
    Signature {
        /// The certificate whose signature is wrong.
        depth: usize,
        /// What is wrong with it.
        reason: SignatureError,
    },
    /// Longer than [`PathLimits::certificates`].
    #[error("more than {limit} certificates")]
    TooLong {
        /// The limit that was in force.
        limit: usize,
    },
    /// More tries than [`PathLimits::signatures`].
    #[error("no path after {limit} signatures")]
    TooManyTries {
        /// The limit that was in force.
        limit: usize,
    },
    /// Not valid yet (6.1.3 a 2).
    #[error("certificate {depth} is not valid before {not_before}")]
    NotYetValid {
        /// The certificate.
        depth: usize,
        /// First second of validity, Unix time.
        not_before: UnixTime,
    },
    /// Not valid any more (6.1.3 a 2).
    #[error("certificate {depth} is not valid after {not_after}")]
    Expired {
        /// The certificate.
        depth: usize,
        /// Last second of validity, Unix time.
        not_after: UnixTime,
    },
    /// An issuer whose basicConstraints do not say that it is one (6.1.4 k).
    #[error("certificate {depth} is not that of an authority")]
    NotCa {
        /// The certificate.
        depth: usize,
    },
    /// An issuer whose keyUsage lacks keyCertSign (6.1.4 n).
    #[error("certificate {depth} may not sign certificates")]
    NoCertSign {
        /// The certificate.
        depth: usize,
    },
    /// More issuers follow than pathLenConstraint allows (6.1.4 l, m).
    #[error("certificate {depth} allows {limit} issuers under it")]
    PathLength {
        /// The certificate with the constraint.
        depth: usize,
        /// The constraint.
        limit: u8,
    },
    /// A critical extension that is not processed (6.1.4 o, 6.1.5 f).
    #[error("certificate {depth} has the critical extension {oid}")]
    UnknownCritical {
        /// The certificate.
        depth: usize,
        /// The extension.
        oid: ObjectIdentifier,
    },
    /// An extension that cannot be read.
    #[error("certificate {depth}: {reason}")]
    Unreadable {
        /// The certificate.
        depth: usize,
        /// What is wrong with it.
        reason: CertificateError,
    },
}

impl Path {
    /// Finds a path from `leaf` over `pool` to one of `anchors` that holds at this second. Where none does, the error
    /// is that of the first complete path; without a complete one, what the search missed.
    pub fn build(
        leaf: &Certificate,
        pool: &[Certificate],
        anchors: &[Certificate],
        at: UnixTime,
        limits: PathLimits,
    ) -> Result<Self, PathError> {
        Search::new(pool, anchors, Some(at), limits).run(leaf)
    }

    /// The same without looking at dates, for one who then asks [`Path::check_dates`] about several times.
    pub fn build_at_any_time(
        leaf: &Certificate,
        pool: &[Certificate],
        anchors: &[Certificate],
        limits: PathLimits,
    ) -> Result<Self, PathError> {
        Search::new(pool, anchors, None, limits).run(leaf)
    }

    /// Checks that each certificate of the path, the anchor too, is valid at this second.
    pub fn check_dates(&self, at: UnixTime) -> Result<(), PathError> {
        check::dates(&self.certificates, at)
    }

    /// All certificates, leaf first.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The leaf.
    pub fn leaf(&self) -> &Certificate {
        &self.certificates[0]
    }

    /// Who issued the leaf; `None` if the leaf is itself an anchor.
    pub fn issuer(&self) -> Option<&Certificate> {
        self.certificates.get(1)
    }

    /// The trust anchor.
    pub fn anchor(&self) -> &Certificate {
        self.certificates.last().expect("a path has a leaf")
    }
}

struct Search<'a> {
    pool: &'a [Certificate],
    anchors: &'a [Certificate],
    at: Option<UnixTime>,
    limits: PathLimits,
    signatures: usize,
    /// What was found wrong, the most telling so far.
    failure: Option<PathError>,
}

impl<'a> Search<'a> {
    fn new(
        pool: &'a [Certificate],
        anchors: &'a [Certificate],
        at: Option<UnixTime>,
        limits: PathLimits,
    ) -> Self {
        Self { pool, anchors, at, limits, signatures: 0, failure: None }
    }

    fn run(mut self, leaf: &Certificate) -> Result<Path, PathError> {
        let mut certificates = vec![leaf.clone()];
        if self.extend(&mut certificates)? {
            return Ok(Path { certificates });
        }
        Err(self.failure.unwrap_or(PathError::NoIssuer { depth: 0 }))
    }

    /// Tries to lead the path on to an anchor. `Err` ends the whole search.
    fn extend(&mut self, path: &mut Vec<Certificate>) -> Result<bool, PathError> {
        let depth = path.len() - 1;
        let last = path[depth].clone();
        if self.anchors.contains(&last) {
            return Ok(self.accept(path));
        }
        if path.len() >= self.limits.certificates {
            self.note(PathError::TooLong { limit: self.limits.certificates });
            return Ok(false);
        }
        let mut named = false;
        for (candidate, is_anchor) in self.candidates(&last) {
            if path.iter().any(|member| is_same_entity(member, candidate)) {
                continue;
            }
            if self.signatures == self.limits.signatures {
                return Err(PathError::TooManyTries { limit: self.limits.signatures });
            }
            self.signatures += 1;
            match last.is_issued_by(candidate) {
                Ok(()) => named = true,
                // Of interest only if it stands between the leaf and an anchor.
                Err(NotIssued::Signature(reason)) if is_anchor || self.leads_to_anchor(candidate) => {
                    named = true;
                    self.note(PathError::Signature { depth, reason });
                    continue;
                }
                Err(_) => continue,
            }
            path.push(candidate.clone());
            let found = if is_anchor { self.accept(path) } else { self.extend(path)? };
            if found {
                return Ok(true);
            }
            path.pop();
        }
        if !named {
            self.note(PathError::NoIssuer { depth });
        }
        Ok(false)
    }

    /// True if there is a way to an anchor by names alone (the prospective path of EN 319 102-1 clause 5.2.6.4).
    fn leads_to_anchor(&self, from: &Certificate) -> bool {
        let mut reached = vec![from];
        let mut step = 0;
        while let Some(certificate) = reached.get(step).filter(|_| step < self.limits.signatures) {
            let issuer = certificate.issuer();
            if self.anchors.iter().any(|anchor| anchor.subject() == issuer) {
                return true;
            }
            let next = self.pool.iter().filter(|member| member.subject() == issuer);
            let next: Vec<_> = next.filter(|member| !reached.contains(member)).collect();
            reached.extend(next);
            step += 1;
        }
        false
    }

    /// Certificates with the issuer's name: anchors before others, and those whose key identifier fits before others.
    fn candidates(&self, of: &Certificate) -> Vec<(&'a Certificate, bool)> {
        let anchors = self.anchors.iter().map(|anchor| (anchor, true));
        let pool = self.pool.iter().map(|member| (member, false));
        let issuer = of.issuer();
        let mut candidates: Vec<_> =
            anchors.chain(pool).filter(|(candidate, _)| candidate.subject() == issuer).collect();
        let wanted = of.authority_key_identifier();
        candidates.sort_by_key(|(candidate, is_anchor)| {
            let fits = wanted.is_none() || candidate.subject_key_identifier() == wanted;
            (!fits, !is_anchor)
        });
        candidates
    }

    fn accept(&mut self, path: &[Certificate]) -> bool {
        let checked = check::path(path).and_then(|()| match self.at {
            Some(at) => check::dates(path, at),
            None => Ok(()),
        });
        match checked {
            Ok(()) => true,
            Err(failure) => {
                self.note(failure);
                false
            }
        }
    }

    /// Keeps the more telling failure: of a complete path before a wrong signature before a missing issuer.
    fn note(&mut self, failure: PathError) {
        let rank = |failure: &PathError| match failure {
            PathError::NoIssuer { .. } => 0,
            PathError::TooLong { .. } => 1,
            PathError::Signature { .. } => 2,
            _ => 3,
        };
        if self.failure.as_ref().is_none_or(|kept| rank(kept) < rank(&failure)) {
            self.failure = Some(failure);
        }
    }
}

/// Same name and key: another certificate of one that the path already goes through leads only in circles.
fn is_same_entity(left: &Certificate, right: &Certificate) -> bool {
    left.spki_der() == right.spki_der() && left.subject() == right.subject()
}
