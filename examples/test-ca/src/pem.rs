//! PEM (RFC 7468) of certificates and private keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// `CERTIFICATE` block.
pub fn certificate_pem(der: &[u8]) -> String {
    let mut pem = String::new();
    write(&mut pem, "CERTIFICATE", &STANDARD.encode(der));
    pem
}

/// `PRIVATE KEY` block of a PKCS#8 key; wiped when dropped.
pub fn private_key_pem(pkcs8_der: &[u8]) -> Zeroizing<String> {
    let text = Zeroizing::new(STANDARD.encode(pkcs8_der));
    // Room for all of it: a growing string would leave unwiped copies behind.
    let mut pem = Zeroizing::new(String::with_capacity(text.len() + text.len() / 64 + 64));
    write(&mut pem, "PRIVATE KEY", &text);
    pem
}

fn write(pem: &mut String, label: &str, text: &str) {
    pem.push_str("-----BEGIN ");
    pem.push_str(label);
    pem.push_str("-----\n");
    let mut rest = text;
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = next;
    }
    pem.push_str("-----END ");
    pem.push_str(label);
    pem.push_str("-----\n");
}
