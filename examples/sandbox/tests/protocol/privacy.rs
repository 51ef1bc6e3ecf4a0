//! The TCKN appears nowhere whole.

use serde_json::json;

use crate::support::{ORDER, TCKN, World};

#[test]
fn no_answer_holds_the_whole_tckn() {
    let world = World::new();
    let issued = world.issue(ORDER);
    let session = world.redeem(issued.json()["code"].as_str().unwrap());
    let items = world.prepare(&session);
    let code = format!("/{ORDER}/sign-codes/{}", issued.json()["id"].as_str().unwrap());
    let answers = [
        world.get(&session, "/documents/1"),
        world.check(&session, &world.signer.certificate),
        world.submit(&session, &items),
        world.get(&session, ""),
        world.get(&session, "/submission"),
        world.post(&session, "/window", json!({})),
        world.person_get(""),
        world.person_get(&format!("/{ORDER}")),
        world.person_get(&code),
        world.person_get(&format!("/{ORDER}/result")),
        world.person_get(&format!("/{ORDER}/evidence")),
        world.http.get("/.well-known/kamusm-configuration", None),
    ];
    for answer in answers {
        assert!(!answer.text().contains(TCKN), "{}", answer.text());
    }
    assert!(!session.body.to_string().contains(TCKN));
    assert!(!format!("{:?} {:?}", world.sandbox, world.sandbox.admin()).contains(TCKN));
}
