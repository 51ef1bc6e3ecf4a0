//! Sign-in: what both ways lead to, and the way by e-Devlet (OAuth 2.0 code with PKCE: RFC 6749, 7636, 8252).
//!
//! The way by e-imza is a session: [`crate::Session::sign_in`].

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL};
use kamusm_cades::algorithm::DigestAlgorithm;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    application::PersonToken,
    call::Call,
    config::Config,
    error::{Code, Error, Result},
    protocol::{
        dialect::{Ask, Operation},
        wire,
    },
};

/// A person who signed in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// What the person's calls are made with.
    pub token: PersonToken,
    /// Seconds for which it is good.
    pub expires_in_s: u64,
    /// The masked name.
    pub name: String,
    /// The masked TCKN.
    pub tckn: String,
}

/// Tokens are not compared.
impl PartialEq for SignedIn {
    fn eq(&self, other: &Self) -> bool {
        (self.expires_in_s, &self.name, &self.tckn) == (other.expires_in_s, &other.name, &other.tckn)
    }
}

impl<'de> Deserialize<'de> for SignedIn {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Message {
            access_token: String,
            token_type: String,
            expires_in: u64,
            person: Person,
        }
        #[derive(Deserialize)]
        struct Person {
            name: String,
            tckn: String,
        }
        let message = Message::deserialize(deserializer)?;
        if !message.token_type.eq_ignore_ascii_case("bearer") {
            return Err(serde::de::Error::custom("the token is no bearer token"));
        }
        Ok(Self {
            token: PersonToken::parse(&Zeroizing::new(message.access_token))
                .map_err(serde::de::Error::custom)?,
            expires_in_s: message.expires_in,
            name: message.person.name,
            tckn: message.person.tckn,
        })
    }
}

/// One sign-in by e-Devlet: open [`EDevlet::address`] in the person's browser, give the address that it comes back to
/// to [`EDevlet::returned`].
pub struct EDevlet {
    config: Config,
    client_id: String,
    redirect_uri: Url,
    state: Zeroizing<String>,
    verifier: Zeroizing<String>,
    address: String,
}

impl EDevlet {
    /// Begins a sign-in for the client with this id, whose registered address is `redirect_uri` (a loopback address or
    /// a scheme of the program's own, RFC 8252 7). The entropy makes state and verifier; it must be fresh and secret.
    pub fn new(config: &Config, client_id: &str, redirect_uri: &str, entropy: [u8; 32]) -> Result<Self> {
        let entropy = Zeroizing::new(entropy);
        let wrong = |reason| Error::new(Code::Range, reason);
        if client_id.is_empty() || client_id.len() > 128 || !client_id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(wrong("a client's id is 1 to 128 visible ASCII characters"));
        }
        let parsed = Url::parse(redirect_uri).map_err(|_| wrong("the address to return to is no URL"))?;
        if parsed.query().is_some() || parsed.fragment().is_some() {
            return Err(wrong("the address to return to has a query or a fragment"));
        }
        let (state, verifier) = (derived(&entropy, "state"), derived(&entropy, "verifier"));
        let message = Authorization {
            response_type: "code",
            client_id,
            redirect_uri,
            scope: "openid",
            state: &state,
            code_challenge: &BASE64_URL.encode(DigestAlgorithm::Sha256.digest(verifier.as_bytes())),
            code_challenge_method: "S256",
        };
        let request = wire::request(config, &Ask::new(Operation::Authorize, &[]).message(&message));
        Ok(Self {
            config: config.clone(),
            client_id: client_id.to_owned(),
            redirect_uri: parsed,
            address: request.url,
            state,
            verifier,
        })
    }

    /// The page to open in the person's browser.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether this address is the one that the browser comes back to.
    pub fn is_return(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|mut url| {
            url.set_query(None);
            url.set_fragment(None);
            url == self.redirect_uri
        })
    }

    /// Takes the address that the browser came back to; its code is good once. The person who cancelled is
    /// [`Code::Cancelled`], another refusal [`Code::Forbidden`]; an address with another state was made by somebody
    /// else and is refused ([`Code::Forbidden`]).
    pub fn returned(&self, address: &str) -> Result<Call<SignedIn>> {
        if address.len() > 8 * 1024 || !self.is_return(address) {
            return Err(Error::new(Code::Range, "this is not the address to return to"));
        }
        let url = Url::parse(address).map_err(|_| Error::new(Code::Range, "the address is no URL"))?;
        let state = only(&url, "state")?;
        if state.as_ref() != Some(&self.state) {
            return Err(Error::new(Code::Forbidden, "the state is not the one of this sign-in"));
        }
        if let Some(error) = only(&url, "error")? {
            let code = if error.as_str() == "access_denied" { Code::Cancelled } else { Code::Forbidden };
            return Err(Error::new(code, "e-Devlet came back without a sign-in"));
        }
        let code = only(&url, "code")?.filter(|code| !code.is_empty() && code.len() <= 1024);
        let code = code.ok_or_else(|| Error::new(Code::Range, "the address has no code"))?;
        let message = Exchange {
            grant_type: "authorization_code",
            code: &code,
            redirect_uri: self.redirect_uri.as_str(),
            client_id: &self.client_id,
            code_verifier: &self.verifier,
        };
        Ok(Call::json(&self.config, &Ask::new(Operation::ExchangeCode, &[]).message(&message)))
    }
}

impl fmt::Debug for EDevlet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EDevlet({})", self.client_id)
    }
}

/// The parameter of this name, which must not be there twice (RFC 6749 3.1).
fn only(url: &Url, name: &str) -> Result<Option<Zeroizing<String>>> {
    let mut values = url.query_pairs().filter(|(known, _)| known == name);
    let value = values.next().map(|(_, value)| Zeroizing::new(value.into_owned()));
    if values.next().is_some() {
        return Err(Error::new(Code::Range, format!("the address has {name} twice")));
    }
    Ok(value)
}

/// 256 bits as 43 characters, each for one use of the entropy.
fn derived(entropy: &[u8; 32], label: &str) -> Zeroizing<String> {
    let mut hasher = DigestAlgorithm::Sha256.hasher();
    hasher.update(b"kamusm-sign-in\0");
    hasher.update(entropy);
    hasher.update(label.as_bytes());
    Zeroizing::new(BASE64_URL.encode(hasher.finish()))
}

#[derive(Serialize)]
struct Authorization<'a> {
    response_type: &'a str,
    client_id: &'a str,
    redirect_uri: &'a str,
    scope: &'a str,
    state: &'a str,
    code_challenge: &'a str,
    code_challenge_method: &'a str,
}

#[derive(Serialize)]
struct Exchange<'a> {
    grant_type: &'a str,
    code: &'a str,
    redirect_uri: &'a str,
    client_id: &'a str,
    code_verifier: &'a str,
}
