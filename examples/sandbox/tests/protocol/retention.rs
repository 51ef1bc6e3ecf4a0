//! What is over is erased, and not earlier.

use kamusm_sandbox::Order;
use serde_json::json;
use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

use crate::approval::{approve, consent};
use crate::form::{filled, save};
use crate::phone::verify_quietly;
use crate::sign_in;
use crate::support::{ORDER, TCKN, World};

const HOUR_S: u64 = 60 * 60;
const DAY_S: u64 = 24 * HOUR_S;

fn signed_in_again(world: &mut World) {
    world.person = world.sandbox.admin().person_token(TCKN).unwrap();
}

#[test]
fn evidence_is_kept_for_its_period_and_a_result_for_thirty_days_at_least() {
    let mut world = World::new();
    let (session, items) = world.ready_to_submit();
    assert_eq!(world.submit(&session, &items).status, 200);
    let id = world.sandbox.admin().evidence(ORDER).unwrap().remove(0).id;
    let path = format!("/{ORDER}/evidence/{id}");
    world.advance(89 * DAY_S);
    world.sandbox.admin().erase().unwrap();
    signed_in_again(&mut world);
    assert_eq!(world.person_get(&path).status, 200);
    assert!(world.person_get(&format!("/{ORDER}/result")).json()["receipt"].is_string());
    world.advance(7300 * DAY_S);
    // The service may have done so by itself, when its clock moved.
    world.sandbox.admin().erase().unwrap();
    signed_in_again(&mut world);
    world.person_get(&path).assert_problem(410, "evidence-expired");
    assert!(world.sandbox.admin().evidence(ORDER).unwrap()[0].cms.is_empty());
    assert_eq!(world.sandbox.admin().erase().unwrap(), 0);
}

/// What is counted, and the days after which nothing of it is left; the shortest first.
const COUNTS: [(u64, &str); 18] = [
    (0, "sign_code WHERE sealed IS NOT NULL"),
    (1, "eimza_challenge"),
    (1, "oauth_code"),
    (1, "rate"),
    (1, "phone_verification"),
    (7, "idempotency"),
    // Those that the door gives last 30 days.
    (30, "access_token"),
    (30, "outbox"),
    (30, "payment_intent"),
    (90, "sign_code WHERE network <> ''"),
    (90, "sign_session WHERE network <> ''"),
    (90, "submission_item WHERE submission_id IN (SELECT id FROM submission WHERE state = 'rejected')"),
    (7300, "submission_item"),
    (7300, "event"),
    (7300, "commitment_view"),
    (7300, "evidence WHERE length(cms) > 0"),
    (7300, "document WHERE length(content) > 0"),
    (7300, "eonay WHERE length(record) > 0"),
];

fn count(directory: &TempDir, what: &str) -> i64 {
    let options = SqliteConnectOptions::new().filename(directory.path().join("sandbox.sqlite"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let query = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {what}"));
        sqlx::query_scalar(query).fetch_one(&mut options.connect().await.unwrap()).await.unwrap()
    })
}

/// A person goes through all that leaves something behind.
fn lived(directory: &TempDir) -> World {
    let world = World::with(|builder| builder.store_path(directory.path()));
    sign_in::begin(&world);
    sign_in::code(&world);
    let (session, items) = world.ready_to_submit();
    let refused = world.submit(&session, &session.items(&[b"not a cms".to_vec()]));
    refused.assert_problem(422, "signature-invalid");
    assert_eq!(world.submit(&session, &items).status, 200);
    let mut form = filled();
    form["gsm"] = json!("0532 123 45 68");
    assert_eq!(save(&world, ORDER, &form).status, 200);
    assert!(verify_quietly(&world, ORDER));
    consent(&world);
    assert_eq!(approve(&world, ORDER, |_| ()).status, 201);
    assert_eq!(world.person_post(&format!("/{ORDER}/payment-intents"), json!({})).status, 201);
    world.sandbox.admin().add_order(TCKN, Order::ready("SD-88001")).unwrap();
    world.sandbox.admin().issue_sign_code("SD-88001").unwrap();
    world
}

#[test]
fn everything_that_has_a_period_is_there_until_it_is_over_and_not_longer() {
    let directory = TempDir::new().unwrap();
    let world = lived(&directory);
    let mut passed = 0;
    let mut erase_at = |hours: u64| {
        world.advance((hours - passed) * HOUR_S);
        passed = hours;
        world.sandbox.admin().erase().unwrap();
    };
    for days in [0, 1, 7, 30, 90, 7300] {
        let due = || COUNTS.iter().filter(|(other, _)| *other == days).map(|(_, what)| what);
        erase_at((days * 24).saturating_sub(1));
        for what in due() {
            assert!(count(&directory, what) > 0, "{what}: gone before {days} days are over");
        }
        // Some periods begin with the end of what was given for minutes.
        erase_at(days * 24 + 1);
        for what in due() {
            assert_eq!(count(&directory, what), 0, "{what}: there after {days} days");
        }
    }
}
