//! The libraries are no larger than docs/size.toml allows, and need nothing that a computer without readers lacks.

use std::process::Command;

use crate::{report::Report, shell, size};

pub(crate) fn checks(report: &mut Report) {
    if shell::find("strip").is_none() {
        return report.missing("sizes", "strip");
    }
    match size::check_libraries() {
        Ok(verdicts) => {
            for (name, verdict) in size::LIBRARIES.iter().zip(verdicts) {
                match verdict {
                    Ok(remark) => report.check(&remark, Ok(())),
                    Err(why) => report.check(name, Err(why)),
                }
            }
        }
        Err(why) => report.check("sizes", Err(why)),
    }
    for name in size::LIBRARIES {
        report.check(&format!("{name} loads without pcsc-lite"), loads_without_pcsc(name));
    }
}

/// Only the feature `pcsc` links libpcsclite; a library with it would not load where that is not installed.
fn loads_without_pcsc(library: &str) -> Result<(), String> {
    let linked = shell::capture(Command::new("ldd").arg(size::native().join(library)))?;
    let pcsc = linked.lines().find(|line| line.contains("pcsclite"));
    pcsc.map_or(Ok(()), |line| Err(format!("it is linked with {}", line.trim())))
}
