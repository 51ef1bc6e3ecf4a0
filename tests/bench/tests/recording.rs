//! What is measured is the real thing: the recorded session succeeds, and its file is a sound signature.

use kamusm::session::OutcomeKind;
use kamusm_bench::{Assembly, Recording, RevocationList, SignedFile};
use kamusm_cades::{cms::SignedData, validate::Indication};

#[test]
fn the_recorded_session_succeeds() {
    let recording = Recording::committed();
    let outcome = recording.play().finish();
    assert_eq!(outcome.kind, OutcomeKind::Accepted, "{:?}", outcome.error);
    assert_eq!(outcome.signatures, [recording.cms.0]);
}

#[test]
fn the_recorded_file_is_a_sound_signature() {
    let report = SignedFile::recorded().validate();
    assert_eq!(report.signatures[0].indication(), Indication::TotalPassed);
}

#[test]
fn assembly_gives_the_recorded_signature() {
    let file = Assembly::recorded().run();
    let file = SignedData::parse(&file).unwrap();
    let recorded = Recording::committed();
    let recorded = SignedData::parse(&recorded.cms.0).unwrap();
    let value = |file: &SignedData<'_>| file.signer_infos()[0].signature.to_vec();
    assert_eq!(value(&file), value(&recorded));
}

#[test]
fn the_list_is_looked_through() {
    let list = RevocationList::with_entries(100);
    assert!(!list.first_use());
    assert_eq!(list.indexed().verified().crl().entry_count(), 100);
}
