//! The programs of examples/c and examples/cpp and those of their pages, each built by a plain compiler.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    program::{Mode, Workshop},
    service::{PIN, Service},
};
use crate::{report::Report, shell, text};

const LONGEST_EXAMPLE: usize = 120;
const GO_BACK: &str = "başvuru sayfasına dönün: ";
/// Where packages put SoftHSM.
const SOFTHSM: &[&str] =
    &["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];

/// Documents whose blocks are a program, with its language and what it shows besides.
const PAGES: [(&str, &str, &str); 2] =
    [("docs/embedding.md", "c", "CAdES-BASELINE-B: geçerli\n"), ("docs/cpp.md", "cpp", "METİN SONU\n")];

pub(super) fn checks(report: &mut Report, workshop: &Workshop) {
    let examples = ["examples/c/sign.c", "examples/cpp/sign.cpp"];
    for place in examples {
        report.check(&format!("{place} has fewer than {LONGEST_EXAMPLE} lines"), is_short(place));
        for mode in Mode::ALL {
            let verdict = Example::new(workshop, place, mode).and_then(|example| example.pkcs12());
            report.check(&format!("{place} with PKCS#12, {}", mode.name()), verdict);
        }
        let verdict = Example::new(workshop, place, Mode::Plain).and_then(|example| example.wrong_pin());
        report.check(&format!("{place} after a wrong PIN"), verdict);
        let verdict = Example::new(workshop, place, Mode::Plain).and_then(|example| example.wrong_code());
        report.check(&format!("{place} with a code of nobody"), verdict);
        if SOFTHSM.iter().any(|path| Path::new(path).exists()) {
            let verdict = Example::new(workshop, place, Mode::Plain).and_then(|example| example.module());
            report.check(&format!("{place} with a PKCS#11 module"), verdict);
        } else {
            report.missing(&format!("{place} with a PKCS#11 module"), "softhsm2");
        }
    }
    for (document, language, also) in PAGES {
        for mode in Mode::ALL {
            let verdict = page(workshop, mode, document, language, also);
            report.check(&format!("the program in {document}, {}", mode.name()), verdict);
        }
    }
}

pub(super) fn is_short(place: &str) -> Result<(), String> {
    let lines = text::read(place)?.lines().count();
    if lines < LONGEST_EXAMPLE { Ok(()) } else { Err(format!("it has {lines}")) }
}

/// A program of the examples with a service of its own.
pub(super) struct Example<'a> {
    workshop: &'a Workshop,
    program: PathBuf,
    mode: Mode,
    service: Service,
}

impl<'a> Example<'a> {
    fn new(workshop: &'a Workshop, place: &str, mode: Mode) -> Result<Self, String> {
        let name = place.replace('/', "-");
        let program = workshop.compile(&shell::root().join(place), &name, mode)?;
        Self::of(workshop, program, mode)
    }

    /// A program that is built already.
    pub(super) fn of(workshop: &'a Workshop, program: PathBuf, mode: Mode) -> Result<Self, String> {
        Ok(Self { workshop, program, mode, service: Service::start()? })
    }

    /// The PIN comes from a descriptor of its own, the code from standard input.
    pub(super) fn pkcs12(&self) -> Result<(), String> {
        let pin = self.service.folder().join("pin.txt");
        fs::write(&pin, format!("{PIN}\n")).map_err(|error| error.to_string())?;
        let script = format!("exec \"$0\" \"$@\" --pin-fd 3 3<'{}'", pin.display());
        let code = self.service.fact("sign_code")?.to_owned() + "\n";
        self.accepted(&self.output(
            &script,
            &["--pkcs12", &self.service.pkcs12().display().to_string()],
            &code,
        )?)
    }

    /// Code and PIN are lines of standard input.
    fn module(&self) -> Result<(), String> {
        let (configuration, module) = self.service.softhsm()?;
        let script = format!("SOFTHSM2_CONF='{configuration}' exec \"$0\" \"$@\"");
        let lines = format!("{}\n{PIN}\n", self.service.fact("sign_code")?);
        self.accepted(&self.output(&script, &["--module", &module], &lines)?)
    }

    /// The second line with a PIN is tried after the first one was wrong.
    fn wrong_pin(&self) -> Result<(), String> {
        let (configuration, module) = self.service.softhsm()?;
        let script = format!("SOFTHSM2_CONF='{configuration}' exec \"$0\" \"$@\"");
        let lines = format!("{}\n0000\n{PIN}\n", self.service.fact("sign_code")?);
        let output = self.output(&script, &["--module", &module], &lines)?;
        self.accepted(&output)?;
        told(&output, "PIN")
    }

    fn wrong_code(&self) -> Result<(), String> {
        let lines = format!("SHYZ-BZZD-YBBM-4EVA\n{PIN}\n");
        let pkcs12 = self.service.pkcs12().display().to_string();
        let output = self.output("exec \"$0\" \"$@\"", &["--pkcs12", &pkcs12], &lines)?;
        if output.status.code() != Some(1) {
            return Err(format!("it ended with {}", output.status));
        }
        told(&output, "doğrulama kodu")
    }

    /// Runs through a shell that opens descriptors; what is secret is never an argument.
    fn output(&self, script: &str, token: &[&str], lines: &str) -> Result<std::process::Output, String> {
        let start = self.service.folder().join("start");
        let plain = self.workshop.command(&self.program, self.mode);
        let words: Vec<String> = std::iter::once(plain.get_program())
            .chain(plain.get_args())
            .map(|word| format!("'{}'", word.to_string_lossy()))
            .collect();
        let text = format!("#!/bin/sh\nexec {} \"$@\"\n", words.join(" "));
        fs::write(&start, text).map_err(|error| error.to_string())?;
        fs::set_permissions(&start, fs::Permissions::from_mode(0o700)).map_err(|error| error.to_string())?;
        let mut command = Command::new("sh");
        command.args(["-c", script]).arg(&start).arg(self.service.fact("base_url")?).args(token);
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell::with_input(&mut command, lines)
    }

    fn accepted(&self, output: &std::process::Output) -> Result<(), String> {
        if !output.status.success() {
            return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let page = text.lines().last().and_then(|last| last.split_once(GO_BACK)).map(|(_, page)| page);
        for part in ["İmzalanacak Metin 1:", "beyan ederim.", "kontrol sayısı: "] {
            if !text.contains(part) {
                return Err(format!("it did not show {part:?}"));
            }
        }
        if page == Some(self.service.fact("base_url")?) {
            Ok(())
        } else {
            Err(format!("the page is {page:?}"))
        }
    }
}

pub(super) fn told(output: &std::process::Output, part: &str) -> Result<(), String> {
    let text = String::from_utf8_lossy(&output.stderr);
    if text.contains(part) { Ok(()) } else { Err(format!("it did not tell of {part:?} but {text:?}")) }
}

/// All C blocks of the document, in their order, are one program.
fn page(workshop: &Workshop, mode: Mode, document: &str, language: &str, also: &str) -> Result<(), String> {
    let text = text::read(document)?;
    let source = workshop.folder.path().join(format!("page.{language}"));
    fs::write(&source, text::blocks(&text, language).join("\n\n") + "\n")
        .map_err(|error| error.to_string())?;
    let program = workshop.compile(&source, &format!("page-{language}"), mode)?;
    let service = Service::start()?;
    let mut command = workshop.command(&program, mode);
    command.arg(service.fact("base_url")?).arg(service.pem()).arg(service.fact("intermediate")?);
    if language == "c" {
        command.arg(service.folder().join("journal"));
    }
    // The first PIN is wrong: the same step comes again.
    let lines = format!("{}\n9999\n{PIN}\n{}\n", service.fact("sign_code")?, service.fact("person_token")?);
    let output = shell::with_input(&mut command, &lines)?;
    let (shown, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(format!("{}: {errors}", output.status));
    }
    let page = format!("Başvuru sayfasına dönün: {}\n", service.fact("base_url")?);
    for part in [page.as_str(), also, &format!("{}: ", service.fact("application")?)] {
        if !shown.contains(part) {
            return Err(format!("it did not show {part:?}"));
        }
    }
    told(&output, "PIN")
}
