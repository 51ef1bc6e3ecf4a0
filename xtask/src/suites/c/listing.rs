//! The example that lists the person's applications, in C and in C++: the same lines from both.

use std::{path::Path, process::Command};

use super::{
    examples::{is_short, told},
    program::{Mode, Workshop},
    service::Service,
};
use crate::{report::Report, shell};

/// Parts of TAL.01.16, Şekil 2: a row, an item of a text, a row of the table of banks.
const SHOWN: [&str; 3] = [
    "SD-13712  2021-12-17  Başvuru Formu ve Ödeme Bekleniyor  [Başvuruyu Tamamla]\n",
    "    b. Aşağıdaki bankalardan ve ödeme kanallarından;\n",
    "    VAKIFBANK: Banka Şubesi; İnternet Şubesi; Mobil Şube; ATM; Çağrı Merkezi;\n",
];

pub(super) fn checks(report: &mut Report, workshop: &Workshop, service: &Service) {
    let mut outputs = Vec::new();
    for place in ["examples/c/applications.c", "examples/cpp/applications.cpp"] {
        report.check(&format!("{place} is short"), is_short(place));
        for mode in Mode::ALL {
            let output = listed(workshop, service, place, mode);
            report
                .check(&format!("{place}, {}", mode.name()), output.as_ref().map(drop).map_err(Clone::clone));
            outputs.extend(output);
        }
    }
    let same = outputs.windows(2).all(|pair| pair[0] == pair[1]);
    report.check("both list the same", if same { Ok(()) } else { Err("they differ".to_owned()) });
}

fn listed(workshop: &Workshop, service: &Service, place: &str, mode: Mode) -> Result<String, String> {
    let program = workshop.compile(&shell::root().join(place), &place.replace('/', "-"), mode)?;
    let output = run(workshop.command(&program, mode), service, service.fact("person_token")?)?;
    let refused =
        shell::with_input(workshop.command(&program, mode).arg(service.fact("base_url")?), "nobody\n")?;
    if refused.status.code() != Some(1) {
        return Err(format!("a token of nobody ends with {}", refused.status));
    }
    told(&refused, "giriş yapın").map(|()| output)
}

/// Runs a program that lists applications and gives what it printed.
pub(super) fn run(mut command: Command, service: &Service, token: &str) -> Result<String, String> {
    let output = shell::with_input(command.arg(service.fact("base_url")?), &format!("{token}\n"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    match SHOWN.iter().find(|part| !text.contains(**part)) {
        Some(part) => Err(format!("it did not show {part:?}")),
        None => Ok(text),
    }
}

/// The same with a program that somebody else built.
pub(super) fn of(program: &Path, service: &Service) -> Result<(), String> {
    run(Command::new(program), service, service.fact("person_token")?).map(drop)
}
