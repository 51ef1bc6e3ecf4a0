//! The e-Devlet simulator: OAuth 2.0 authorization code (RFC 6749, 4.1) with PKCE S256 (RFC 7636).

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use super::{SignedIn, admit};
use crate::domain::digest::sha256;
use crate::domain::problem::{Kind, Problem};
use crate::domain::rate::{self, SIGN_INS, WRONG_SIGN_INS};
use crate::domain::secret::{random_token, same, token_hash};
use crate::domain::service::Service;
use crate::store::applicant;
use crate::store::oauth_code::{self, OauthCode};

/// The password of every person of the sandbox; the page shows it.
pub(crate) const PASSWORD: &str = "deneme";
/// The portal as a client.
pub(crate) const PORTAL: &str = "kamusm-portal";
/// Where the portal takes the answer.
pub(crate) const PORTAL_RETURN: &str = "/giris/e-devlet";
/// Programs that use the SDK, as a client.
const SDK: &str = "kamusm-sdk";
/// The address by which a telephone finds its application again.
const SDK_RETURN: &str = "tr.gov.kamusm.app:/giris";
/// A code goes from the browser to the client at once.
const CODE_LIFETIME_MS: i64 = 60_000;
/// RFC 7636, 4.1 and 4.2: the SHA-256 value has 43 letters, a verifier up to 128.
const CHALLENGE_LETTERS: usize = 43;
const LONGEST_VERIFIER: usize = 128;
const LONGEST_STATE: usize = 1024;

/// What the client asks of the browser (RFC 6749, 4.1.1), as it came.
pub(crate) struct Asked<'a> {
    pub(crate) response_type: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) state: &'a str,
    pub(crate) code_challenge: &'a str,
    pub(crate) code_challenge_method: &'a str,
}

/// Where the browser goes back to, once that is known to be the client's own place.
pub(crate) struct Return {
    address: Url,
    state: String,
}

impl Return {
    /// The address with an answer.
    fn with(&self, name: &str, value: &str) -> String {
        let mut address = self.address.clone();
        address.query_pairs_mut().append_pair(name, value);
        if !self.state.is_empty() {
            address.query_pairs_mut().append_pair("state", &self.state);
        }
        address.into()
    }

    /// The address with an error of RFC 6749, 4.1.2.1.
    pub(crate) fn refused(&self, error: &str) -> String {
        self.with("error", error)
    }
}

/// Refuses what must not be sent back to anybody: an unknown client, a foreign address.
pub(crate) fn way_back(service: &Service, asked: &Asked<'_>) -> Result<Return, Problem> {
    let refused = |name: &str| Problem::new(Kind::Malformed).with("parameter", name);
    let address = Url::parse(asked.redirect_uri).map_err(|_| refused("redirect_uri"))?;
    let is_own = match asked.client_id {
        PORTAL => asked.redirect_uri == format!("{}{PORTAL_RETURN}", service.base_url),
        SDK => asked.redirect_uri == SDK_RETURN || is_loopback(&address),
        _ => return Err(refused("client_id")),
    };
    if !is_own || address.fragment().is_some() {
        return Err(refused("redirect_uri"));
    }
    if asked.state.len() > LONGEST_STATE {
        return Err(refused("state"));
    }
    Ok(Return { address, state: asked.state.to_owned() })
}

/// RFC 8252, 7.3: the port is the program's choice.
fn is_loopback(address: &Url) -> bool {
    address.scheme() == "http"
        && address.host_str() == Some("127.0.0.1")
        && address.port().is_some()
        && address.username().is_empty()
        && address.password().is_none()
}

/// What else is wrong with the request, as an error of RFC 6749, 4.1.2.1.
pub(crate) fn fault(asked: &Asked<'_>) -> Option<&'static str> {
    let is_challenge = asked.code_challenge.len() == CHALLENGE_LETTERS
        && URL_SAFE_NO_PAD.decode(asked.code_challenge).is_ok_and(|octets| octets.len() == 32);
    if asked.response_type != "code" {
        Some("unsupported_response_type")
    } else if asked.code_challenge_method != "S256" || !is_challenge {
        Some("invalid_request")
    } else {
        None
    }
}

/// The person typed number and password: gives the address to go back to with a code. Who is not known is `forbidden`.
pub(crate) async fn authorize(
    service: &Service,
    asked: &Asked<'_>,
    tckn: &str,
    password: &str,
    address: IpAddr,
) -> Result<String, Problem> {
    let way_back = way_back(service, asked)?;
    if let Some(error) = fault(asked) {
        return Ok(way_back.refused(error));
    }
    let now = service.now();
    let caller = rate::address(address);
    let mut transaction = service.store.begin().await?;
    WRONG_SIGN_INS.check(&mut transaction, &caller, now).await?;
    let person = applicant::by_tckn(&mut transaction, tckn.trim()).await?;
    let Some(person) = person.filter(|_| same(password.as_bytes(), PASSWORD.as_bytes())) else {
        WRONG_SIGN_INS.count(&mut transaction, &caller, now).await?;
        transaction.commit().await?;
        return Err(Kind::Forbidden.into());
    };
    let code = random_token();
    let kept = OauthCode {
        hash: token_hash(&code),
        applicant_id: person.id,
        client_id: asked.client_id.to_owned(),
        redirect_uri: asked.redirect_uri.to_owned(),
        code_challenge: asked.code_challenge.to_owned(),
        expires_at: now + CODE_LIFETIME_MS,
        used_at: None,
    };
    oauth_code::insert(&mut transaction, &kept).await?;
    transaction.commit().await?;
    Ok(way_back.with("code", &code))
}

/// What the client asks for a token with (RFC 6749, 4.1.3), as it came.
pub(crate) struct Exchange<'a> {
    pub(crate) grant_type: &'a str,
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) code_verifier: &'a str,
}

/// Gives the token for a code; each problem has the `error` of RFC 6749, 5.2.
pub(crate) async fn exchange(
    service: &Service,
    asked: &Exchange<'_>,
    address: IpAddr,
) -> Result<SignedIn, Problem> {
    let refused = |kind: Kind, error: &str| Problem::new(kind).with("error", error);
    if asked.grant_type != "authorization_code" {
        return Err(refused(Kind::Malformed, "unsupported_grant_type"));
    }
    if ![PORTAL, SDK].contains(&asked.client_id) {
        return Err(refused(Kind::Unauthenticated, "invalid_client"));
    }
    if asked.code.is_empty() || asked.code_verifier.len() > LONGEST_VERIFIER {
        return Err(refused(Kind::Malformed, "invalid_request"));
    }
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    SIGN_INS.admit(&mut transaction, &rate::address(address), now).await?;
    let invalid = || refused(Kind::Malformed, "invalid_grant");
    let hash = token_hash(asked.code);
    let code = oauth_code::get(&mut transaction, &hash).await?.ok_or_else(invalid)?;
    let challenge = URL_SAFE_NO_PAD.encode(sha256(asked.code_verifier.as_bytes()));
    if code.client_id != asked.client_id
        || code.redirect_uri != asked.redirect_uri
        || !same(code.code_challenge.as_bytes(), challenge.as_bytes())
    {
        return Err(invalid());
    }
    if code.used_at.is_some() {
        // RFC 6749, 4.1.2: somebody has a copy of the code, so nobody keeps what it gave.
        applicant::delete_tokens_of_grant(&mut transaction, &hash).await?;
        transaction.commit().await?;
        return Err(refused(Kind::ChallengeUsed, "invalid_grant"));
    }
    if now >= code.expires_at {
        return Err(refused(Kind::ChallengeExpired, "invalid_grant"));
    }
    oauth_code::take(&mut transaction, &hash, now).await?;
    let person = applicant::get(&mut transaction, &code.applicant_id).await?;
    let signed_in = admit(&mut transaction, person, &hash, now).await?;
    transaction.commit().await?;
    Ok(signed_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_with_a_port_is_loopback() {
        let is = |address: &str| is_loopback(&Url::parse(address).unwrap());
        assert!(is("http://127.0.0.1:49152/geri"));
        for other in [
            "http://127.0.0.1/geri",
            "https://127.0.0.1:1/",
            "http://localhost:1/",
            "http://127.0.0.1.example:1/",
            "http://x@127.0.0.1:1/",
            "http://example:1/127.0.0.1:1",
        ] {
            assert!(!is(other), "{other}");
        }
    }
}
