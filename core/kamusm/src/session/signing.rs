//! The certificate, what was handed out to be signed with it, and the signatures that came back.

use kamusm_cades::{
    sign::{self, Profile},
    x509::certificate::Certificate,
};

use super::{answer::StepId, step::SignItem};
use crate::error::{Code, Error, Result};

/// No chain of the field is longer.
const MAX_CHAIN: usize = 8;

/// The chosen certificate with everything that was prepared and made for it.
pub(super) struct Signing {
    pub(super) certificate: Certificate,
    chain: Vec<Certificate>,
    attached: bool,
    preparations: Vec<Preparation>,
    /// Whether the journal knows the certificate.
    pub(super) is_journaled: bool,
    /// One CMS per text; a made one is never thrown away.
    pub(super) signatures: Vec<Option<Vec<u8>>>,
}

/// The values handed out by one Sign step. Older ones are kept: a late signature still counts.
struct Preparation {
    number: u64,
    signing_time_unix_s: i64,
    /// The text's index with what is to be signed for it.
    items: Vec<(usize, sign::ToBeSigned)>,
}

/// What became of the values of one answer.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) kept: usize,
    /// The first value that does not fit the certificate.
    pub(super) wrong: Option<Error>,
}

impl Signing {
    /// `given` and `intermediates` are where the certificates above the signer's are looked for.
    pub(super) fn new(
        der: &[u8],
        given: &[Vec<u8>],
        intermediates: &[Certificate],
        attached: bool,
        texts: usize,
    ) -> Result<Self> {
        let certificate = read(der)?;
        let mut pool = given.iter().map(|der| read(der)).collect::<Result<Vec<_>>>()?;
        pool.extend_from_slice(intermediates);
        let chain = chain_of(&certificate, &pool);
        Ok(Self { chain, attached, ..Self::of(certificate, vec![None; texts]) })
    }

    /// From a record: what was made before. What is missing needs the certificate to be chosen again.
    pub(super) fn restored(der: &[u8], signatures: Vec<Option<Vec<u8>>>) -> Result<Self> {
        Ok(Self::of(read(der)?, signatures))
    }

    fn of(certificate: Certificate, signatures: Vec<Option<Vec<u8>>>) -> Self {
        Self {
            certificate,
            chain: Vec::new(),
            attached: false,
            preparations: Vec::new(),
            is_journaled: false,
            signatures,
        }
    }

    /// Keeps what was made before with the same certificate.
    pub(super) fn keep(&mut self, before: Self) {
        if before.certificate == self.certificate && before.signatures.len() == self.signatures.len() {
            self.signatures = before.signatures;
        }
    }

    /// How many octets a signature of the text embeds.
    pub(super) fn embedded(&self, text: &[u8]) -> usize {
        let chain: usize = self.chain.iter().map(|certificate| certificate.der().len()).sum();
        chain + self.certificate.der().len() + if self.attached { text.len() } else { 0 }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.signatures.iter().all(Option::is_some)
    }

    /// Prepares the texts that have no signature yet, for the step with this number.
    pub(super) fn prepare(&mut self, number: u64, signing_time_unix_s: i64, texts: &[Vec<u8>]) -> Result<()> {
        let profile = Profile::new(self.attached, signing_time_unix_s);
        let missing = self.signatures.iter().enumerate().filter(|(_, made)| made.is_none());
        let items = missing
            .map(|(index, _)| {
                let prepared = sign::begin(&texts[index], &self.certificate, &self.chain, &profile);
                prepared.map(|prepared| (index, prepared)).map_err(|error| {
                    Error::new(Code::Algorithm, format!("the signature cannot be prepared: {error}"))
                })
            })
            .collect::<Result<_>>()?;
        self.preparations.push(Preparation { number, signing_time_unix_s, items });
        Ok(())
    }

    /// What the last preparation hands out.
    pub(super) fn current(&self) -> Option<(i64, Vec<SignItem>)> {
        let last = self.preparations.last()?;
        let items = last.items.iter().map(|(_, prepared)| SignItem {
            to_be_signed: prepared.signed_attributes().to_vec(),
            digest: prepared.digest().to_vec(),
            algorithm: prepared.algorithm(),
        });
        Some((last.signing_time_unix_s, items.collect()))
    }

    pub(super) fn has_handed_out(&self, id: StepId) -> bool {
        self.preparations.iter().any(|preparation| preparation.number == id.number)
    }

    /// Takes the values of a step, also of one that is long gone. Every right value is kept; an error means that
    /// none could be looked at.
    pub(super) fn take(&mut self, id: StepId, values: &[Option<Vec<u8>>]) -> Result<Taken> {
        let Some(preparation) = self.preparations.iter().find(|prepared| prepared.number == id.number) else {
            return Err(Error::new(Code::Stale, "no such values were handed out"));
        };
        if values.len() != preparation.items.len() {
            return Err(Error::new(Code::Range, "as many values as items are needed"));
        }
        let mut taken = Taken::default();
        for ((index, prepared), value) in preparation.items.iter().zip(values) {
            let (None, Some(value)) = (&self.signatures[*index], value) else { continue };
            match prepared.finish(value) {
                Ok(cms) => {
                    self.signatures[*index] = Some(cms);
                    taken.kept += 1;
                }
                Err(error) => {
                    let reason = format!("the value for text {} was refused: {error}", index + 1);
                    taken.wrong.get_or_insert(Error::new(Code::SelfCheck, reason));
                }
            }
        }
        Ok(taken)
    }
}

/// From the signer's issuer upwards, as far as the pool reaches; a root is left out (EN 319 122-1 6.3 b).
fn chain_of(leaf: &Certificate, pool: &[Certificate]) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    while chain.len() < MAX_CHAIN {
        let last = chain.last().unwrap_or(leaf);
        let issuer = pool.iter().find(|candidate| {
            !candidate.is_self_issued() && !chain.contains(candidate) && last.is_issued_by(candidate).is_ok()
        });
        match issuer {
            Some(issuer) => chain.push(issuer.clone()),
            None => break,
        }
    }
    chain
}

fn read(der: &[u8]) -> Result<Certificate> {
    Certificate::from_der(der).map_err(|error| {
        Error::new(Code::CertificateMalformed, format!("the certificate cannot be read: {error}"))
    })
}
