//! "Kanıt": the accepted signatures, kept in a folder and judged on this machine.

use std::{
    fs,
    path::{Path, PathBuf},
};

use der::pem;
use kamusm::{
    application::ApplicationNumber,
    error::{Code, Error, Result},
    evidence::{self, Evidence},
    time::Now,
};
use kamusm_cades::{validate::Report, x509::certificate::Certificate};
use serde_json::{Value, json};

use super::{arguments::Command, desk::Desk};
use crate::{
    ending::Ending,
    evidence::{folder_name, new_folder, prepare, write},
    mask::mask,
    messages::{Message, Words},
    moment,
    program::Unfit,
    screen::Screen,
};

/// What signatures are trusted up to.
pub(super) type Anchors = Vec<Certificate>;

/// What was kept, and where.
pub(super) struct Kept {
    folder: PathBuf,
    items: Vec<Item>,
}

struct Item {
    file: String,
    created_at: String,
    /// None for what is no signature.
    verdict: Option<Verdict>,
}

struct Verdict {
    signer: String,
    /// The sub-indication of EN 319 102-1, if it failed.
    failure: Option<&'static str>,
}

impl Kept {
    pub(super) fn exit_code(&self) -> u8 {
        let verdicts = self.items.iter().filter_map(|item| item.verdict.as_ref());
        let has_failed = verdicts.into_iter().any(|verdict| verdict.failure.is_some());
        if has_failed { Ending::FAILED } else { Ending::ACCEPTED }
    }
}

/// The certificates of `--anchor`, read before anything is asked; the folder is made with them.
pub(super) fn anchors(command: &Command, words: Words) -> Result<Anchors, Unfit> {
    let Command::Kanit { folder, anchor, .. } = command else { return Ok(Vec::new()) };
    prepare(folder).map_err(|error| Unfit(words.fill(Message::NotSaved, &[&error])))?;
    let read = |path: &PathBuf| {
        let unreadable =
            |why: &dyn std::fmt::Display| Unfit(words.fill(Message::CannotRead, &[&path.display(), why]));
        let text = fs::read(path).map_err(|error| unreadable(&error))?;
        let (_, der) = pem::decode_vec(&text).map_err(|error| unreadable(&error))?;
        Certificate::from_der(&der).map_err(|error| unreadable(&error))
    };
    anchor.iter().map(read).collect()
}

/// Downloads everything into a new folder below `parent`.
pub(super) fn keep(
    desk: &Desk<'_>,
    number: &ApplicationNumber,
    parent: &Path,
    anchors: &Anchors,
) -> Result<Kept> {
    let Desk { config, token, .. } = desk;
    let unwritten =
        |error: std::io::Error| Error::new(Code::Internal, format!("the evidence was not written: {error}"));
    let listed = desk.perform(&Evidence::list(config, token, number))?;
    let now_unix_s = Now::system().unix_ms.div_euclid(1000);
    let folder = new_folder(parent, &folder_name(number.as_str(), now_unix_s)).map_err(unwritten)?;
    let mut items = Vec::new();
    for (place, evidence) in listed.iter().enumerate() {
        let octets = desk.perform(&evidence.download(config, token, number))?;
        let is_signature = evidence.media_type.starts_with("application/cms");
        let file = format!("kanit-{}.{}", place + 1, if is_signature { "p7s" } else { "bin" });
        write(&folder.join(&file), &octets).map_err(unwritten)?;
        let at_unix_s = moment::from_rfc3339(&evidence.created_at).unwrap_or(now_unix_s);
        let verdict = is_signature.then(|| Verdict::of(&evidence::verify(&octets, None, anchors, at_unix_s)));
        items.push(Item { file, created_at: evidence.created_at.clone(), verdict });
    }
    Ok(Kept { folder, items })
}

impl Verdict {
    fn of(report: &Report) -> Self {
        let signer = report.signatures.iter().find_map(|signature| signature.signer.as_ref());
        let name = signer.and_then(Certificate::common_name).unwrap_or_else(|| "?".into());
        let failure = report.signatures.iter().find_map(|signature| signature.sub_indication());
        Self { signer: mask(&name), failure: failure.map(|failure| failure.name()) }
    }
}

/// Tells of each; the exit code.
pub(super) fn show(screen: &mut Screen<'_>, kept: &Kept) -> u8 {
    screen.heading(Message::EvidenceHeading);
    if kept.items.is_empty() {
        screen.say(Message::NoEvidence);
    }
    for item in &kept.items {
        let at = moment::rewritten(&item.created_at);
        match &item.verdict {
            Some(Verdict { signer, failure: None }) => {
                screen.fill(Message::SignatureValid, &[&item.file, &at, signer]);
            }
            Some(Verdict { signer, failure: Some(failure) }) => {
                screen.fill(Message::SignatureInvalid, &[&item.file, &at, signer, failure]);
            }
            None => screen.fill(Message::RecordKept, &[&item.file, &at]),
        }
    }
    screen.fill(Message::Saved, &[&kept.folder.display()]);
    kept.exit_code()
}

pub(super) fn described(kept: &Kept) -> Value {
    let items = kept.items.iter().map(|item| {
        json!({
            "file": item.file,
            "created_at": item.created_at,
            "signer": item.verdict.as_ref().map(|verdict| &verdict.signer),
            "valid": item.verdict.as_ref().map(|verdict| verdict.failure.is_none()),
            "failure": item.verdict.as_ref().and_then(|verdict| verdict.failure),
        })
    });
    json!({ "event": "evidence", "folder": kept.folder, "items": items.collect::<Vec<_>>() })
}
