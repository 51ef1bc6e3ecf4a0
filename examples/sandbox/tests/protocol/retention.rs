//! What is over is erased, and not earlier.

use crate::support::{ORDER, TCKN, World};

const DAY_S: u64 = 24 * 60 * 60;

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
    assert!(world.sandbox.admin().erase().unwrap() > 0);
    signed_in_again(&mut world);
    world.person_get(&path).assert_problem(410, "evidence-expired");
    assert!(world.sandbox.admin().evidence(ORDER).unwrap()[0].cms.is_empty());
    assert_eq!(world.sandbox.admin().erase().unwrap(), 0);
}
