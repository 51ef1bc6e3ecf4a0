//! Sign-in by e-imza or e-Devlet: both end with an access token of the person.

pub(crate) mod edevlet;
pub(crate) mod eimza;

use crate::clock::UnixMs;
use crate::domain::problem::Problem;
use crate::domain::secret::{random_token, token_hash};
use crate::domain::service::Service;
use crate::store::Connection;
use crate::store::applicant::{self, Applicant};

/// How long a person stays signed in: a working day.
pub(crate) const LIFETIME_S: u32 = 8 * 60 * 60;

/// A person who is signed in. No `Debug`: the token is a credential.
pub(crate) struct SignedIn {
    pub(crate) token: String,
    pub(crate) person: Applicant,
}

/// Gives a token for a grant that was just used up.
async fn admit(
    connection: &mut Connection,
    person: Applicant,
    grant: &[u8],
    now: UnixMs,
) -> Result<SignedIn, Problem> {
    let token = random_token();
    let ends = now + i64::from(LIFETIME_S) * 1000;
    applicant::insert_token(connection, &token_hash(&token), &person.id, Some(grant), ends).await?;
    Ok(SignedIn { token, person })
}

/// Ends the token.
pub(crate) async fn sign_out(service: &Service, token: &str) -> Result<(), Problem> {
    let mut transaction = service.store.begin().await?;
    applicant::delete_token(&mut transaction, &token_hash(token)).await?;
    Ok(transaction.commit().await?)
}
