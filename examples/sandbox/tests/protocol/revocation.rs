//! The CA's own addresses, as they stand in the certificates.

use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::crl::Crl;
use kamusm_cades::x509::ocsp::{OcspRequest, OcspResponse, OcspStatus};
use kamusm_sandbox::{CertificateStatus, Ocsp};
use reqwest::Method;

use crate::support::{Answer, START_MS, World};

const NOW_S: i64 = START_MS / 1000;

fn fetch(world: &World, url: &str) -> Answer {
    world.http.get(url.strip_prefix(world.sandbox.base_url()).unwrap(), None)
}

fn ask(world: &World) -> Answer {
    let issuer = Certificate::from_der(world.sandbox.intermediate_der()).unwrap();
    let request = OcspRequest::new(&world.signer.certificate, &issuer, Some(b"0123456789abcdef")).unwrap();
    let url = world.signer.certificate.ocsp_urls().remove(0);
    let path = url.strip_prefix(world.sandbox.base_url()).unwrap().to_owned();
    let headers = [("content-type", "application/ocsp-request")];
    world.http.send(Method::POST, &path, None, &headers, Some(request.der().to_vec())).unwrap()
}

#[test]
fn the_responder_answers_for_its_certificates() {
    let world = World::new();
    let issuer = Certificate::from_der(world.sandbox.intermediate_der()).unwrap();
    let status = || {
        let answer = ask(&world);
        assert_eq!(answer.header("content-type"), "application/ocsp-response");
        let response = OcspResponse::parse(&answer.body).unwrap();
        response.check_nonce(b"0123456789abcdef").unwrap();
        response.verify(&world.signer.certificate, &issuer, NOW_S).unwrap().status
    };
    assert_eq!(status(), OcspStatus::Good);
    let der = world.signer.certificate.der();
    world.sandbox.admin().set_certificate_status(der, CertificateStatus::Unknown).unwrap();
    assert_eq!(status(), OcspStatus::Unknown);
    world.sandbox.admin().set_certificate_status(der, CertificateStatus::Revoked).unwrap();
    assert!(matches!(status(), OcspStatus::Revoked(revocation) if revocation.at == NOW_S));
    world.sandbox.admin().set_ocsp(Ocsp::Down);
    ask(&world).assert_problem(503, "upstream-unavailable");
}

#[test]
fn lists_and_certificates_are_where_the_certificates_say() {
    let world = World::new();
    let leaf = &world.signer.certificate;
    let issuer = Certificate::from_der(&fetch(&world, &leaf.ca_issuers_urls()[0]).body).unwrap();
    assert_eq!(issuer.der(), world.sandbox.intermediate_der());
    let root = Certificate::from_der(&fetch(&world, &issuer.ca_issuers_urls()[0]).body).unwrap();
    assert_eq!(root.der(), world.sandbox.trust_anchor_der());
    issuer.is_issued_by(&root).unwrap();
    let lookup = || {
        let list = fetch(&world, &leaf.crl_urls()[0]).body;
        Crl::parse(list).unwrap().verify(&issuer, NOW_S).unwrap().lookup(leaf).unwrap()
    };
    assert!(lookup().is_none());
    world.sandbox.admin().set_certificate_status(leaf.der(), CertificateStatus::Revoked).unwrap();
    assert_eq!(lookup().unwrap().at, NOW_S);
    let list = fetch(&world, &issuer.crl_urls()[0]).body;
    assert_eq!(Crl::parse(list).unwrap().verify(&root, NOW_S).unwrap().crl().entry_count(), 0);
}
