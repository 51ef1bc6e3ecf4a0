//! The programs of examples/swift and the one in docs/swift.md, against a service of their own.

use std::{fs, os::unix::fs::symlink, process::Output};

use super::{BUILT, build, program, swift};
use crate::{
    report::Report,
    shell,
    suites::c::service::{PIN, Service},
    text,
};

const EXAMPLES: &str = "examples/swift/programs";
/// Parts of TAL.01.16, Şekil 2: a row, an item of a text, a row of the table of banks.
const LISTED: [&str; 3] = [
    "SD-13712  2021-12-17  Başvuru Formu ve Ödeme Bekleniyor  [Başvuruyu Tamamla]\n",
    "    b. Aşağıdaki bankalardan ve ödeme kanallarından;\n",
    "    VAKIFBANK: Banka Şubesi; İnternet Şubesi; Mobil Şube; ATM; Çağrı Merkezi;\n",
];
const LONGEST_EXAMPLE: usize = 120;
const PAGE: &str = "docs/swift.md";

pub(super) fn checks(report: &mut Report) {
    for name in ["sign", "applications"] {
        report.check(&format!("{name} of {EXAMPLES} has fewer than {LONGEST_EXAMPLE} lines"), is_short(name));
    }
    let built = build(EXAMPLES);
    let builds = built.is_ok();
    report.check(&format!("{EXAMPLES} builds"), built);
    if builds {
        report.check("sign with PKCS#12", accepted(&[PIN]));
        report.check("sign after a wrong PIN", accepted(&["0000", PIN]));
        report.check("sign with a code of nobody", wrong_code());
        report.check("applications with the token of a person", listed());
        report.check("applications with the token of nobody", of_nobody());
    }
    report.check(&format!("the program in {PAGE}"), page());
}

fn is_short(name: &str) -> Result<(), String> {
    let text = text::read(format!("{EXAMPLES}/Sources/{name}/main.swift"))?;
    let lines = text.lines().count();
    if lines < LONGEST_EXAMPLE { Ok(()) } else { Err(format!("it has {lines}")) }
}

/// Code, password of the file and PINs are lines of standard input.
fn accepted(pins: &[&str]) -> Result<(), String> {
    let service = Service::start()?;
    let output = example(&service, service.fact("sign_code")?, pins)?;
    let (text, errors) = texts(&output);
    if !output.status.success() {
        return Err(format!("{}: {errors}", output.status));
    }
    let page = format!("başvuru sayfasına dönün: {}", service.fact("base_url")?);
    for part in ["İmzalanacak Metin 1:", "beyan ederim.", "kontrol sayısı: ", &page] {
        if !text.contains(part) {
            return Err(format!("it did not show {part:?}"));
        }
    }
    let told = errors.contains("PIN yanlış");
    if told == (pins.len() > 1) { Ok(()) } else { Err(format!("it told {errors:?}")) }
}

fn wrong_code() -> Result<(), String> {
    let service = Service::start()?;
    let output = example(&service, "SHYZ-BZZD-YBBM-4EVA", &[PIN])?;
    let (_, errors) = texts(&output);
    if output.status.code() == Some(1) && errors.contains("doğrulama kodu") {
        return Ok(());
    }
    Err(format!("{}: {errors}", output.status))
}

fn example(service: &Service, code: &str, pins: &[&str]) -> Result<Output, String> {
    let mut command = program("sign", &[])?;
    command.arg(service.fact("base_url")?).arg("--pkcs12").arg(service.pkcs12());
    let lines = [&[code, PIN], pins].concat();
    shell::with_input(&mut command, &(lines.join("\n") + "\n"))
}

fn listed() -> Result<(), String> {
    let service = Service::start()?;
    let output = applications(&service, service.fact("person_token")?)?;
    let (text, errors) = texts(&output);
    if !output.status.success() {
        return Err(format!("{}: {errors}", output.status));
    }
    match LISTED.iter().find(|part| !text.contains(**part)) {
        Some(part) => Err(format!("it did not show {part:?} but {text:?}")),
        None => Ok(()),
    }
}

fn of_nobody() -> Result<(), String> {
    let output = applications(&Service::start()?, "nobody")?;
    let (_, errors) = texts(&output);
    let refused = output.status.code() == Some(1) && errors.contains("giriş yapın");
    if refused { Ok(()) } else { Err(format!("{}: {errors}", output.status)) }
}

fn applications(service: &Service, token: &str) -> Result<Output, String> {
    let mut command = program("applications", &[])?;
    shell::with_input(command.arg(service.fact("base_url")?), &format!("{token}\n"))
}

/// The block with the manifest is `Package.swift`; all others, in their order, are `main.swift`.
fn page() -> Result<(), String> {
    let text = text::read(PAGE)?;
    let (manifests, code): (Vec<&str>, Vec<&str>) = text::blocks(&text, "swift")
        .into_iter()
        .partition(|block| block.starts_with("// swift-tools-version"));
    let folder = shell::target().join("swift/page");
    let package = folder.join("signing");
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(package.join("Sources/signing"))?;
        fs::write(package.join("Package.swift"), manifests.concat())?;
        fs::write(package.join("Sources/signing/main.swift"), code.join("\n\n") + "\n")?;
        let checkout = folder.join("libkamusm");
        // It may be there already.
        let _ = fs::remove_file(&checkout);
        symlink(shell::root(), checkout)
    };
    written().map_err(|error| format!("{}: {error}", folder.display()))?;
    shell::capture(&mut swift("build", &package, &[])?)?;
    let service = Service::start()?;
    let mut command = program("signing", &[])?;
    command.arg(service.fact("base_url")?).arg(service.pem());
    // The first PIN is wrong: the same step comes again. The last one is for the sign-in.
    let lines = format!("{}\n9999\n{PIN}\n{PIN}\n", service.fact("sign_code")?);
    let output = shell::with_input(&mut command, &lines)?;
    let (shown, errors) = texts(&output);
    if !output.status.success() {
        return Err(format!("{}: {shown}{errors}", output.status));
    }
    let accepted = format!("accepted {}", service.fact("base_url")?);
    let wanted = [
        "İmzalanacak Metin 1:",
        "PIN yanlış",
        &accepted,
        "-, HTTP 0 true",
        "Kalan Süre: 1\nKalan Süre: 0\n",
        "cancelled: cancelled",
        "POST, ",
        "the code was used: true",
        "SD-13712 ",
        "checked here: /values/email format",
        "checked there: true",
    ];
    match wanted.iter().find(|part| !shown.contains(**part)) {
        Some(part) => Err(format!("it did not show {part:?} but {shown:?} in {BUILT}")),
        None => Ok(()),
    }
}

fn texts(output: &Output) -> (String, String) {
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    (text(&output.stdout), text(&output.stderr))
}
