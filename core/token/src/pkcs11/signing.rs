//! One signing job, from the search for the certificate to the logout. Nothing of it outlives the job.

use cryptoki_sys::{CKR_OPERATION_ACTIVE, CKR_OPERATION_NOT_INITIALIZED, CKR_USER_NOT_LOGGED_IN};
use kamusm_cades::algorithm::{KeyAlgorithm, SignatureAlgorithm};
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::nes;

use super::InitPolicy;
use super::certificate::{CertificateObject, certificates};
use super::fault::Fault;
use super::key::{self, KeyObject};
use super::login::{self, Entry};
use super::mechanism::{self, Way};
use super::module::Module;
use super::session::OneShot;
use super::slot::{TokenSlot, tokens};
use super::ticket::Watch;
use crate::backend::{SignOptions, ToBeSigned};
use crate::error::{LOGIN, TokenError};
use crate::identity::IdentityId;
use crate::pin::PinSource;

/// What is to be signed, with what, on whose word.
pub(super) struct Order {
    pub(super) id: IdentityId,
    pub(super) items: Vec<ToBeSigned>,
    pub(super) pin: PinSource,
    pub(super) options: SignOptions,
}

/// Signs every item or none.
pub(super) fn sign(
    module: &mut Module,
    policy: InitPolicy,
    order: Order,
    watch: &Watch,
) -> Result<Vec<Vec<u8>>, TokenError> {
    let tokens = tokens(module, policy, watch)?;
    let module: &Module = module;
    let (token, mut session, object) = find(module, &tokens, &order.id, watch)?;
    let result = sign_on(module, token, &mut session, &object, order, watch);
    if let Err(TokenError::TokenRemoved { .. } | TokenError::TokenReset { .. }) = result {
        session.stale = true;
    }
    result
}

/// The token and the certificate object that the identity names.
fn find<'m, 't>(
    module: &'m Module,
    tokens: &'t [TokenSlot],
    id: &IdentityId,
    watch: &Watch,
) -> Result<(&'t TokenSlot, OneShot<'m>, CertificateObject), TokenError> {
    for token in tokens.iter().filter(|token| token.facts.serial == id.serial()) {
        watch.check()?;
        let classify = |fault: Fault| fault.classify(module, token.slot, &token.facts.serial);
        let session = OneShot::open(module, token.slot).map_err(classify)?;
        let objects = certificates(&session).map_err(classify)?;
        if let Some(object) = objects.into_iter().find(|it| it.certificate.fingerprint() == *id.fingerprint())
        {
            return Ok((token, session, object));
        }
    }
    Err(TokenError::IdentityGone)
}

fn sign_on(
    module: &Module,
    token: &TokenSlot,
    session: &mut OneShot<'_>,
    object: &CertificateObject,
    order: Order,
    watch: &Watch,
) -> Result<Vec<Vec<u8>>, TokenError> {
    let certificate = &object.certificate;
    nes::check(certificate, order.options.moment()).map_err(|why| TokenError::CertificateUnusable { why })?;
    let Some(first) = order.items.first() else { return Ok(Vec::new()) };
    let algorithm = first.algorithm;
    let unsupported = |algorithm| TokenError::MechanismUnsupported { algorithm };
    let key_algorithm = certificate.key_algorithm().map_err(|_| unsupported(algorithm))?;
    let fits = |item: &&ToBeSigned| SignatureAlgorithm::for_key(key_algorithm).ok() != Some(item.algorithm);
    if let Some(item) = order.items.iter().find(fits) {
        return Err(unsupported(item.algorithm));
    }
    let entry = Entry::admit(order.pin, &token.facts, &order.options)?;

    login::login(module, session, token, &entry, &order.options, watch)?;
    watch.check()?;
    let keys = key::candidates(session, object, key_algorithm)
        .map_err(|fault| fault.classify(module, token.slot, &token.facts.serial))??;
    let mut bench = Bench {
        module,
        token,
        main: session,
        spare: None,
        entry,
        certificate,
        key_algorithm,
        ways: mechanism::ways(module, token.slot, algorithm),
        watch,
    };
    bench.sign_all(keys, &order.items)
}

/// Where the signatures are made: after login, with one or several keys that may be the right one.
struct Bench<'b, 'm> {
    module: &'m Module,
    token: &'b TokenSlot,
    /// Keeps the login; closed last.
    main: &'b OneShot<'m>,
    /// Takes over after a failure: a failed operation may stay active in its session for ever.
    spare: Option<OneShot<'m>>,
    entry: Entry,
    certificate: &'b Certificate,
    key_algorithm: KeyAlgorithm,
    ways: [Way; 2],
    watch: &'b Watch,
}

/// Why one attempt gave no signature.
enum Failure {
    /// Another key, mechanism or session may do.
    Fault(Fault),
    /// The PIN was given for this signature: another way or session would need it a second time.
    Confirmed(Fault),
    /// Nothing more may be tried.
    Final(TokenError),
}

impl<'m> Bench<'_, 'm> {
    fn sign_all(&mut self, keys: Vec<KeyObject>, items: &[ToBeSigned]) -> Result<Vec<Vec<u8>>, TokenError> {
        let Some((first, others)) = items.split_first() else { return Ok(Vec::new()) };
        let (mut key, signature) = self.prove(keys, first)?;
        let mut signatures = vec![signature];
        for item in others {
            let signature = self.sign_one(&mut key, item)?;
            signatures.push(self.verified(item, signature).ok_or(TokenError::SignatureInvalid)?);
        }
        Ok(signatures)
    }

    /// The key that belongs to the certificate, proven by its signature over the first item.
    fn prove(&mut self, keys: Vec<KeyObject>, item: &ToBeSigned) -> Result<(KeyObject, Vec<u8>), TokenError> {
        let candidates = keys.len();
        for mut key in keys {
            let signature = match self.sign_one(&mut key, item) {
                Ok(signature) => signature,
                // A key that cannot sign proves nothing while there are others.
                Err(error) if candidates > 1 && is_about_the_key(&error) => continue,
                Err(error) => return Err(error),
            };
            if let Some(signature) = self.verified(item, signature) {
                return Ok((key, signature));
            }
        }
        Err(if candidates > 1 {
            TokenError::KeyAmbiguous { candidates }
        } else {
            TokenError::SignatureInvalid
        })
    }

    fn verified(&self, item: &ToBeSigned, signature: Vec<u8>) -> Option<Vec<u8>> {
        let signature = mechanism::output(item.algorithm, self.key_algorithm, signature)?;
        let public = self.certificate.public_key().ok()?;
        public.verify(item.algorithm.into(), &item.octets, &signature).ok()?;
        Some(signature)
    }

    fn sign_one(&mut self, key: &mut KeyObject, item: &ToBeSigned) -> Result<Vec<u8>, TokenError> {
        let [likelier, other] = self.ways;
        match self.sign_with(key, item, likelier) {
            Err(Failure::Fault(fault)) if mechanism::is_refusal(fault) => {}
            answer => return self.settle(answer, item),
        }
        self.renew();
        match self.sign_with(key, item, other) {
            Err(Failure::Fault(fault)) if mechanism::is_refusal(fault) => {
                Err(TokenError::MechanismUnsupported { algorithm: item.algorithm })
            }
            answer => {
                self.ways = [other, likelier];
                self.settle(answer, item)
            }
        }
    }

    /// Tries once, and once more where a second try is known to help and costs no PIN try.
    fn sign_with(&mut self, key: &mut KeyObject, item: &ToBeSigned, way: Way) -> Result<Vec<u8>, Failure> {
        match self.attempt(key, item, way) {
            // The key asks each time but did not say so; the token checked no PIN for this answer.
            Err(Failure::Fault(fault)) if fault.is(CKR_USER_NOT_LOGGED_IN) && !key.always_authenticate => {
                key.always_authenticate = true;
            }
            Err(Failure::Fault(fault))
                if fault.is_one_of(&[CKR_OPERATION_ACTIVE, CKR_OPERATION_NOT_INITIALIZED])
                    && !key.always_authenticate => {}
            answer => return answer,
        }
        self.renew();
        self.attempt(key, item, way)
    }

    fn attempt(&self, key: &KeyObject, item: &ToBeSigned, way: Way) -> Result<Vec<u8>, Failure> {
        self.watch.check().map_err(Failure::Final)?;
        let session = self.spare.as_ref().unwrap_or(self.main);
        let mechanism = mechanism::mechanism(item.algorithm, way);
        self.module
            .call("C_SignInit", |_| session.session().sign_init(&mechanism, key.handle))
            .map_err(Failure::Fault)?;
        let sign = || self.module.sign(session.session(), &mechanism::input(item, way));
        if !key.always_authenticate {
            return sign().map_err(Failure::Fault);
        }
        self.watch.check().map_err(Failure::Final)?;
        login::confirm(self.module, session, self.token, &self.entry).map_err(Failure::Final)?;
        self.watch.check().map_err(Failure::Final)?;
        sign().map_err(Failure::Confirmed)
    }

    /// A fresh session beside the one that holds the login; a token that allows only one goes on with it.
    fn renew(&mut self) {
        self.spare = OneShot::open(self.module, self.token.slot).ok();
    }

    fn settle(&mut self, answer: Result<Vec<u8>, Failure>, item: &ToBeSigned) -> Result<Vec<u8>, TokenError> {
        let fault = match answer {
            Ok(signature) => return Ok(signature),
            Err(Failure::Final(error)) => return Err(error),
            Err(Failure::Confirmed(fault)) if mechanism::is_refusal(fault) => {
                return Err(TokenError::MechanismUnsupported { algorithm: item.algorithm });
            }
            Err(Failure::Fault(fault) | Failure::Confirmed(fault)) => fault,
        };
        let error = fault.classify(self.module, self.token.slot, &self.token.facts.serial);
        if let (TokenError::TokenRemoved { .. } | TokenError::TokenReset { .. }, Some(spare)) =
            (&error, &mut self.spare)
        {
            spare.stale = true;
        }
        Err(error)
    }
}

/// Whether another key may do where one failed so. Never after a login that failed: no PIN is used again.
fn is_about_the_key(error: &TokenError) -> bool {
    match error {
        TokenError::Other { function, .. } => *function != LOGIN,
        TokenError::MechanismUnsupported { .. } | TokenError::KeyNotPermitted => true,
        _ => false,
    }
}
