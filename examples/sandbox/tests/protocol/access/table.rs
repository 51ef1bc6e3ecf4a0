//! One row for each operation: who may, and what they send.

/// Who an operation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Whoever comes; a code is its own credential.
    Anyone,
    /// Every person who is signed in, about what is theirs or is for all.
    AnyPerson,
    /// The person whose thing the path names.
    Owner,
    /// The client of the session that the path names.
    Session,
}

/// An operation.
pub(super) struct Rule {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) who: Who,
    /// A body that is refused for nothing but the caller.
    pub(super) body: Option<&'static str>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

const fn rule(method: &'static str, path: &'static str, who: Who, body: Option<&'static str>) -> Rule {
    Rule { method, path, who, body }
}

const fn get(path: &'static str, who: Who) -> Rule {
    rule("GET", path, who, None)
}

const fn post(path: &'static str, who: Who, body: &'static str) -> Rule {
    rule("POST", path, who, Some(body))
}

const fn put(path: &'static str, who: Who, body: &'static str) -> Rule {
    rule("PUT", path, who, Some(body))
}

pub(super) const RULES: &[Rule] = &[
    get("/.well-known/jwks.json", Who::Anyone),
    get("/.well-known/kamusm-configuration", Who::Anyone),
    get("/health", Who::Anyone),
    post("/api/v1/auth/eimza/challenges", Who::Anyone, "{}"),
    put("/api/v1/auth/eimza/challenges/{id}/response", Who::Anyone, r#"{"cms": ""}"#),
    get("/oauth/authorize", Who::Anyone),
    post("/oauth/authorize", Who::Anyone, "client_id=x&redirect_uri=x"),
    post("/oauth/token", Who::Anyone, "client_id=x"),
    get("/api/v1/me", Who::AnyPerson),
    post("/api/v1/me/identity-refresh", Who::AnyPerson, "{}"),
    post("/api/v1/me/eonay-consent", Who::AnyPerson, r#"{"accepted": true}"#),
    get("/api/v1/institutions/{id}/pre-applications", Who::Owner),
    get("/api/v1/institutions/{id}/pre-applications/{no}", Who::Owner),
    post(
        "/api/v1/institutions/{id}/pre-applications",
        Who::Owner,
        r#"{"items": [{
        "tckn": "10000000078", "name": "Deneme", "email": "a@example.org", "reason": "first"}]}"#,
    ),
    get("/api/v1/applications", Who::AnyPerson),
    get("/api/v1/applications/{no}", Who::Owner),
    get("/api/v1/applications/{no}/approval", Who::Owner),
    post(
        "/api/v1/applications/{no}/approvals",
        Who::Owner,
        r#"{"view_ids": [], "form_digest": "", "accepted": true}"#,
    ),
    post("/api/v1/applications/{no}/cancellation", Who::Owner, "{}"),
    post(
        "/api/v1/applications/{no}/commitment-views",
        Who::Owner,
        r#"{"commitment_id": "nes-sahibi-1", "digest": "", "read_to_end": true}"#,
    ),
    get("/api/v1/applications/{no}/events", Who::Owner),
    get("/api/v1/applications/{no}/evidence", Who::Owner),
    get("/api/v1/applications/{no}/evidence/{eid}", Who::Owner),
    get("/api/v1/applications/{no}/form", Who::Owner),
    put("/api/v1/applications/{no}/form", Who::Owner, r#"{"values": {}}"#),
    get("/api/v1/applications/{no}/payment", Who::Owner),
    post("/api/v1/applications/{no}/payment-intents", Who::Owner, "{}"),
    post("/api/v1/applications/{no}/phone-verifications", Who::Owner, "{}"),
    post("/api/v1/applications/{no}/phone-verifications/{id}/attempts", Who::Owner, r#"{"code": "000000"}"#),
    get("/api/v1/applications/{no}/result", Who::Owner),
    get("/api/v1/applications/{no}/sign-codes/{id}", Who::Owner),
    put("/api/v1/applications/{no}/sign-codes/{id}/confirmation", Who::Owner, r#"{"confirmed": false}"#),
    rule("DELETE", "/api/v1/applications/{no}/sign-codes/{id}", Who::Owner, None),
    post("/api/v1/applications/{no}/sign-codes", Who::Owner, r#"{"view_ids": []}"#),
    get("/api/v1/commitments/{id}/content", Who::AnyPerson),
    get("/api/v1/reference/{list}", Who::AnyPerson),
    post(
        "/api/v1/sign-sessions",
        Who::Anyone,
        r#"{"code": "{code}", "client": {"name": "deneme", "version": "1"}}"#,
    ),
    get("/api/v1/sign-sessions/{sid}", Who::Session),
    get("/api/v1/sign-sessions/{sid}/documents/{n}", Who::Session),
    get("/api/v1/sign-sessions/{sid}/submission", Who::Session),
    put("/api/v1/sign-sessions/{sid}/submission", Who::Session, r#"{"items": []}"#),
    post("/api/v1/sign-sessions/{sid}/certificate-checks", Who::Session, r#"{"certificate": ""}"#),
    post("/api/v1/sign-sessions/{sid}/window", Who::Session, "{}"),
    post("/api/v1/sign-sessions/{sid}/extensions", Who::Session, "{}"),
    post("/api/v1/sign-sessions/{sid}/cancellation", Who::Session, r#"{"reason": "deneme"}"#),
];

/// A route that the description does not know.
pub(super) struct Outside {
    /// Under `src`.
    pub(super) file: &'static str,
    pub(super) paths: &'static [&'static str],
    /// Who may, and where that is tested.
    pub(super) who: &'static str,
}

pub(super) const OUTSIDE: [Outside; 4] = [
    Outside {
        file: "http/admin.rs",
        paths: &[
            "/clock",
            "/persons/{tckn}/orders",
            "/institutions/{id}",
            "/persons/{tckn}/tokens",
            "/persons/{tckn}/certificates",
            "/certificates/{digest}/status",
            "/orders/{no}/sign-codes",
            "/orders/{no}/steps",
            "/switches",
            "/outbox",
            "/erasures",
            "/faults",
        ],
        who: "the tests with their own token, on this machine; all of them behind one guard",
    },
    Outside {
        file: "http/pki.rs",
        paths: &["/pki/root.crt", "/pki/sub.crt", "/pki/root.crl", "/pki/sub.crl", "/pki/ocsp"],
        who: "everybody: certificates and their status",
    },
    Outside {
        file: "http/pos.rs",
        paths: &["/pos/{id}"],
        who: "whoever has the address, once, for a quarter of an hour; payment.rs",
    },
    Outside {
        file: "portal.rs",
        paths: &["/portal/{name}"],
        who: "everybody: style and script. The pages are listed by the router itself; others.rs of tests/browser",
    },
];
