//! Sign-in by e-imza: a text that says what it is for is signed, once and soon.
//!
//! Its header is not that of an approval and it names this service's origin, so neither text can pass for the other.

use std::net::IpAddr;

use super::{SignedIn, admit};
use crate::domain::problem::{Kind, Problem};
use crate::domain::rate::{self, SIGN_INS, WRONG_SIGN_INS};
use crate::domain::secret::{random, random_id, token_hash};
use crate::domain::service::Service;
use crate::domain::text;
use crate::domain::time::rfc3339;
use crate::domain::verify;
use crate::store::applicant;
use crate::store::challenge::{self, Challenge};

/// The media type of a text to sign in with.
pub(crate) const MEDIA_TYPE: &str = "text/plain; charset=utf-8; profile=\"urn:kamusm:sign-in-text:1\"";
/// How long a text waits for its signature.
pub(crate) const LIFETIME_S: u32 = 150;

/// A new text to sign in with.
pub(crate) async fn begin(service: &Service, address: IpAddr) -> Result<Challenge, Problem> {
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    SIGN_INS.admit(&mut transaction, &rate::address(address), now).await?;
    let id = random_id();
    let text = compose(&service.base_url, &id, &random::<32>(), &rfc3339(now));
    text::check(&text).map_err(|error| {
        tracing::error!(%error, "the sign-in text is outside its profile");
        Problem::new(Kind::Internal)
    })?;
    let challenge = Challenge {
        id,
        text: text.into_bytes(),
        created_at: now,
        expires_at: now + i64::from(LIFETIME_S) * 1000,
        used_at: None,
    };
    challenge::insert(&mut transaction, &challenge).await?;
    transaction.commit().await?;
    Ok(challenge)
}

fn compose(origin: &str, id: &str, nonce: &[u8], created: &str) -> String {
    let nonce: String = nonce.iter().map(|octet| format!("{octet:02x}")).collect();
    format!(
        "KAMU SM GİRİŞ/1\nAdres: {origin}\nGiriş No: {id}\nTek Kullanımlık Sayı: {nonce}\n\
         Oluşturma Tarihi: {created}\n\nBu metni imzalayarak Kamu SM Online İşlemler'e giriş yapıyorum. \
         Bu metin bir başvuru onayı değildir.\n"
    )
}

/// The text as long as it waits for its signature.
pub(crate) async fn read(service: &Service, id: &str) -> Result<Challenge, Problem> {
    let mut connection = service.store.read().await?;
    let challenge = challenge::get(&mut connection, id).await?.ok_or(Kind::NotFound)?;
    if service.now() < challenge.expires_at { Ok(challenge) } else { Err(Kind::ChallengeExpired.into()) }
}

/// Signs in who signed the text. A signature that is refused leaves the text to be signed again.
pub(crate) async fn finish(
    service: &Service,
    id: &str,
    cms: &[u8],
    address: IpAddr,
) -> Result<SignedIn, Problem> {
    let caller = rate::address(address);
    let mut connection = service.store.read().await?;
    WRONG_SIGN_INS.check(&mut connection, &caller, service.now()).await?;
    let challenge = challenge::get(&mut connection, id).await?.ok_or(Kind::NotFound)?;
    drop(connection);
    if challenge.used_at.is_some() {
        return Err(Kind::ChallengeUsed.into());
    }
    if service.now() >= challenge.expires_at {
        return Err(Kind::ChallengeExpired.into());
    }
    let signer = verify::signer(service, cms, &challenge.text, service.now()).await;
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    let person = match signer {
        Ok(tckn) => applicant::by_tckn(&mut transaction, &tckn).await?.ok_or_else(|| Kind::Forbidden.into()),
        Err(problem) => Err(problem),
    };
    let person = match person {
        Ok(person) => person,
        Err(problem) => {
            WRONG_SIGN_INS.count(&mut transaction, &caller, now).await?;
            transaction.commit().await?;
            return Err(problem);
        }
    };
    if !challenge::take(&mut transaction, id, now).await? {
        return Err(Kind::ChallengeUsed.into());
    }
    let signed_in = admit(&mut transaction, person, &token_hash(id), now).await?;
    transaction.commit().await?;
    Ok(signed_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_where_and_what_for() {
        let text = compose("http://127.0.0.1:1", "g", &[0xAB; 32], "2026-06-23T10:19:44+03:00");
        text::check(&text).unwrap();
        assert_eq!(
            text,
            format!(
                "KAMU SM GİRİŞ/1\nAdres: http://127.0.0.1:1\nGiriş No: g\nTek Kullanımlık Sayı: {}\n\
                 Oluşturma Tarihi: 2026-06-23T10:19:44+03:00\n\nBu metni imzalayarak Kamu SM Online İşlemler'e \
                 giriş yapıyorum. Bu metin bir başvuru onayı değildir.\n",
                "ab".repeat(32)
            )
        );
    }
}
