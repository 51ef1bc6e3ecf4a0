//! The page's side of a doğrulama kodu.

use std::sync::Arc;

use kamusm::sign_code;

use crate::verification_code::VerificationCode;

/// A doğrulama kodu and what became of it.
#[derive(Clone, uniffi::Record)]
pub struct SignCode {
    /// Its id.
    pub id: String,
    /// What became of it, such as `redeemed`.
    pub state: String,
    /// The code, while it may be shown.
    pub code: Option<Arc<VerificationCode>>,
    /// When it was issued, RFC 3339.
    pub created_at: String,
    /// Seconds for which it is good.
    pub expires_in: i64,
    /// How often somebody else tried to redeem it.
    pub second_redemptions: i64,
    /// The session that it was redeemed for.
    pub session: Option<CodeSession>,
}

/// The session that a code was redeemed for.
#[derive(Clone, uniffi::Record)]
pub struct CodeSession {
    /// Where it stands, such as `awaiting_confirmation`.
    pub state: String,
    /// Kontrol sayısı.
    pub match_code: String,
    /// The program.
    pub client: CodeClient,
    /// When it began, RFC 3339.
    pub created_at: String,
    /// Seconds after which it ends whatever happens.
    pub hard_expires_in: i64,
}

/// The program that redeemed a code.
#[derive(Clone, uniffi::Record)]
pub struct CodeClient {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where it is.
    pub network: String,
    /// Whether that is another network than the page's.
    pub is_other_network: bool,
}

impl From<sign_code::SignCode> for SignCode {
    fn from(sign_code: sign_code::SignCode) -> Self {
        Self {
            id: sign_code.id,
            state: sign_code.state.word().to_owned(),
            code: sign_code.code.map(|code| Arc::new(VerificationCode(code))),
            created_at: sign_code.created_at,
            expires_in: sign_code.expires_in.into(),
            second_redemptions: sign_code.second_redemptions.into(),
            session: sign_code.session.map(CodeSession::from),
        }
    }
}

impl From<sign_code::CodeSession> for CodeSession {
    fn from(session: sign_code::CodeSession) -> Self {
        Self {
            state: session.state.word().to_owned(),
            match_code: session.match_code,
            client: CodeClient {
                name: session.client.name,
                version: session.client.version,
                network: session.client.network,
                is_other_network: session.client.is_other_network,
            },
            created_at: session.created_at,
            hard_expires_in: session.hard_expires_in.into(),
        }
    }
}
