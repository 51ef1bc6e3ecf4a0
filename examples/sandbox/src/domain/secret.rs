//! What the service keeps of its secrets: a pepper for codes, a key for tokens, a key that seals stored answers.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::code::VerificationCode;
use crate::domain::digest::sha256;
use crate::in_process;

const NONCE_OCTETS: usize = 12;

/// The keys of one service, each made from its master secret.
pub(crate) struct Keys {
    pepper: hmac::Key,
    token: hmac::Key,
    form: hmac::Key,
    seal: LessSafeKey,
}

impl Keys {
    pub(crate) fn new(master: &[u8; 32]) -> Self {
        let master = hmac::Key::new(hmac::HMAC_SHA256, master);
        let derive = |label: &str| hmac::sign(&master, label.as_bytes());
        let seal = derive("kamusm-sandbox seal");
        let seal = UnboundKey::new(&AES_256_GCM, seal.as_ref()).expect("an HMAC-SHA-256 value has 32 octets");
        Self {
            pepper: hmac::Key::new(hmac::HMAC_SHA256, derive("kamusm-sandbox pepper").as_ref()),
            token: hmac::Key::new(hmac::HMAC_SHA256, derive("kamusm-sandbox token").as_ref()),
            form: hmac::Key::new(hmac::HMAC_SHA256, derive("kamusm-sandbox form").as_ref()),
            seal: LessSafeKey::new(seal),
        }
    }

    /// What is stored of a code.
    pub(crate) fn code_hash(&self, code: &VerificationCode) -> Vec<u8> {
        hmac::sign(&self.pepper, code.symbols()).as_ref().to_vec()
    }

    /// What is stored of a request's body: it may hold a code, so a bare digest would not do.
    pub(crate) fn payload_hash(&self, payload: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.pepper);
        context.update(b"payload\0");
        context.update(payload);
        context.sign().as_ref().to_vec()
    }

    /// The bearer token of a session: a repeated redemption gives the same one.
    pub(crate) fn session_token(&self, session: &str, idempotency_key: &str) -> String {
        let mut context = hmac::Context::with_key(&self.token);
        context.update(session.as_bytes());
        context.update(&[0]);
        context.update(idempotency_key.as_bytes());
        URL_SAFE_NO_PAD.encode(context.sign().as_ref())
    }

    /// What each form of a browser session carries, so that no other site can make one.
    pub(crate) fn form_token(&self, session: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.form, session.as_bytes()).as_ref())
    }

    /// Encrypts what is stored for a while only.
    pub(crate) fn seal(&self, label: &str, octets: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_OCTETS] = random();
        let mut sealed = octets.to_vec();
        self.seal
            .seal_in_place_append_tag(Nonce::from(&nonce), Aad::from(label.as_bytes()), &mut sealed)
            .expect("a stored answer is far below the cipher's limit");
        [nonce.as_slice(), &sealed].concat()
    }

    /// `None` where the octets were not sealed by this service under this label.
    pub(crate) fn open(&self, label: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_OCTETS>()?;
        let mut octets = sealed.to_vec();
        let opened =
            self.seal.open_in_place(Nonce::from(nonce), Aad::from(label.as_bytes()), &mut octets).ok()?;
        Some(opened.to_vec())
    }
}

/// What is stored of a token of 256 random bits.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    sha256(token.as_bytes()).to_vec()
}

/// A fresh bearer token.
pub(crate) fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// A fresh identifier: 26 letters and digits, 130 bits.
pub(crate) fn random_id() -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    random::<26>().iter().map(|octet| char::from(LETTERS[usize::from(octet & 0x1F)])).collect()
}

/// Octets of the operating system's generator; in a simulation those of its seed.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    if !in_process::fill(&mut octets) {
        getrandom::fill(&mut octets).expect("the operating system gives random octets");
    }
    octets
}

/// Compares in constant time.
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    verify_slices_are_equal(left, right).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_its_session_and_key() {
        let keys = Keys::new(&[7; 32]);
        let token = keys.session_token("s", "k");
        assert_eq!(token, keys.session_token("s", "k"));
        assert_ne!(token, keys.session_token("s", "l"));
        assert_ne!(token, keys.session_token("t", "k"));
        assert_ne!(token, Keys::new(&[8; 32]).session_token("s", "k"));
    }

    #[test]
    fn what_is_sealed_opens_under_its_label_only() {
        let keys = Keys::new(&[7; 32]);
        let mut sealed = keys.seal("code", b"S123");
        assert_eq!(keys.open("code", &sealed).as_deref(), Some(b"S123".as_slice()));
        assert_eq!(keys.open("answer", &sealed), None);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(keys.open("code", &sealed), None);
        assert_eq!(keys.open("code", &[0; 5]), None);
    }
}
