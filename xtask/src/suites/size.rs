//! The libraries are no larger than docs/size.toml allows.

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
}
