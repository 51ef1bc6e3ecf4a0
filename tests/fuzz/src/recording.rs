//! The session that the benchmark plays too: a right answer for each step, so that a wrong one meets every stage.

use std::sync::LazyLock;

use kamusm_cades::x509::certificate::Certificate;
use serde_json::Value;

/// The committed one.
pub static RECORDING: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../bench/fixtures/session.json")).expect("the recorder's own file")
});

/// A member that is text.
pub fn text(name: &str) -> &'static str {
    RECORDING[name].as_str().expect("the recording has it")
}

/// A member that is octets.
pub fn octets(name: &str) -> Vec<u8> {
    decoded(&RECORDING[name])
}

/// Octets, which are base64 in JSON.
pub fn decoded(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("octets are text").bytes().filter(|octet| *octet != b'=');
    let mut octets = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for symbol in text {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            octets.push((bits >> held & 0xff) as u8);
        }
    }
    octets
}

/// The signer, the certificate above it, and the anchor.
pub fn certificates() -> [Certificate; 3] {
    ["certificate", "intermediate", "root"]
        .map(|name| Certificate::from_der(&octets(name)).expect("the test CA's certificate"))
}
