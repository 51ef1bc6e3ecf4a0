//! What was done against what the service has: lost, twice, a second PIN, another text, an untrue answer.

use std::collections::BTreeMap;

use kamusm_cades::cms::SignedData;
use sha2::{Digest as _, Sha256};

use crate::{
    application::Event,
    database::{Kept, Signed},
};

/// Everything that the starts of an application said about each session, in its order.
#[derive(Clone, Debug, Default)]
pub struct Ledger(BTreeMap<String, Vec<Event>>);

/// The sum of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// Sessions in all.
    pub sessions: u64,
    /// Sessions that the service accepted, once, with the application told so.
    pub accepted: u64,
    /// Sessions that ended without a submission, by the reason that the application was told.
    pub void: BTreeMap<String, u64>,
    /// Sessions that can go on.
    pub pending: u64,
    /// PIN entries that were asked for again because the program was killed between a signature and its record.
    pub again_before_record: u64,
    /// What must not be: each with the number of its application.
    pub wrong: Vec<(Wrong, String)>,
}

/// What must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "what is looked for")]
pub enum Wrong {
    /// All texts were signed and stored, and the service has not accepted them.
    Lost,
    /// More than one submission or piece of evidence counts.
    Twice,
    /// The PIN was asked for although all texts were signed and nothing was rejected.
    SecondPin,
    /// The service has another text than was shown, or a signature that no record held.
    OtherBytes,
    /// The application was told something else than what is so.
    Untrue,
    /// A program ended as none should.
    Broken,
}

impl Ledger {
    /// Writes an event down.
    pub fn add(&mut self, application: &str, event: Event) {
        self.0.entry(application.to_owned()).or_default().push(event);
    }

    /// Puts another one into this one.
    pub fn merge(&mut self, other: Self) {
        for (application, events) in other.0 {
            self.0.entry(application).or_default().extend(events);
        }
    }

    /// What was written down.
    pub fn events(&self, application: &str) -> &[Event] {
        self.0.get(application).map(Vec::as_slice).unwrap_or_default()
    }

    /// The points at which programs were killed.
    pub fn kills(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.values().flatten().filter_map(|event| match event {
            Event::Killed(point) => Some(point.as_deref()),
            _ => None,
        })
    }

    /// Holds it against the service's database.
    pub fn judge(&self, database: &BTreeMap<String, Kept>) -> Verdict {
        let mut verdict = Verdict::default();
        let nothing = Kept::default();
        for (application, events) in &self.0 {
            let kept = database.get(application).unwrap_or(&nothing);
            let story = Story::of(events);
            verdict.sessions += 1;
            verdict.again_before_record += story.again_before_record;
            for wrong in story.wrongs(kept) {
                verdict.wrong.push((wrong, application.clone()));
            }
            match story.end {
                Some(("Accepted", _)) => verdict.accepted += 1,
                None | Some(("Received" | "Unknown", _)) => verdict.pending += 1,
                Some((kind, why)) => *verdict.void.entry(format!("{kind} {why}")).or_default() += 1,
            }
        }
        verdict
    }
}

/// States of an entry in which every text has its signature.
const IS_SIGNED: [&str; 2] = ["Signed", "Received"];

/// One session over all starts of its application.
#[derive(Default)]
struct Story<'a> {
    shown: Vec<&'a str>,
    /// Signatures that a record holds.
    kept: Vec<&'a str>,
    /// A signature was made, and no record of it was heard of.
    is_fresh: bool,
    /// Likewise, by a start that was killed.
    is_doubtful: bool,
    is_signed: bool,
    pins_after_signed: u64,
    again_before_record: u64,
    end: Option<(&'a str, &'a str)>,
    is_broken: bool,
}

impl<'a> Story<'a> {
    fn of(events: &'a [Event]) -> Self {
        let mut story = Self::default();
        for event in events {
            story.add(event);
        }
        story
    }

    fn add(&mut self, event: &'a Event) {
        match event {
            Event::Shown(text) => self.shown.push(text),
            Event::Pin => {
                self.pins_after_signed += u64::from(self.is_signed);
                self.again_before_record += u64::from(self.is_doubtful);
                self.is_doubtful = false;
            }
            Event::Made => self.is_fresh = true,
            Event::Kept(cms) => self.kept.push(cms),
            Event::Stored(kind, state, end) => {
                self.is_fresh &= kind != "Signed";
                self.is_signed |= IS_SIGNED.contains(&state.as_str());
                // The journal tells the end also to who was not told it any more.
                if state == "Ended" {
                    self.end = Some(if end == "Accepted" { (end, "") } else { ("Ended", end) });
                }
            }
            // It may be killed between the record and its word of it; then the next start finds the record.
            Event::Resuming(state) => {
                self.is_doubtful &= state != "PartlySigned" && !IS_SIGNED.contains(&state.as_str());
                self.is_signed |= IS_SIGNED.contains(&state.as_str());
            }
            Event::Killed(_) => {
                self.is_doubtful |= self.is_fresh;
                self.is_fresh = false;
            }
            Event::Outcome(kind, why) => self.end = Some((kind, why)),
            Event::Broken(_) => self.is_broken = true,
            Event::NotStored(_) => {}
        }
    }

    fn wrongs(&self, kept: &Kept) -> Vec<Wrong> {
        let is_accepted = matches!(self.end, Some(("Accepted", _)));
        let is_void = !is_accepted && !matches!(self.end, None | Some(("Received" | "Unknown", _)));
        let is_twice = kept.accepted > 1 || kept.evidence > kept.signed.len() as u64;
        let checks = [
            (
                Wrong::Lost,
                self.is_signed && kept.accepted == 0 && (is_accepted || is_void && !self.is_too_late()),
            ),
            (Wrong::Twice, is_twice),
            (Wrong::SecondPin, self.pins_after_signed > kept.rejected),
            (Wrong::OtherBytes, !kept.signed.iter().all(|signed| self.knows(signed))),
            (
                Wrong::Untrue,
                is_accepted != (kept.accepted > 0) && self.end.is_some() && (is_accepted || is_void),
            ),
            (Wrong::Broken, self.is_broken),
        ];
        checks.into_iter().filter_map(|(wrong, is_so)| is_so.then_some(wrong)).collect()
    }

    /// The session was over by its time before the signatures came.
    fn is_too_late(&self) -> bool {
        matches!(self.end, Some((_, "SESSION_EXPIRED")))
    }

    /// The text was shown, it is what the signature holds, and the signature is one that a record held before.
    fn knows(&self, signed: &Signed) -> bool {
        let Ok(cms) = SignedData::parse(&signed.cms) else { return false };
        let is_same = cms.content() == Some(&signed.content[..]);
        let (text, kept) = (digest(&signed.content), digest(&signed.cms));
        is_same && self.shown.contains(&text.as_str()) && self.kept.contains(&kept.as_str())
    }
}

fn digest(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|octet| format!("{octet:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"KAMU SM";

    /// The smallest CMS that holds this content: what is looked at is whose octets these are, not who signed.
    fn cms(content: &[u8]) -> Vec<u8> {
        let tlv = |tag: u8, value: &[u8]| [&[tag, u8::try_from(value.len()).unwrap()], value].concat();
        let data = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
        let signed_data = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
        let encapsulated = tlv(0x30, &[&data[..], &tlv(0xa0, &tlv(0x04, content))].concat());
        let inner = [&[0x02, 0x01, 0x01, 0x31, 0x00][..], &encapsulated, &[0x31, 0x00]].concat();
        tlv(0x30, &[&signed_data[..], &tlv(0xa0, &tlv(0x30, &inner))].concat())
    }

    fn story() -> Vec<Event> {
        let stored =
            |kind: &str, state: &str, end: &str| Event::Stored(kind.into(), state.into(), end.into());
        vec![
            stored("Begun", "CodeNotRedeemed", ""),
            Event::Shown(digest(TEXT)),
            Event::Pin,
            Event::Made,
            Event::Kept(digest(&cms(TEXT))),
            stored("Signed", "Signed", ""),
            Event::Killed(None),
            Event::Resuming("Signed".into()),
            stored("Ended", "Ended", "Accepted"),
            Event::Outcome("Accepted".into(), String::new()),
        ]
    }

    fn kept() -> Kept {
        let signed = vec![Signed { content: TEXT.to_vec(), cms: cms(TEXT) }];
        Kept { accepted: 1, evidence: 1, signed, ..Kept::default() }
    }

    fn wrongs(events: Vec<Event>, kept: Kept) -> Vec<Wrong> {
        let mut ledger = Ledger::default();
        events.into_iter().for_each(|event| ledger.add("SD-1", event));
        let verdict = ledger.judge(&[("SD-1".to_owned(), kept)].into());
        verdict.wrong.into_iter().map(|(wrong, _)| wrong).collect()
    }

    #[test]
    fn a_session_that_went_well_is_right() {
        assert_eq!(wrongs(story(), kept()), []);
    }

    #[test]
    fn each_wrong_is_found() {
        assert_eq!(wrongs(story(), Kept { accepted: 2, ..kept() }), [Wrong::Twice]);
        assert_eq!(wrongs(story(), Kept { evidence: 2, ..kept() }), [Wrong::Twice]);
        let other = Signed { content: b"KAMU SN".to_vec(), cms: cms(TEXT) };
        assert_eq!(wrongs(story(), Kept { signed: vec![other], ..kept() }), [Wrong::OtherBytes]);
        assert_eq!(wrongs(story(), Kept::default()), [Wrong::Lost, Wrong::Untrue]);
        let with = |place: usize, event: Event| {
            let mut events = story();
            events.insert(place, event);
            events
        };
        assert_eq!(wrongs(with(8, Event::Pin), kept()), [Wrong::SecondPin]);
        assert_eq!(
            wrongs(with(8, Event::Pin), Kept { rejected: 1, ..kept() }),
            [],
            "the service asked for it"
        );
        assert_eq!(wrongs(with(8, Event::Broken("gone".into())), kept()), [Wrong::Broken]);
        let without = |place: usize| {
            let mut events = story();
            events.remove(place);
            events
        };
        assert_eq!(wrongs(without(1), kept()), [Wrong::OtherBytes], "it was never shown");
        assert_eq!(wrongs(without(4), kept()), [Wrong::OtherBytes], "no record held it");
        let ended = |kind: &str, why: &str, kept| {
            let mut events = story();
            events.truncate(8);
            events.push(Event::Outcome(kind.into(), why.into()));
            wrongs(events, kept)
        };
        assert_eq!(ended("Failed", "UNREACHABLE", kept()), [Wrong::Untrue]);
        assert_eq!(ended("Failed", "UNREACHABLE", Kept::default()), [Wrong::Lost]);
        assert_eq!(ended("Unknown", "OUTCOME_UNKNOWN", kept()), [], "it can go on");
        assert_eq!(
            ended("Expired", "SESSION_EXPIRED", Kept::default()),
            [],
            "evidence is kept, a new code is needed"
        );
    }

    #[test]
    fn a_signature_that_died_with_its_program_costs_a_pin_and_is_counted() {
        let mut events = story();
        events.truncate(4);
        events.extend([Event::Killed(None), Event::Resuming("Opened".into())]);
        events.extend(story().into_iter().skip(2));
        let mut ledger = Ledger::default();
        events.into_iter().for_each(|event| ledger.add("SD-1", event));
        let verdict = ledger.judge(&[("SD-1".to_owned(), kept())].into());
        assert_eq!((verdict.again_before_record, verdict.wrong), (1, vec![]));
    }
}
