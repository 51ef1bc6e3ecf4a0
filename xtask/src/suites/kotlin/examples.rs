//! The programs of examples/kotlin, each with a service of its own.

use std::{fs, path::Path, process::Command, process::Output};

use super::{Project, Service};
use crate::{
    report::Report,
    shell,
    suites::{c::service::PIN, whole_application::walk},
    text,
};

const EXAMPLES: Project = Project { pom: "examples/kotlin/pom.xml", name: "examples" };
const LONGEST: usize = 120;
const GO_BACK: &str = "imza teslim edildi; başvuru sayfasına dönün: ";
/// Where packages put SoftHSM.
const SOFTHSM: &[&str] =
    &["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];

pub(super) fn checks(report: &mut Report) {
    if let Err(why) = EXAMPLES.clear().and_then(|()| EXAMPLES.build(&["compile"], &[])) {
        return report.check("examples/kotlin is built", Err(why));
    }
    report.check(&format!("examples/kotlin: Sign.kt has fewer than {LONGEST} lines"), is_short());
    for (name, check) in [
        ("Sign with PKCS#12", pkcs12 as fn(&Service) -> Result<(), String>),
        ("Sign with a code of nobody", wrong_code),
        ("Status lists what the service has", status),
        ("Own signs by OkHttp and a KeyStore", own),
        ("Own with a code of nobody", own_wrong_code),
        ("Basvuru walks through a whole application", whole),
    ] {
        let verdict = Service::start().and_then(|service| check(&service));
        report.check(&format!("examples/kotlin: {name}"), verdict);
    }
    let name = "examples/kotlin: Sign with a PKCS#11 module, after a wrong PIN";
    if SOFTHSM.iter().any(|path| Path::new(path).exists()) {
        report.check(name, Service::start().and_then(|service| module(&service)));
    } else {
        report.missing(name, "softhsm2");
    }
}

fn is_short() -> Result<(), String> {
    let lines = text::read("examples/kotlin/src/main/kotlin/Sign.kt")?.lines().count();
    if lines < LONGEST { Ok(()) } else { Err(format!("it has {lines}")) }
}

/// The PIN comes from a descriptor of its own, the code from standard input.
fn pkcs12(service: &Service) -> Result<(), String> {
    let pin = service.folder().join("pin.txt");
    fs::write(&pin, format!("{PIN}\n")).map_err(|error| error.to_string())?;
    let file = service.pkcs12().display().to_string();
    let mut command = Command::new("sh");
    command.args(["-c", "pin=$1; shift; exec \"$@\" --pin-fd 3 3<\"$pin\"", "sh"]).arg(&pin);
    command.args(words("SignKt")).args([service.fact("base_url")?, "--pkcs12", &file]);
    accepted(service, &shell::with_input(&mut command, &code(service)?)?)
}

/// The second line with a PIN is tried after the first one was wrong.
fn module(service: &Service) -> Result<(), String> {
    let (configuration, module) = service.softhsm()?;
    let mut command = program("SignKt", service, &["--module", &module])?;
    command.env("SOFTHSM2_CONF", configuration);
    let output = shell::with_input(&mut command, &format!("{}0000\n{PIN}\n", code(service)?))?;
    accepted(service, &output)?;
    told(&output.stderr, "PIN yanlış")
}

fn wrong_code(service: &Service) -> Result<(), String> {
    let file = service.pkcs12().display().to_string();
    let mut command = program("SignKt", service, &["--pkcs12", &file])?;
    let output = shell::with_input(&mut command, &format!("SHYZ-BZZD-YBBM-4EVA\n{PIN}\n"))?;
    failed(&output)?;
    told(&output.stderr, "doğrulama kodu")
}

fn status(service: &Service) -> Result<(), String> {
    let mut command = program("StatusKt", service, &[])?;
    let output = shell::with_input(&mut command, &format!("{}\n", service.fact("person_token")?))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    for part in [&format!("{}  2021-12-17  ", service.fact("application")?), "[Başvuruyu Tamamla]", " ATM;"]
    {
        told(&output.stdout, part)?;
    }
    let refused = shell::with_input(&mut program("StatusKt", service, &[])?, "nobody\n")?;
    failed(&refused)?;
    told(&refused.stderr, "giriş")
}

fn own(service: &Service) -> Result<(), String> {
    let file = service.pkcs12().display().to_string();
    let mut command = program("OwnKt", service, &[&file])?;
    let output = shell::with_input(&mut command, &format!("{}{PIN}\n", code(service)?))?;
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    told(&output.stdout, &format!("{GO_BACK}{}", service.fact("base_url")?))
}

fn own_wrong_code(service: &Service) -> Result<(), String> {
    let file = service.pkcs12().display().to_string();
    let mut command = program("OwnKt", service, &[&file])?;
    let output = shell::with_input(&mut command, &format!("SHYZ-BZZD-YBBM-4EVA\n{PIN}\n"))?;
    failed(&output)?;
    told(&output.stdout, "KamusmException.Service: CODE_UNKNOWN (-233)")
}

fn whole(service: &Service) -> Result<(), String> {
    let words = words("BasvuruKt");
    walk(service, Command::new(&words[0]).args(&words[1..]))
}

fn program(class: &str, service: &Service, arguments: &[&str]) -> Result<Command, String> {
    let words = words(class);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(service.fact("base_url")?).args(arguments);
    Ok(command)
}

/// Octets go in and out as they are, whatever the machine's locale.
fn words(class: &str) -> Vec<String> {
    let mut words = EXAMPLES.program(class);
    let encodings = ["-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-Dsun.stderr.encoding=UTF-8"];
    words.splice(1..1, encodings.map(str::to_owned));
    words
}

fn code(service: &Service) -> Result<String, String> {
    Ok(format!("{}\n", service.fact("sign_code")?))
}

fn accepted(service: &Service, output: &Output) -> Result<(), String> {
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    for part in ["İmzalanacak Metin 1:", "beyan ederim.", "kontrol sayısı: "] {
        told(&output.stdout, part)?;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let page = text.lines().last().and_then(|last| last.strip_prefix(GO_BACK));
    if page == Some(service.fact("base_url")?) { Ok(()) } else { Err(format!("the page is {page:?}")) }
}

fn failed(output: &Output) -> Result<(), String> {
    if output.status.code() == Some(1) { Ok(()) } else { Err(format!("it ended with {}", output.status)) }
}

fn told(octets: &[u8], part: &str) -> Result<(), String> {
    let text = String::from_utf8_lossy(octets);
    if text.contains(part) { Ok(()) } else { Err(format!("it did not tell of {part:?} but {text:?}")) }
}
