//! A session walked against canned answers.

use kamusm::{
    Session, Step,
    request::{Request, Response},
    session::{Outcome, SignItem},
    time::Now,
};
use kamusm_test_ca::Key;

pub(crate) const NOW: Now = Now { monotonic_ms: 1_000_000, unix_ms: 1_795_000_000_000 };

/// Walks to the end: accepts every text and signs with this key. Gives the kinds of the steps too.
pub(crate) fn walk(
    mut session: Session,
    certificate: &[u8],
    key: &Key,
    mut service: impl FnMut(&Request) -> Response,
) -> (Outcome, Vec<&'static str>) {
    let mut kinds = Vec::new();
    for _ in 0..50 {
        let (kind, answer) = match session.step(NOW).unwrap() {
            Step::Send(send) => ("send", send.response(service(send.request()))),
            Step::Show(texts) => ("show", texts.accept()),
            Step::Choose(requirements) => ("choose", requirements.certificate(certificate, &[])),
            Step::Sign(request) => {
                let sign = |item: &SignItem| Some(key.sign(&item.to_be_signed));
                ("sign", request.signatures(request.items().iter().map(sign).collect()))
            }
            Step::Done(outcome) => return (outcome, kinds),
            step => panic!("{step:?} was not expected"),
        };
        kinds.push(kind);
        session.answer(answer, NOW).unwrap();
    }
    panic!("the session does not end: {kinds:?}");
}
