//! This project's own wire, version 1 (docs/protocol.md): the first dialect. Messages travel under their own names.

use std::{borrow::Cow, fmt::Write as _};

use super::{
    dialect::{Ask, Dialect, Operation, Outgoing},
    request::{Method, Response},
};

/// The project's own protocol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version1;

impl Dialect for Version1 {
    fn request(&self, ask: &Ask<'_>) -> Outgoing {
        let (method, template) = route(ask.operation);
        let mut outgoing =
            Outgoing { method, path: filled(template, &ask.about), headers: Vec::new(), body: Vec::new() };
        if let Some(token) = ask.token {
            outgoing.headers.push(("authorization".into(), format!("Bearer {token}")));
        }
        if let Some(key) = ask.key {
            outgoing.headers.push(("idempotency-key".into(), key.to_owned()));
        }
        match ask.operation {
            // RFC 6749 speaks in forms.
            Operation::Authorize => {
                outgoing.path.push('?');
                outgoing.path.push_str(&form(&ask.message));
            }
            Operation::ExchangeCode => {
                outgoing.headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
                outgoing.body = form(&ask.message).into_bytes();
            }
            _ if !ask.message.is_empty() => {
                outgoing.headers.push(("content-type".into(), "application/json".into()));
                outgoing.body.clone_from(&ask.message);
            }
            _ => {}
        }
        outgoing
    }

    fn answer<'r>(&self, _: Operation, response: &'r Response) -> Option<Cow<'r, [u8]>> {
        Some(Cow::Borrowed(&response.body))
    }

    fn problem<'r>(&self, response: &'r Response) -> Option<Cow<'r, [u8]>> {
        response.is_of("application/problem+json").then_some(Cow::Borrowed(&response.body))
    }
}

/// Method and path; `{}` is what it is about.
const fn route(operation: Operation) -> (Method, &'static str) {
    use Method::{Delete, Get, Post, Put};
    match operation {
        Operation::Discovery => (Get, "/.well-known/kamusm-configuration"),
        Operation::ReceiptKeys => (Get, ""),
        Operation::Redeem => (Post, "/api/v1/sign-sessions"),
        Operation::Session => (Get, "/api/v1/sign-sessions/{}"),
        Operation::Document => (Get, "/api/v1/sign-sessions/{}/documents/{}"),
        Operation::OpenWindow => (Post, "/api/v1/sign-sessions/{}/window"),
        Operation::CheckCertificate => (Post, "/api/v1/sign-sessions/{}/certificate-checks"),
        Operation::ExtendWindow => (Post, "/api/v1/sign-sessions/{}/extensions"),
        Operation::Submit => (Put, "/api/v1/sign-sessions/{}/submission"),
        Operation::Submission => (Get, "/api/v1/sign-sessions/{}/submission"),
        Operation::CancelSession => (Post, "/api/v1/sign-sessions/{}/cancellation"),
        Operation::Challenge => (Post, "/api/v1/auth/eimza/challenges"),
        Operation::AnswerChallenge => (Put, "/api/v1/auth/eimza/challenges/{}/response"),
        Operation::Authorize => (Get, "/oauth/authorize"),
        Operation::ExchangeCode => (Post, "/oauth/token"),
        Operation::Me => (Get, "/api/v1/me"),
        Operation::RefreshIdentity => (Post, "/api/v1/me/identity-refresh"),
        Operation::Consent => (Post, "/api/v1/me/eonay-consent"),
        Operation::Propose => (Post, "/api/v1/institutions/{}/pre-applications"),
        Operation::PreApplications => (Get, "/api/v1/institutions/{}/pre-applications"),
        Operation::PreApplication => (Get, "/api/v1/institutions/{}/pre-applications/{}"),
        Operation::Applications => (Get, "/api/v1/applications"),
        Operation::Application => (Get, "/api/v1/applications/{}"),
        Operation::CancelApplication => (Post, "/api/v1/applications/{}/cancellation"),
        Operation::Form => (Get, "/api/v1/applications/{}/form"),
        Operation::SaveForm => (Put, "/api/v1/applications/{}/form"),
        Operation::Reference => (Get, "/api/v1/reference/{}"),
        Operation::ReferenceOfProvince => (Get, "/api/v1/reference/{}?province={}"),
        Operation::StartPhoneVerification => (Post, "/api/v1/applications/{}/phone-verifications"),
        Operation::TryPhoneCode => (Post, "/api/v1/applications/{}/phone-verifications/{}/attempts"),
        Operation::Approval => (Get, "/api/v1/applications/{}/approval"),
        Operation::Commitment => (Get, "/api/v1/commitments/{}/content"),
        Operation::ViewCommitment => (Post, "/api/v1/applications/{}/commitment-views"),
        Operation::Approve => (Post, "/api/v1/applications/{}/approvals"),
        Operation::IssueSignCode => (Post, "/api/v1/applications/{}/sign-codes"),
        Operation::SignCode => (Get, "/api/v1/applications/{}/sign-codes/{}"),
        Operation::WithdrawSignCode => (Delete, "/api/v1/applications/{}/sign-codes/{}"),
        Operation::ConfirmSignCode => (Put, "/api/v1/applications/{}/sign-codes/{}/confirmation"),
        Operation::Result => (Get, "/api/v1/applications/{}/result"),
        Operation::Payment => (Get, "/api/v1/applications/{}/payment"),
        Operation::StartPayment => (Post, "/api/v1/applications/{}/payment-intents"),
        Operation::Events => (Get, "/api/v1/applications/{}/events"),
        Operation::EvidenceList => (Get, "/api/v1/applications/{}/evidence"),
        Operation::Evidence => (Get, "/api/v1/applications/{}/evidence/{}"),
    }
}

/// The template with each `{}` replaced; what is not unreserved (RFC 3986 2.3) is escaped, for ids are the service's.
fn filled(template: &str, about: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut path = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(about) {
        for octet in value.bytes() {
            if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'~') {
                path.push(char::from(octet));
            } else {
                write!(path, "%{octet:02X}").expect("a String takes everything");
            }
        }
        path.push_str(part);
    }
    path
}

/// The members of a message, all of them texts, as `application/x-www-form-urlencoded`.
fn form(message: &[u8]) -> String {
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(message).expect("the message is an object of ours");
    let texts = members.iter().map(|(name, value)| (name, value.as_str().unwrap_or_default()));
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(texts).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_about_cannot_change_the_path() {
        assert_eq!(filled("/a/{}/b/{}", &["SD-1", "x_y~2"]), "/a/SD-1/b/x_y~2");
        assert_eq!(filled("/a/{}", &["../b?c=d#ş"]), "/a/%2E%2E%2Fb%3Fc%3Dd%23%C5%9F");
    }

    #[test]
    fn oauth_speaks_in_forms() {
        let message = serde_json::json!({ "code": "a b&c", "state": "ş" });
        let ask = Ask::new(Operation::ExchangeCode, &[]).message(&message);
        let outgoing = Version1.request(&ask);
        assert_eq!(outgoing.body, b"code=a+b%26c&state=%C5%9F");
        assert_eq!(outgoing.headers[0].1, "application/x-www-form-urlencoded");
        let page = Version1.request(&Ask { operation: Operation::Authorize, ..ask });
        assert_eq!(page.path, "/oauth/authorize?code=a+b%26c&state=%C5%9F");
        assert!(page.body.is_empty());
    }
}
