//! Redemption: a code becomes a session once, and the same request gets the same session again.

use std::net::IpAddr;

use crate::clock::UnixMs;
use crate::domain::application::form_lines;
use crate::domain::code::{CodeError, VerificationCode};
use crate::domain::digest::sha256;
use crate::domain::magic::Magic;
use crate::domain::match_code::match_code;
use crate::domain::policy;
use crate::domain::problem::{Kind, Problem};
use crate::domain::rate::{self, WRONG_CODES};
use crate::domain::secret::{random_id, same, token_hash};
use crate::domain::service::{RedeemConfirmation, Service, network};
use crate::domain::session::{HARD_END_S, State};
use crate::domain::text;
use crate::domain::time::rfc3339;
use crate::store::Connection;
use crate::store::applicant;
use crate::store::application::{self, Application};
use crate::store::document::{self, Document};
use crate::store::sign_code::{self, SignCode};
use crate::store::sign_session::{self, SignSession};

/// What the client sends.
pub(crate) struct Redemption<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_name: &'a str,
    pub(crate) client_version: &'a str,
    pub(crate) sdk_version: Option<&'a str>,
    pub(crate) profiles: Option<&'a [String]>,
    pub(crate) digests: Option<&'a [String]>,
    pub(crate) idempotency_key: &'a str,
    /// The whole body, to know a repeated request by.
    pub(crate) payload: &'a [u8],
    pub(crate) address: IpAddr,
}

/// The session's identifier and its bearer token.
pub(crate) struct Redeemed {
    pub(crate) session: String,
    pub(crate) token: String,
}

/// Redeems the code.
pub(crate) async fn redeem(service: &Service, request: &Redemption<'_>) -> Result<Redeemed, Problem> {
    let key_hash = token_hash(request.idempotency_key);
    let payload_hash = service.keys.payload_hash(request.payload);
    let now = service.now();
    let mut transaction = service.store.begin().await?;
    if let Some(before) = sign_session::by_key(&mut transaction, &key_hash).await? {
        if !same(&before.payload_hash, &payload_hash) {
            return Err(Kind::IdempotencyKeyReused.into());
        }
        let token = service.keys.session_token(&before.id, request.idempotency_key);
        return Ok(Redeemed { session: before.id, token });
    }
    let caller = rate::address(request.address);
    WRONG_CODES.check(&mut transaction, &caller, now).await?;
    let code = VerificationCode::parse(request.code).map_err(code_problem)?;
    policy::check_name(request.client_name, "/client/name")?;
    policy::check_name(request.client_version, "/client/version")?;
    policy::check_client(request.sdk_version)?;
    policy::check_accept(request.profiles, request.digests)?;
    let Some(code) = sign_code::by_hash(&mut transaction, &service.keys.code_hash(&code)).await? else {
        WRONG_CODES.count(&mut transaction, &caller, now).await?;
        transaction.commit().await?;
        return Err(Kind::CodeUnknown.into());
    };
    if code.state == "redeemed" {
        sign_code::count_second_redemption(&mut transaction, &code.id).await?;
        transaction.commit().await?;
        service.changed();
        return Err(Kind::CodeAlreadyUsed.into());
    }
    usable(&code, now)?;
    // The condition on the state is what lets exactly one redemption through.
    if !sign_code::end(&mut transaction, &code.id, "redeemed", now).await? {
        return Err(Kind::CodeAlreadyUsed.into());
    }
    let session = open_session(service, &mut transaction, &code, request, key_hash, payload_hash).await?;
    transaction.commit().await?;
    service.changed();
    let token = service.keys.session_token(&session, request.idempotency_key);
    Ok(Redeemed { session, token })
}

fn usable(code: &SignCode, now: UnixMs) -> Result<(), Problem> {
    match code.state.as_str() {
        "issued" if now < code.expires_at => Ok(()),
        "issued" => Err(Kind::CodeExpired.into()),
        "revoked" => Err(Problem::new(Kind::CodeCancelled).with("reason", "newer_code")),
        _ => Err(Problem::new(Kind::CodeCancelled).with("reason", "cancelled")),
    }
}

fn code_problem(error: CodeError) -> Problem {
    match error {
        CodeError::Environment { production: true } => {
            Problem::new(Kind::WrongEnvironment).with("environment", "production")
        }
        CodeError::Environment { production: false } => Kind::WrongEnvironment.into(),
        CodeError::Length { symbols } => Problem::new(Kind::CodeMalformed).with("symbols", symbols),
        CodeError::Symbol { place } => Problem::new(Kind::CodeMalformed).with("place", place),
        CodeError::Check => Kind::CodeMalformed.into(),
    }
}

async fn open_session(
    service: &Service,
    connection: &mut Connection,
    code: &SignCode,
    request: &Redemption<'_>,
    key_hash: Vec<u8>,
    payload_hash: Vec<u8>,
) -> Result<String, Problem> {
    let now = service.now();
    let id = random_id();
    let application = application::get(connection, &code.application_no).await?.ok_or(Kind::Internal)?;
    let applicant = applicant::get(connection, &application.applicant_id).await?;
    let documents = compose(&application, &id, now)?;
    let documents: Vec<_> = documents.into_iter().map(|text| service.spoof().apply(text)).collect();
    let digests: Vec<[u8; 32]> = documents.iter().map(|content| sha256(content)).collect();
    let network = network(request.address);
    let awaits = match service.confirmation() {
        _ if Magic::of(&applicant.tckn) == Some(Magic::AlwaysConfirm) => true,
        RedeemConfirmation::Never => false,
        RedeemConfirmation::OtherNetwork => network != code.network,
        RedeemConfirmation::Always => true,
    };
    let state = if awaits { State::AwaitingConfirmation } else { State::Open };
    let token = service.keys.session_token(&id, request.idempotency_key);
    let session = SignSession {
        id: id.clone(),
        code_id: code.id.clone(),
        application_no: code.application_no.clone(),
        token_hash: token_hash(&token),
        key_hash,
        payload_hash,
        client_name: request.client_name.to_owned(),
        client_version: request.client_version.to_owned(),
        network,
        match_code: match_code(&id, &digests),
        state: state.name().to_owned(),
        reason: None,
        created_at: now,
        hard_ends_at: now + i64::from(HARD_END_S) * 1000,
        window_ends_at: None,
        extensions_used: 0,
        submissions_used: 0,
        certificate_hash: None,
    };
    sign_session::insert(connection, &session).await?;
    for (place, (content, digest)) in (1..).zip(documents.into_iter().zip(digests)) {
        let document =
            Document { id: random_id(), session_id: id.clone(), place, content, digest: digest.to_vec() };
        document::insert(connection, &document).await?;
    }
    Ok(id)
}

/// The texts of an application for a session. A code is issued only after a trial of this.
pub(crate) fn compose(
    application: &Application,
    session: &str,
    now: UnixMs,
) -> Result<Vec<Vec<u8>>, Problem> {
    let form = form_lines(application)?;
    let created = rfc3339(now);
    let count = usize::try_from(application.texts).map_err(|_| Kind::Internal)?;
    let texts = (1..=count).map(|index| {
        text::compose(&text::Parts {
            application: &application.no,
            index,
            count,
            session,
            created: &created,
            form: &form,
        })
    });
    texts.collect::<Result<_, _>>().map_err(|error| text_problem(&error))
}

fn text_problem(error: &text::TextError) -> Problem {
    let code = match error {
        text::TextError::Character { .. } => "character_not_allowed",
        text::TextError::Line { .. } | text::TextError::Value { .. } => "line_not_allowed",
        text::TextError::Size { .. } => "too_long",
    };
    Problem::new(Kind::FormInvalid).with("errors", serde_json::json!([{ "pointer": "", "code": code }]))
}
