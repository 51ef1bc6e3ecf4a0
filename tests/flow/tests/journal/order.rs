//! When a record is stored: before what it speaks of can be lost.

use kamusm::{Step, journal::RecordKind};
use kamusm_test_flow::{Kind, kind};

use crate::setting::Setting;

/// The steps of a session with the kinds of its records.
fn steps(setting: &Setting) -> Vec<String> {
    let mut walk = setting.walk();
    let mut steps = Vec::new();
    loop {
        let step = walk.step();
        steps.push(match &step {
            Step::Persist(persist) => format!("{:?}", persist.record().kind()),
            Step::Send(send) => send.request().url.rsplit('/').next().unwrap().to_owned(),
            other => format!("{:?}", kind(other)),
        });
        if kind(&step) == Kind::Done {
            return steps;
        }
        walk.perform(&step);
    }
}

#[test]
fn each_record_comes_before_the_step_that_it_secures() {
    let wanted = [
        "kamusm-configuration",
        "Begun",
        "sign-sessions",
        "Opened",
        "1",
        "window",
        "Show",
        "Choose",
        "certificate-checks",
        "Prepared",
        "Sign",
        "Signed",
        "submission",
        "jwks.json",
        "Ended",
        "Done",
    ];
    assert_eq!(steps(&Setting::new(1)), wanted);
}

#[test]
fn a_crash_at_any_step_costs_at_most_one_more_pin_and_none_once_all_is_signed() {
    for steps in 2.. {
        let setting = Setting::new(2);
        let mut walk = setting.walk();
        for _ in 0..steps {
            let step = walk.step();
            if kind(&step) == Kind::Done {
                return;
            }
            walk.perform(&step);
        }
        let Some(newest) = walk.records().last() else { continue };
        if newest.kind() == RecordKind::Ended {
            return;
        }
        let is_signed = newest.kind() == RecordKind::Signed;
        walk.crash();
        if is_signed {
            setting.accepted_without_the_person(&mut walk);
        } else {
            setting.accepted(&mut walk);
        }
        assert!(walk.signings() <= if is_signed { 1 } else { 2 }, "after {steps} steps");
    }
}

#[test]
fn a_step_asked_for_twice_is_the_same_and_the_room_for_the_next_record_is_asked_for() {
    let setting = Setting::new(2);
    let mut walk = setting.walk();
    let mut reserved = 0;
    loop {
        let step = walk.step();
        if let (Step::Persist(first), Step::Persist(again)) = (&step, walk.step()) {
            assert_eq!(first.record(), again.record());
            let needed = first.record().octets().len();
            assert!(reserved == 0 || needed <= reserved, "{needed} octets need more than {reserved}");
            reserved = first.record().reserve_octets();
        }
        if kind(&step) == Kind::Done {
            return;
        }
        walk.perform(&step);
    }
}
