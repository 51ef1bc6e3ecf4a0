//! A program that walks through a whole application: what it is told on its input, and what it has to show.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use super::c::service::{PIN, Service};

/// Another number than the one that is verified, so that a code is asked for.
const FILLED: &str = "gsm=+905321112233";
const SHOWN: [&str; 4] =
    ["Başvuru Formu ve Ödeme Bekleniyor", "İletişim Bilgileri", "talep ederim.", "İşlem Başarılı"];

/// Adds the arguments and walks; the code that the program asks for comes from the service's outbox.
pub(super) fn walk(service: &Service, command: &mut Command) -> Result<(), String> {
    command.arg(service.fact("base_url")?).arg(service.pem()).arg(service.fact("application")?);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let (mut input, output) = (child.stdin.take(), child.stdout.take());
    let mut say = |line: &str| {
        input.as_mut().map_or(Ok(()), |input| writeln!(input, "{line}")).map_err(|error| error.to_string())
    };
    say(PIN)?;
    say(&format!("{FILLED}\n"))?;
    let (mut shown, mut asked) = (String::new(), false);
    for line in BufReader::new(output.ok_or("the program has no output")?).lines().map_while(Result::ok) {
        if line.starts_with("SMS kodu") {
            say(&sms_code(service)?)?;
            asked = true;
        }
        shown += &line;
        shown.push('\n');
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match SHOWN.iter().find(|part| !shown.contains(**part)) {
        _ if !status.success() => Err(format!("it ended with {status}")),
        Some(part) => Err(format!("it did not show {part:?}")),
        None if !asked => Err("it asked for no code".to_owned()),
        None => Ok(()),
    }
}

/// The code of the SMS that was sent.
fn sms_code(service: &Service) -> Result<String, String> {
    let address = service.fact("base_url")?.trim_start_matches("http://");
    let token = service.fact("admin_token")?;
    let mut answer = String::new();
    let request = format!(
        "GET /admin/v1/outbox HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    );
    let mut connection = TcpStream::connect(address).map_err(|error| error.to_string())?;
    connection.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    connection.read_to_string(&mut answer).map_err(|error| error.to_string())?;
    let code = answer.rsplit_once("doğrulama kodunuz ").and_then(|(_, rest)| rest.get(..6));
    code.map(str::to_owned).ok_or_else(|| "there is no SMS with a code".to_owned())
}
