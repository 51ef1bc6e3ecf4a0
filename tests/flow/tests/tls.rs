//! What is wrong with TLS is told as such, and nothing is sent; what is right works.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kamusm::{
    Code,
    application::{Application, PersonToken},
    config::{Config, Environment},
    drive::{Failure, Transport as _},
    http::HttpClient,
    request::TransportFailure,
};
use kamusm_sandbox::{Sandbox, TlsFault};
use kamusm_token::cancel::CancelToken;

/// Asks for the applications through a door of this kind.
fn asked(sandbox: &Sandbox, fault: TlsFault) -> Result<usize, Failure> {
    let door = sandbox.tls_door(fault).unwrap();
    let config = Config::builder(&door.base_url(), Environment::Sandbox)
        .trust_roots_pem(door.root_pem().as_bytes())
        .build()
        .unwrap();
    let token = PersonToken::parse(&sandbox.admin().person_token("10000000146").unwrap()).unwrap();
    let call = Application::list(&config, &token);
    let response = HttpClient::new(&config).unwrap().perform(call.request(), &CancelToken::new())?;
    Ok(call.decode(&response).unwrap().len())
}

#[test]
fn each_fault_of_tls_is_told_as_such() {
    let sandbox = Sandbox::builder().start().unwrap();
    assert_eq!(asked(&sandbox, TlsFault::None), Ok(4));
    for fault in [TlsFault::OtherHost, TlsFault::Expired, TlsFault::UnknownRoot, TlsFault::PlainHttp] {
        let told = asked(&sandbox, fault);
        assert_eq!(told, Err(Failure::Transport(TransportFailure::Tls)), "{fault:?}");
    }
    // Who hangs up has not said why; it may be the network.
    let told = asked(&sandbox, TlsFault::Dropped);
    assert!(matches!(told, Err(Failure::Transport(TransportFailure::Tls | TransportFailure::Unreachable))));
    assert_eq!(kamusm::Error::from(Failure::Transport(TransportFailure::Tls)).code(), Code::Tls);
}
