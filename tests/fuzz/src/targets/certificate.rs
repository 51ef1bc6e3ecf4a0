//! Certificates, and what is said about them: revocation lists and OCSP responses.

use kamusm_cades::x509::{certificate::Certificate, crl::Crl, nes, ocsp::OcspResponse};

use crate::bound::bounded;

pub fn run(octets: &[u8]) {
    let Some((kind, octets)) = octets.split_first() else { return };
    match kind % 4 {
        0 | 1 => bounded(octets, 64 * 1024, 256, || certificate(octets)),
        2 => bounded(octets, 64 * 1024, 256, || list(octets)),
        _ => bounded(octets, 64 * 1024, 256, || response(octets)),
    }
}

fn certificate(octets: &[u8]) {
    let Ok(certificate) = Certificate::from_der(octets) else { return };
    assert_eq!(certificate.der(), octets, "a certificate is kept as it came");
    assert_eq!(Certificate::from_der(certificate.der()).as_ref(), Ok(&certificate));
    assert!(octets.windows(certificate.tbs_der().len()).any(|part| part == certificate.tbs_der()));
    let _ = (certificate.policies(), certificate.qc_statements(), certificate.extended_key_usage());
    let _ = (certificate.crl_urls(), certificate.ocsp_urls(), certificate.ca_issuers_urls());
    let _ = (certificate.subject_key_identifier(), certificate.authority_key_identifier());
    let _ = (certificate.key_algorithm(), certificate.signature_algorithm(), nes::oddities(&certificate));
    for name in [certificate.issuer(), certificate.subject()] {
        let attributes = name.attributes().unwrap_or_default();
        attributes.iter().for_each(|attribute| drop(attribute.text()));
    }
    assert_eq!(nes::check(&certificate, 0), nes::check(&certificate, 0), "the same is judged the same");
}

fn list(octets: &[u8]) {
    let Ok(list) = Crl::parse(octets) else { return };
    assert_eq!(list.der(), octets);
    let _ = (list.issuer().attributes(), list.number(), list.next_update());
    assert!(list.entry_count() <= octets.len());
}

fn response(octets: &[u8]) {
    for response in [OcspResponse::parse(octets), OcspResponse::parse_basic(octets)].into_iter().flatten() {
        let basic =
            OcspResponse::parse_basic(response.basic_der()).expect("what was read once is read again");
        assert_eq!(basic.produced_at(), response.produced_at());
        assert_eq!(basic.nonce(), response.nonce());
        assert_eq!(basic.certificates(), response.certificates());
    }
}
