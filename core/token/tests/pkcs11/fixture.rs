//! A card in a reader: SoftHSM with an NES on it, a spy in front of it, and a signer that uses the spy.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kamusm_cades::algorithm::SignatureAlgorithm;
use kamusm_test_ca::{Issued, LeafKey, LeafSpec, TestCa};
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};
use kamusm_test_spy::{Directive, Spy};
use kamusm_token::backend::{SignOptions, Signer, ToBeSigned};
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::identity::Identity;
use kamusm_token::pin::{Pin, PinSource};

use crate::backend;

pub(crate) const PIN: &str = "123456";
pub(crate) const TOKEN_LABEL: &str = "AKIS_4711";
pub(crate) const OBJECT_LABEL: &str = "10000000146NES0";

pub(crate) fn now() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since_1970.as_secs()).unwrap()
}

pub(crate) fn issue(spec: &LeafSpec) -> Issued {
    TestCa::new(now()).issue(spec)
}

/// A pair as cards of Kamu SM have it.
pub(crate) fn pair(leaf: &Issued) -> KeyPairSpec<'_> {
    KeyPairSpec {
        label: OBJECT_LABEL,
        private_key: Some(&leaf.private_key_pkcs8_der),
        certificate: Some(&leaf.certificate_der),
        ..KeyPairSpec::default()
    }
}

/// Long enough for a busy machine; nothing waits for it to pass.
pub(crate) fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(60))
}

/// For calls that hang: enough for a busy machine to get there, and waited out in full.
pub(crate) const SHORT: Duration = Duration::from_secs(1);

pub(crate) fn options() -> SignOptions {
    SignOptions::new(soon())
}

pub(crate) fn typed(pin: &str) -> PinSource {
    PinSource::Pin(Pin::new(pin.as_bytes().to_vec()))
}

pub(crate) fn items(count: usize, algorithm: SignatureAlgorithm) -> Vec<ToBeSigned> {
    (0..count)
        .map(|number| ToBeSigned { octets: format!("taahhütname {number}").into(), algorithm })
        .collect()
}

pub(crate) struct Card {
    pub(crate) spy: Spy,
    pub(crate) signer: Box<dyn Signer>,
}

impl Card {
    /// A card with one sound NES on P-256.
    pub(crate) fn with_nes(hsm: &SoftHsm) -> Self {
        Self::with_key(hsm, LeafKey::P256)
    }

    pub(crate) fn with_key(hsm: &SoftHsm, key: LeafKey) -> Self {
        Self::with(hsm, &[pair(&issue(&LeafSpec { key, ..LeafSpec::default() }))])
    }

    pub(crate) fn with(hsm: &SoftHsm, keys: &[KeyPairSpec<'_>]) -> Self {
        Self::behind(hsm, keys, &[])
    }

    /// With directives that the module already follows while it is loaded.
    pub(crate) fn behind(hsm: &SoftHsm, keys: &[KeyPairSpec<'_>], directives: &[Directive]) -> Self {
        hsm.provision(&TokenSpec { label: TOKEN_LABEL, pin: PIN, keys }).unwrap();
        let spy = Spy::place(&hsm.folder().join("spy"), &module().unwrap()).unwrap();
        spy.tell(directives);
        let signer = backend::open(spy.module(), soon()).unwrap();
        Self { spy, signer }
    }

    pub(crate) fn list(&self) -> Vec<Identity> {
        self.signer.identities(soon()).unwrap()
    }

    pub(crate) fn identity(&self) -> Identity {
        let mut identities = self.list();
        assert_eq!(identities.len(), 1);
        identities.remove(0)
    }

    /// Signs so many items as the identity's own key does.
    pub(crate) fn sign(
        &self,
        identity: &Identity,
        count: usize,
        pin: PinSource,
        options: &SignOptions,
    ) -> Result<Vec<Vec<u8>>, TokenError> {
        let algorithm = SignatureAlgorithm::for_key(identity.key.unwrap()).unwrap();
        self.signer.sign(&identity.id, &items(count, algorithm), pin, options)
    }

    /// The signatures are there, in order, and are those of the certificate.
    pub(crate) fn assert_signs(
        &self,
        identity: &Identity,
        count: usize,
        pin: PinSource,
        options: &SignOptions,
    ) {
        let signatures = self.sign(identity, count, pin, options).unwrap();
        assert_eq!(signatures.len(), count);
        let algorithm = SignatureAlgorithm::for_key(identity.key.unwrap()).unwrap();
        let key = identity.certificate.public_key().unwrap();
        for (item, signature) in items(count, algorithm).iter().zip(&signatures) {
            key.verify(algorithm.into(), &item.octets, signature).unwrap();
        }
    }

    pub(crate) fn logins(&self) -> usize {
        self.spy.count("C_Login")
    }

    /// Everything that was opened is closed, and nothing was finalised.
    pub(crate) fn assert_tidy(&self) {
        assert_eq!(self.spy.count("C_OpenSession"), self.spy.count("C_CloseSession"), "sessions");
        assert_eq!(self.spy.count("C_Finalize"), 0);
        assert!(!backend::STARTS_ONCE || self.spy.count("C_Initialize") == 1);
    }
}

pub(crate) fn returns(function: &str, rv: u64) -> Directive {
    Directive::Return { function: function.into(), rv, nth: None }
}

pub(crate) fn returns_once(function: &str, rv: u64, nth: usize) -> Directive {
    Directive::Return { function: function.into(), rv, nth: Some(nth) }
}
