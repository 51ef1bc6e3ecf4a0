//! `--json`: one object per event on standard output for another program; nothing is asked on the terminal.
//!
//! The kontrol sayısı is never told: who accepts has read it on the application page and sends it back.

use std::io::Write;

use kamusm::{
    error::{Code, Error},
    journal::{Entry, JournalId},
    session::{OutcomeKind, Texts, WaitReason},
};
use kamusm_token::pin::{Pin, Tries};
use serde_json::{Value, json};

use crate::{
    card_rack::CardRack,
    certificate_choice::Candidate,
    countdown::Countdown,
    descriptor::Descriptor,
    ending::Ending,
    front::{Choosing, Front, Note, Reply, Stop},
    interruption::Interruption,
    messages::Words,
};

/// Speaks with a program.
pub(crate) struct JsonFront<'a, W: Write> {
    output: W,
    accept: Descriptor,
    interruption: &'a Interruption,
    words: Words,
}

impl<'a, W: Write> JsonFront<'a, W> {
    pub(crate) fn new(output: W, accept: Descriptor, interruption: &'a Interruption, words: Words) -> Self {
        Self { output, accept, interruption, words }
    }

    fn event(&mut self, name: &str, mut fields: Value) {
        fields["event"] = name.into();
        let written = writeln!(self.output, "{fields}").and_then(|()| self.output.flush());
        if written.is_err() {
            // Nobody listens any more, so nobody could know what was signed.
            self.interruption.cancel().cancel();
        }
    }

    fn described(&self, error: &Error) -> Value {
        described(error, self.words)
    }

    fn listed(&self, candidate: &Candidate) -> Value {
        let certificate = &candidate.identity.certificate;
        json!({
            "fingerprint": candidate.fingerprint(),
            "name": candidate.name(),
            "tckn": candidate.number(),
            "place": candidate.place(),
            "not_before": certificate.not_before(),
            "not_after": certificate.not_after(),
            "problem": candidate.verdict.as_ref().err().map(|error| self.described(error)),
        })
    }
}

impl<W: Write> Front for JsonFront<'_, W> {
    fn note(&mut self, note: Note<'_>) {
        let (name, fields) = match note {
            Note::Connecting => ("connecting", json!({})),
            Note::Waiting(reason) => {
                let reason = match reason {
                    WaitReason::Confirmation => "confirmation",
                    WaitReason::Checks => "checks",
                    _ => "retry",
                };
                ("waiting", json!({ "reason": reason }))
            }
            Note::Extended => ("extended", json!({})),
            Note::Cancelling => ("cancelling", json!({})),
            Note::SignatureDue { signing_time_unix_s } => {
                ("signature_due", json!({ "signing_time": signing_time_unix_s }))
            }
            Note::PinAtReader => ("pin_at_reader", json!({})),
            Note::Signing => ("signing", json!({})),
            Note::Signed => ("signed", json!({})),
            Note::Refused(error) => ("certificate_refused", json!({ "error": self.described(error) })),
            Note::Trouble(error) => ("trouble", json!({ "error": self.described(error) })),
            Note::KeyFile(file) => ("journal_key_file", json!({ "file": file.display().to_string() })),
            Note::Torn(file) => ("journal_torn", json!({ "file": file })),
            Note::Unusable(error) => ("journal_unusable", json!({ "error": self.described(error) })),
            Note::PasswordWrong => ("password_wrong", json!({})),
        };
        self.event(name, fields);
    }

    /// Tells all of them; which one is gone on with, `--resume` says.
    fn resume(&mut self, unfinished: &[Entry]) -> Reply<Option<JournalId>> {
        for entry in unfinished {
            let fields = json!({
                "id": entry.id().to_string(),
                "application": entry.application(),
                "service": entry.service(),
                "begun": entry.begun_unix_s(),
                "description": entry.description(self.words.language()),
            });
            self.event("unfinished", fields);
        }
        Ok(None)
    }

    fn show(&mut self, texts: &Texts, countdown: Countdown) -> Reply<bool> {
        let facts = texts.facts();
        let items = texts
            .items()
            .iter()
            .map(|text| json!({ "title": text.title, "text": String::from_utf8_lossy(&text.octets) }));
        let fields = json!({
            "texts": items.collect::<Vec<_>>(),
            "service": facts.service,
            "origin": facts.origin,
            "applicant": { "name": facts.applicant_name, "tckn": facts.applicant_tckn },
            "application": facts.application,
            "institution": facts.institution,
            "product": facts.product,
            "warnings": facts.warnings,
            "created_at": facts.created_at,
            "seconds_left": u64::try_from(countdown.seconds()).unwrap_or(u64::MAX),
        });
        self.event("texts", fields);
        let line = self.accept.line(self.interruption).map_err(|_| Stop::Cancelled)?;
        let accepted = line.octets() == facts.match_code.as_bytes();
        self.event(if accepted { "accepted" } else { "declined" }, json!({}));
        Ok(accepted)
    }

    fn choose(&mut self, rack: &mut CardRack, choosing: Choosing<'_>) -> Reply<Candidate> {
        let listing = rack.list();
        let candidates: Vec<Candidate> = listing
            .identities
            .into_iter()
            .map(|identity| Candidate::new(identity, choosing.refusals, choosing.at_unix_s))
            .collect();
        let items: Vec<Value> = candidates.iter().map(|candidate| self.listed(candidate)).collect();
        let troubles: Vec<Value> = listing.troubles.iter().map(|error| self.described(error)).collect();
        self.event("certificates", json!({ "certificates": items, "troubles": troubles }));

        let mut usable = candidates.iter().filter(|candidate| candidate.is_usable(choosing.wanted));
        match (usable.next(), usable.next()) {
            (Some(only), None) => {
                self.event("certificate", json!({ "fingerprint": only.fingerprint() }));
                Ok(only.clone())
            }
            (Some(_), Some(_)) => {
                let reason = "several certificates can sign; --certificate says which";
                Err(Error::new(Code::NoSigningCertificate, reason).into())
            }
            (None, _) => {
                let error = Error::new(Code::NoSigningCertificate, "no certificate can sign");
                let refused = candidates.into_iter().find_map(|candidate| candidate.verdict.err());
                let cause = refused.or_else(|| listing.troubles.into_iter().next());
                Err(Stop::Failed(match cause {
                    Some(cause) => error.caused_by(cause),
                    None => error,
                }))
            }
        }
    }

    fn password(&mut self, _: Countdown) -> Reply<(Pin, Pin)> {
        Err(Error::new(Code::PinRequired, "--pin-fd is needed for the file's password").into())
    }

    fn pin(&mut self, _: Tries, _: Countdown) -> Reply<Pin> {
        Err(Error::new(Code::PinRequired, "--pin-fd is needed").into())
    }

    /// The last try belongs to a person.
    fn confirm_last_try(&mut self, _: Countdown) -> Reply<bool> {
        Ok(false)
    }

    /// A program may start again; this one does not repeat by itself.
    fn again(&mut self, _: Countdown) -> Reply<()> {
        Err(Stop::Cancelled)
    }

    fn working(&mut self, _: Countdown) {}

    fn end(&mut self, ending: &Ending) {
        let outcome = ending.outcome.as_ref().ok();
        let receipt = outcome.and_then(|outcome| outcome.receipt.as_ref()).map(|receipt| {
            json!({
                "jws": receipt.jws,
                "signing_time": receipt.signing_time,
                "received_at": receipt.received_at,
                "anchored": receipt.anchored,
            })
        });
        let saved = ending.saved.as_ref().map(|saved| match saved {
            Ok(folder) => json!({ "folder": folder.display().to_string() }),
            Err(reason) => json!({ "error": reason }),
        });
        let fields = json!({
            "outcome": outcome_name(ending.kind()),
            "exit_code": ending.exit_code(),
            "error": ending.error().map(|error| self.described(error)),
            "receipt": receipt,
            "return_to": outcome.and_then(|outcome| outcome.return_to.as_deref()),
            "may_have_arrived": ending.may_have_arrived(),
            "saved": saved,
            "journal": outcome.and_then(|outcome| outcome.journal).map(|journal| journal.to_string()),
            "journal_failure": ending.journal_failure().map(|error| self.described(error)),
        });
        self.event("done", fields);
    }
}

pub(crate) fn described(error: &Error, words: Words) -> Value {
    json!({
        "code": error.code().number(),
        "name": error.code().name(),
        "sentence": error.sentence(words.language()),
        "reason": error.reason(),
        "problem": error.problem(),
        "request_id": error.request_id(),
        "used_pin_try": error.used_pin_try(),
        "pin_tries_left": error.pin_tries_left(),
        "fields": error
            .fields()
            .iter()
            .map(|field| json!({ "pointer": field.pointer, "code": field.code.word() }))
            .collect::<Vec<_>>(),
        "cause": error.cause().map(|cause| described(cause, words)),
    })
}

fn outcome_name(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Accepted => "accepted",
        OutcomeKind::Received => "received",
        OutcomeKind::Rejected => "rejected",
        OutcomeKind::Cancelled => "cancelled",
        OutcomeKind::Expired => "expired",
        OutcomeKind::Unknown => "unknown",
        _ => "failed",
    }
}
