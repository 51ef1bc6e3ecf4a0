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
    redirect_uri: String,
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
            redirect_uri: redirect_uri.to_owned(),
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
            Url::parse(&self.redirect_uri).is_ok_and(|expected| url == expected)
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
            redirect_uri: &self.redirect_uri,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn begun() -> EDevlet {
        let config = Config::builder("https://basvuru.example", Environment::Production).build().unwrap();
        EDevlet::new(&config, "kamusm-sdk", "tr.gov.kamusm.app:/giris", [7; 32]).unwrap()
    }

    fn asked(sign_in: &EDevlet, name: &str) -> String {
        let url = Url::parse(sign_in.address()).unwrap();
        url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
    }

    #[test]
    fn the_code_goes_back_with_the_verifier_of_the_challenge() {
        let sign_in = begun();
        assert!(sign_in.address().starts_with("https://basvuru.example/oauth/authorize?"));
        assert_eq!(asked(&sign_in, "code_challenge_method"), "S256");
        let state = asked(&sign_in, "state");
        let call = sign_in.returned(&format!("tr.gov.kamusm.app:/giris?code=abc&state={state}")).unwrap();
        let form = Url::parse(&format!("x:/?{}", String::from_utf8_lossy(&call.request().body))).unwrap();
        let sent = |name: &str| form.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
        let digest = DigestAlgorithm::Sha256.digest(sent("code_verifier").as_bytes());
        assert_eq!(BASE64_URL.encode(digest), asked(&sign_in, "code_challenge"));
        assert_eq!((sent("code"), sent("redirect_uri")), ("abc".into(), "tr.gov.kamusm.app:/giris".into()));
        assert_eq!(call.request().header("authorization"), None);
        assert!(!sign_in.address().contains(&sent("code_verifier")));
    }

    #[test]
    fn only_the_own_return_is_taken() {
        let sign_in = begun();
        let state = asked(&sign_in, "state");
        for (address, code) in [
            ("tr.gov.kamusm.app:/giris?code=abc".to_owned(), Code::Forbidden),
            ("tr.gov.kamusm.app:/giris?code=abc&state=other".to_owned(), Code::Forbidden),
            (format!("tr.gov.kamusm.app:/giris?error=access_denied&state={state}"), Code::Cancelled),
            (format!("tr.gov.kamusm.app:/giris?error=server_error&state={state}"), Code::Forbidden),
            ("tr.gov.kamusm.app:/giris?error=access_denied&state=other".to_owned(), Code::Forbidden),
            (format!("tr.gov.kamusm.app:/giris?state={state}"), Code::Range),
            (format!("tr.gov.kamusm.app:/giris?code=&state={state}"), Code::Range),
            (format!("tr.gov.kamusm.app:/giris?code=a&code=b&state={state}"), Code::Range),
            (format!("tr.gov.kamusm.app:/giris?code=a&state={state}&state={state}"), Code::Range),
            (format!("tr.gov.kamusm.app:/other?code=abc&state={state}"), Code::Range),
            (format!("evil.app:/giris?code=abc&state={state}"), Code::Range),
            ("?".to_owned(), Code::Range),
        ] {
            assert_eq!(sign_in.returned(&address).unwrap_err().code(), code, "{address}");
        }
    }

    #[test]
    fn two_sign_ins_share_nothing_and_are_not_printed() {
        let config = Config::builder("https://basvuru.example", Environment::Production).build().unwrap();
        let other = EDevlet::new(&config, "kamusm-sdk", "http://127.0.0.1:4000", [8; 32]).unwrap();
        assert_ne!(asked(&other, "state"), asked(&begun(), "state"));
        assert_ne!(asked(&other, "code_challenge"), asked(&begun(), "code_challenge"));
        assert!(other.is_return("http://127.0.0.1:4000/?code=a"));
        assert_eq!(format!("{other:?}"), "EDevlet(kamusm-sdk)");
    }
}
