//! A person with an order that is signed and one that is being signed, a stranger with the same, and what is stored.

use std::time::{Duration, Instant};

use kamusm_sandbox::{Institution, LeafSpec, Order, Person};
use reqwest::Method;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, query_scalar};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Caller;
use super::table::Rule;
use crate::support::{Answer, ORDER, Session, Signer, TCKN, World, content_digest, fresh_key};

const OPEN_ORDER: &str = "SD-20001";
/// Its telephone is being verified.
const SAVED_ORDER: &str = "SD-20002";
const INSTITUTION: &str = "sahibin-kurumu";
const STRANGER: &str = "10000000214";
const STRANGERS_ORDERS: [&str; 2] = ["SD-30001", "SD-30002"];
const LIFE_OF_A_TOKEN: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const A_SECOND: Duration = Duration::from_secs(1);
const DEADLINE: Duration = Duration::from_secs(20);

pub(super) struct Setting {
    world: World,
    signed: Session,
    open: Session,
    code_id: String,
    verification: String,
    evidence: String,
    challenge: String,
    /// That the owner began for somebody of the staff.
    staffs_order: String,
    stranger: String,
    strangers_session: Session,
    unused_code: String,
    directory: TempDir,
}

impl Setting {
    pub(super) fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let world = World::with(|builder| builder.store_path(directory.path()));
        let admin = world.sandbox.admin();
        let (signed, items) = world.ready_to_submit();
        assert_eq!(world.submit(&signed, &items).status, 200);
        let evidence = admin.evidence(ORDER).unwrap().remove(0).id;
        admin.add_order(TCKN, Order::ready(OPEN_ORDER)).unwrap();
        let code = admin.issue_sign_code(OPEN_ORDER).unwrap();
        let open = world.redeem(&code.code);

        let saved = Order { state: "form_saved".to_owned(), ..Order::ready(SAVED_ORDER) };
        admin.add_order(TCKN, saved).unwrap();
        let sent = world.person_post(&format!("/{SAVED_ORDER}/phone-verifications"), json!({})).json();
        let challenge = world.http.post("/api/v1/auth/eimza/challenges", None, json!({})).json();
        admin.add_institution(institution(INSTITUTION, TCKN)).unwrap();
        let path = format!("/api/v1/institutions/{INSTITUTION}/pre-applications");
        let staff = json!({ "items": [{
            "tckn": "17291716060", "name": "Deneme", "email": "a@example.org", "reason": "first"
        }] });
        let placed = world.http.post(&path, Some(&world.person), staff).json();

        let name = "Deneme Kullanıcı İki".to_owned();
        let orders = STRANGERS_ORDERS.map(Order::ready).into();
        admin.add_person(Person { tckn: STRANGER.to_owned(), name, orders }).unwrap();
        admin.add_institution(institution("baska-kurum", STRANGER)).unwrap();
        Signer::new(&world.sandbox, LeafSpec { tckn: Some(STRANGER.to_owned()), ..LeafSpec::default() });
        let [strangers, unused] = STRANGERS_ORDERS.map(|no| admin.issue_sign_code(no).unwrap().code);
        Self {
            signed,
            open,
            code_id: code.id,
            verification: sent["id"].as_str().unwrap().to_owned(),
            evidence,
            challenge: challenge["id"].as_str().unwrap().to_owned(),
            staffs_order: placed["items"][0]["no"].as_str().unwrap().to_owned(),
            stranger: admin.person_token(STRANGER).unwrap(),
            strangers_session: world.redeem(&strangers),
            unused_code: unused,
            world,
            directory,
        }
    }

    pub(super) fn token(&self, rule: &Rule, caller: Caller) -> Option<&str> {
        match caller {
            Caller::OwnersSession if is_of_the_signed(rule.path) => Some(&self.signed.token),
            Caller::Nobody => None,
            Caller::Guesser => Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            Caller::Stranger => Some(&self.stranger),
            Caller::StrangersSession => Some(&self.strangers_session.token),
            Caller::OwnersSession => Some(&self.open.token),
            Caller::Owner => Some(&self.world.person),
            Caller::Administrator => Some(self.world.sandbox.admin().http_token()),
        }
    }

    /// None, and those of persons and their clients.
    pub(super) fn tokens_of_persons(&self) -> [Option<&str>; 4] {
        [None, Some(&self.stranger), Some(&self.open.token), Some(&self.world.person)]
    }

    /// What no stranger may read.
    pub(super) fn of_the_owner(&self) -> Vec<String> {
        let known = [
            TCKN,
            "Deneme Kullanıcı Bir",
            ORDER,
            OPEN_ORDER,
            SAVED_ORDER,
            &self.code_id,
            &self.evidence,
            &self.open.id,
        ];
        known.map(str::to_owned).into()
    }

    /// What the owner's browser would send along.
    pub(super) fn cookies(&self) -> String {
        let Self { world, open, .. } = self;
        format!("__Host-kamusm={0}; access_token={0}; session={1}", world.person, open.token)
    }

    /// Tokens end, and are still stored: they are erased with the next day's rest.
    pub(super) fn let_tokens_end(&self, stored: &Stored) {
        let admin = self.world.sandbox.admin();
        admin.advance(LIFE_OF_A_TOKEN - A_SECOND);
        let began = Instant::now();
        while !stored.content().contains("\nidempotency: \n") {
            assert!(began.elapsed() < DEADLINE, "the month before was not erased");
            std::thread::yield_now();
        }
        admin.advance(A_SECOND);
        assert!(!stored.content().contains("access_token: \n"));
    }

    /// Sends what the rule says, with right headers where these do not say otherwise.
    pub(super) fn ask(&self, rule: &Rule, token: Option<&str>, headers: &[(&str, &str)]) -> Answer {
        self.send(rule.method, rule, token, headers)
    }

    /// Asks for an address that no rule has.
    pub(super) fn knock(&self, method: &str, path: &str, token: Option<&str>) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let headers = [("content-type", "application/json")];
        self.world.http.send(method, path, token, &headers, Some(b"{}".to_vec())).unwrap()
    }

    pub(super) fn send(
        &self,
        method: &str,
        rule: &Rule,
        token: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let body = rule.body.map(|body| body.replace("{code}", &self.unused_code).into_bytes());
        let key = fresh_key();
        let digest = body.as_deref().map(content_digest).unwrap_or_default();
        let mut all = headers.to_vec();
        for (name, value) in [
            ("idempotency-key", key.as_str()),
            ("content-digest", &digest),
            ("content-type", "application/json"),
        ] {
            if body.is_some() && !headers.iter().any(|(given, _)| *given == name) {
                all.push((name, value));
            }
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.world.http.send(method, &self.path(rule.path), token, &all, body).unwrap()
    }

    /// The owner's things in the places of the path.
    fn path(&self, template: &str) -> String {
        let is_signed = is_of_the_signed(template);
        let mut path = String::new();
        let mut before = "";
        for part in template.split('/').skip(1) {
            let value = match (before, part) {
                (_, part) if !part.starts_with('{') => part,
                ("applications", _) if is_signed => ORDER,
                ("applications", _) if template.contains("/phone-verifications") => SAVED_ORDER,
                ("applications", _) => OPEN_ORDER,
                ("phone-verifications", _) => &self.verification,
                ("commitments", _) => "nes-sahibi-1",
                ("reference", _) => "provinces",
                ("sign-sessions", _) if is_signed => &self.signed.id,
                ("sign-sessions", _) => &self.open.id,
                ("sign-codes", _) => &self.code_id,
                ("evidence", _) => &self.evidence,
                ("challenges", _) => &self.challenge,
                ("institutions", _) => INSTITUTION,
                ("pre-applications", _) => &self.staffs_order,
                ("documents", _) => "1",
                _ => panic!("{template}: which {part} is the owner's?"),
            };
            path = path + "/" + value;
            before = part;
        }
        path
    }
}

fn institution(id: &str, officer: &str) -> Institution {
    Institution { id: id.to_owned(), name: "Kurum".to_owned(), officers: vec![officer.to_owned()] }
}

/// Only what is signed has these.
fn is_of_the_signed(template: &str) -> bool {
    template.contains("/evidence") || template.ends_with("/submission")
}

/// The service's database, read beside it.
pub(super) struct Stored {
    runtime: Runtime,
    connection: std::cell::RefCell<SqliteConnection>,
}

impl Stored {
    pub(super) fn open(setting: &Setting) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let options = SqliteConnectOptions::new().filename(setting.directory.path().join("sandbox.sqlite"));
        let connection = runtime.block_on(options.read_only(true).connect()).unwrap();
        Self { runtime, connection: connection.into() }
    }

    /// Every row of every table, as text.
    pub(super) fn content(&self) -> String {
        // The counts of requests tell who asked how often; they are no one's thing.
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'rate' ORDER BY name";
        let mut content = String::new();
        for table in self.texts(tables) {
            let columns =
                self.texts(&format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"));
            let rows =
                self.texts(&format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || ', ' || ")));
            content += &format!("{table}: {}\n", rows.join("\n"));
        }
        content
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let query = query_scalar::<_, String>(AssertSqlSafe(sql.to_owned()));
        self.runtime.block_on(query.fetch_all(&mut *self.connection.borrow_mut())).unwrap()
    }

    #[track_caller]
    pub(super) fn assert_same(&self, before: &str, what: &str) {
        let after = self.content();
        let change = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        assert!(before == after, "{what} changed what is stored: {change:?}");
    }
}
