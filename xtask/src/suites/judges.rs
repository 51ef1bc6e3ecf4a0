//! The judges: programs of others that have to accept what we sign, and to refuse its damaged twins (docs/judges.md).

mod judge;

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::{programs, report::Report, shell};
use judge::{JUDGES, Judge, Verdicts};

const KEYS: [&str; 4] = ["rsa2048", "p256", "p384", "p521"];
const KINDS: [&str; 2] = ["attached", "detached"];
/// States of files that are sound, with what is wrong with their signers.
const SIGNERS: [(&str, &str); 2] =
    [("revoked", "a signer who is revoked"), ("stranger", "a signer of another CA")];

pub(crate) fn checks(report: &mut Report) {
    let folder = shell::target().join("judges/batch");
    let batch = match batch(&folder) {
        Ok(batch) => batch,
        Err(why) => return report.check("batch", Err(why)),
    };
    // Each waits for a program of its own.
    let outcomes = thread::scope(|scope| {
        let runs = JUDGES.each_ref().map(|judge| scope.spawn(|| timed(|| judge.run(&folder))));
        runs.map(|run| run.join().expect("a judge that cannot run says so"))
    });
    for (judge, (outcome, elapsed)) in JUDGES.iter().zip(outcomes) {
        match outcome {
            None => report.missing(judge.name, judge.needs),
            Some(Err(why)) => report.check(judge.name, Err(why)),
            Some(Ok(verdicts)) => {
                println!("   {}: {} signatures in {} s", judge.name, verdicts.len(), elapsed.as_secs());
                compare(report, judge, &batch, &verdicts);
            }
        }
    }
}

/// Writes new signatures, and names them.
fn batch(folder: &Path) -> Result<Vec<Signature>, String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| error.to_string())?;
    }
    programs::build()?;
    shell::run(programs::command("kamusm-test-judges").arg("batch").arg(folder))?;
    let entries = fs::read_dir(folder.join("signatures")).map_err(|error| error.to_string())?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut batch: Vec<Signature> = names.filter_map(Signature::named).collect();
    batch.sort_by(|left, right| left.file.cmp(&right.file));
    Ok(batch)
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    (run(), began.elapsed())
}

/// `KEY-KIND-VARIANT.STATE.p7m` or `….p7s`
struct Signature {
    file: String,
    key: String,
    kind: String,
    state: String,
}

impl Signature {
    fn named(file: String) -> Option<Self> {
        let mut parts = file.split('.');
        let (stem, state) = (parts.next()?, parts.next()?);
        if !["p7m", "p7s"].contains(&parts.next()?) {
            return None;
        }
        let mut words = stem.split('-');
        let (key, kind) = (words.next()?.to_owned(), words.next()?.to_owned());
        Some(Self { key, kind, state: state.to_owned(), file })
    }

    fn is_sound(&self) -> bool {
        self.state == "sound"
    }

    fn has_sound_signer(&self) -> bool {
        SIGNERS.iter().all(|(state, _)| self.state != *state)
    }
}

fn compare(report: &mut Report, judge: &Judge, batch: &[Signature], verdicts: &Verdicts) {
    let mut check = |what: String, group: Vec<&Signature>| {
        let name = format!("{} {what} ({})", judge.name, group.len());
        report.check(&name, agreed(judge, &group, verdicts));
    };
    for key in KEYS {
        for kind in KINDS {
            let (sound, damaged) = batch
                .iter()
                .filter(|signature| signature.key == key && signature.kind == kind)
                .filter(|signature| signature.has_sound_signer())
                .partition(|signature| signature.is_sound());
            check(format!("accepts {key} {kind}"), sound);
            check(format!("refuses {key} {kind}, damaged"), damaged);
        }
    }
    for (state, signer) in SIGNERS {
        let group = batch.iter().filter(|signature| signature.state == state).collect();
        check(format!("refuses {signer}"), group);
    }
}

fn agreed(judge: &Judge, group: &[&Signature], verdicts: &Verdicts) -> Result<(), String> {
    if group.is_empty() {
        return Err("there are no such files".into());
    }
    for signature in group {
        let verdict =
            verdicts.get(&signature.file).ok_or_else(|| format!("no word on {}", signature.file))?;
        let expected = (judge.expects)(&signature.state);
        if verdict.text != expected {
            return Err(format!("{}: {}, not {expected} ({})", signature.file, verdict.text, verdict.why));
        }
    }
    Ok(())
}
