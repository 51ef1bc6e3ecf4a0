//! The example that walks through a whole application, in C.

use super::{
    program::{Mode, Workshop},
    service::Service,
};
use crate::{report::Report, shell, suites::whole_application::walk};

const PLACE: &str = "examples/c/basvuru.c";

pub(super) fn checks(report: &mut Report, workshop: &Workshop) {
    for mode in Mode::ALL {
        report.check(&format!("{PLACE}, {}", mode.name()), walked(workshop, mode));
    }
}

fn walked(workshop: &Workshop, mode: Mode) -> Result<(), String> {
    let program = workshop.compile(&shell::root().join(PLACE), "basvuru", mode)?;
    walk(&Service::start()?, &mut workshop.command(&program, mode))
}
