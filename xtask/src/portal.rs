//! `cargo xtask portal`: the service and its portal with the seed data, for a person to try.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader},
    process::{Command, ExitCode, Stdio},
};

use crate::shell;

/// Whatever the person's key is kept with: it signs nothing that counts.
const PASSWORD: &str = "deneme";

pub(crate) fn run() -> ExitCode {
    println!("portal: builds (some minutes the first time), then runs until Ctrl+C");
    let built = ["kamusm-sandbox", "kamusm-sign"].map(|package| ["--package", package]).concat();
    let built = shell::run(shell::cargo().arg("build").args(built));
    shell::exit("portal", built.and_then(|()| serve()))
}

fn serve() -> Result<(), String> {
    let data = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(shell::target().join("debug/kamusm-sandbox"));
    command.arg("--data").arg(data.path()).arg("--messages").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut service = command.spawn().map_err(|error| error.to_string())?;
    let output = service.stdout.take().ok_or("no standard output")?;
    let mut announced = HashMap::new();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| error.to_string())?;
        match line.split_once('=') {
            Some(("ready", _)) => welcome(&announced, data.path())?,
            Some(("sms", message)) => println!("SMS   {message}"),
            Some(("mail", message)) => println!("mail  {message}"),
            Some((name, value)) => {
                announced.insert(name.to_owned(), value.to_owned());
            }
            None => {}
        }
    }
    service.wait().map(drop).map_err(|error| error.to_string())
}

fn welcome(announced: &HashMap<String, String>, data: &std::path::Path) -> Result<(), String> {
    let value = |name: &str| announced.get(name).map(String::as_str).unwrap_or_default();
    let card = data.join("signer.p12");
    let mut export = Command::new("openssl");
    export.args([
        "pkcs12",
        "-export",
        "-passout",
        &format!("pass:{PASSWORD}"),
        "-inkey",
        value("signer_key"),
    ]);
    export.args(["-in", value("signer_certificate"), "-certfile", value("intermediate"), "-out"]).arg(&card);
    shell::capture(&mut export)?;
    let address = value("base_url");
    let sign = shell::target().join("debug/kamusm-sign");
    println!("
Portal         {address}/
Giriş          e-Devlet: T.C. kimlik no 10000000146, şifre {PASSWORD}; Başvurularım'da SD-13712
Sorumlular     10000000214 (Deneme Kurumu), 10000000382 (Örnek Kurum); sabit sonuçlular: examples/sandbox/README.md
e-İmza         {} --service {address} --pkcs12 {} (parola {PASSWORD})
SMS, e-posta   gönderildikçe burada görünür
Son            Ctrl+C
", sign.display(), card.display());
    Ok(())
}
