//! `kamusm-sandbox`: the reference service as a program.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Parser, Subcommand};
use kamusm_sandbox::{Admin, LeafKey, LeafSpec, Sandbox, Seed, openapi_yaml};
use tokio::signal::unix::{SignalKind, signal};

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Reference service of the libkamusm protocol.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The directory of the database, the trust anchor and the person's certificate and key.
    #[arg(long, default_value = "kamusm-sandbox-data")]
    data: PathBuf,
    /// The key of the person's certificate: p256, p384 or rsa2048.
    #[arg(long, default_value = "p256", value_parser = parse_key)]
    key: LeafKey,
    /// Prints SMS and mails as they are sent.
    #[arg(long)]
    messages: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the description of the protocol, OpenAPI 3.1, to standard output.
    Openapi,
}

fn parse_key(name: &str) -> Result<LeafKey, String> {
    match name {
        "p256" => Ok(LeafKey::P256),
        "p384" => Ok(LeafKey::P384),
        "rsa2048" => Ok(LeafKey::Rsa2048),
        _ => Err("one of p256, p384, rsa2048".to_owned()),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some(Command::Openapi) = arguments.command {
        io::stdout().write_all(openapi_yaml().as_bytes())?;
        return Ok(());
    }
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    let builder = Sandbox::builder().store_path(&arguments.data).listen(arguments.listen);
    let sandbox = builder.abort_on_demand().start()?;
    announce(&sandbox, &arguments.data, arguments.key)?;
    wait_for_end(arguments.messages.then(|| sandbox.admin()))?;
    drop(sandbox);
    Ok(())
}

/// One `name=value` a line, the last one `ready=1`.
fn announce(sandbox: &Sandbox, data: &Path, key: LeafKey) -> Result<(), Box<dyn std::error::Error>> {
    let seed = Seed::default();
    let person = seed.persons.first().ok_or("the seed has no person")?;
    let order = person.orders.first().ok_or("the seed has no order")?;
    let spec = LeafSpec {
        key,
        tckn: Some(person.tckn.clone()),
        common_name: person.name.clone(),
        ..LeafSpec::default()
    };
    let signer = sandbox.admin().issue_certificate(spec)?;
    let anchor = data.join("trust-anchor.pem");
    let intermediate = data.join("intermediate.pem");
    let certificate = data.join("signer.crt.pem");
    let private_key = data.join("signer.key.pem");
    std::fs::write(&anchor, sandbox.trust_anchor_pem())?;
    std::fs::write(&intermediate, kamusm_test_ca::certificate_pem(sandbox.intermediate_der()))?;
    std::fs::write(&certificate, kamusm_test_ca::certificate_pem(&signer.certificate_der))?;
    std::fs::write(&private_key, &*kamusm_test_ca::private_key_pem(&signer.private_key_pkcs8_der))?;
    let token = sandbox.admin().person_token(&person.tckn)?;
    let mut out = io::stdout().lock();
    writeln!(out, "base_url={}", sandbox.base_url())?;
    writeln!(out, "trust_anchor={}", anchor.display())?;
    writeln!(out, "intermediate={}", intermediate.display())?;
    writeln!(out, "signer_certificate={}", certificate.display())?;
    writeln!(out, "signer_key={}", private_key.display())?;
    writeln!(out, "person_token={token}")?;
    writeln!(out, "admin_token={}", sandbox.admin().http_token())?;
    writeln!(out, "application={}", order.no)?;
    // An order that an earlier run of the same directory has approved has no code any more.
    match sandbox.admin().issue_sign_code(&order.no) {
        Ok(issued) => writeln!(out, "sign_code={}", issued.code)?,
        Err(error) => tracing::warn!(%error, "no code for {}", order.no),
    }
    writeln!(out, "ready=1")?;
    Ok(out.flush()?)
}

/// Waits for the signal; until then prints what is sent, `sms=` or `mail=` with receiver and text.
fn wait_for_end(outbox: Option<&Admin>) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut look = tokio::time::interval(LOOK);
        let mut printed = 0;
        loop {
            tokio::select! {
                _ = terminate.recv() => return Ok(()),
                _ = interrupt.recv() => return Ok(()),
                _ = look.tick(), if outbox.is_some() => {}
            }
            let messages = outbox.map(Admin::outbox).transpose()?.unwrap_or_default();
            for message in messages.iter().skip(printed) {
                let text = message.text.replace('\n', " ");
                writeln!(io::stdout(), "{}={} {text}", message.kind.name(), message.to)?;
            }
            printed = messages.len();
        }
    })
}
