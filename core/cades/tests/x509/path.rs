//! Paths that hold and paths that do not, each by its own cause, beside OpenSSL's verdict.

use std::slice::from_ref;

use kamusm_cades::algorithm::SignatureError;
use kamusm_cades::x509::certificate::Certificate;
use kamusm_cades::x509::path::{Path, PathError, PathLimits};
use kamusm_test_ca::{Authority, CaSpec, LeafKey, LeafSpec, TestCa, certificate_pem};
use tempfile::TempDir;

use crate::fixture::{Chain, DAY_S, NOW, critical, openssl, read};

/// Our verdict; OpenSSL's must be the same.
fn judge(
    leaf: &Certificate,
    pool: &[Certificate],
    anchors: &[Certificate],
    at: i64,
) -> Result<usize, PathError> {
    let built = Path::build(leaf, pool, anchors, at, PathLimits::default());
    let folder = TempDir::new().unwrap();
    for (name, certificates) in
        [("leaf.pem", &[leaf.clone()][..]), ("pool.pem", pool), ("anchors.pem", anchors)]
    {
        let pem: String = certificates.iter().map(|certificate| certificate_pem(certificate.der())).collect();
        std::fs::write(folder.path().join(name), pem).unwrap();
    }
    let at = at.to_string();
    let mut arguments = vec!["verify", "-x509_strict", "-attime", &at, "-CAfile", "anchors.pem"];
    if !pool.is_empty() {
        arguments.extend(["-untrusted", "pool.pem"]);
    }
    arguments.push("leaf.pem");
    let theirs = openssl(folder.path(), &arguments);
    assert_eq!(built.is_ok(), theirs.status.success(), "{built:?} {}", crate::fixture::text(&theirs));
    built.map(|path| path.certificates().len())
}

fn under(authority: &Authority) -> Certificate {
    read(&authority.issue(&LeafSpec::default()).certificate_der)
}

fn own(authority: &Authority) -> Certificate {
    read(authority.certificate_der())
}

#[test]
fn of_three_certificates() {
    let chain = Chain::new();
    let leaf = under(&chain.ca.sub);
    let other = Chain::new();
    let pool = [other.sub.clone(), other.root.clone(), chain.sub.clone(), leaf.clone()];
    assert_eq!(judge(&leaf, &pool, &[other.root.clone(), chain.root.clone()], NOW), Ok(3));
    let limits = PathLimits::default();
    let path = Path::build(&leaf, &pool, from_ref(&chain.root), NOW, limits).unwrap();
    assert_eq!(path.certificates(), [leaf.clone(), chain.sub.clone(), chain.root.clone()]);
    assert_eq!((path.leaf(), path.issuer(), path.anchor()), (&leaf, Some(&chain.sub), &chain.root));
    // A list of trusted authorities may name the issuing one itself.
    let path = Path::build(&leaf, &[], from_ref(&chain.sub), NOW, limits).unwrap();
    assert_eq!(path.certificates().len(), 2);
}

#[test]
fn with_keys_of_every_kind() {
    for key in [LeafKey::P256, LeafKey::P521, LeafKey::Rsa2048] {
        let root = Authority::root(&CaSpec { key, ..CaSpec::default() }, NOW);
        let sub = root.subordinate(&CaSpec { common_name: "Ara".to_owned(), ..CaSpec::default() });
        assert_eq!(judge(&under(&sub), &[own(&sub)], &[own(&root)], NOW), Ok(3), "{key:?}");
    }
}

#[test]
fn without_the_issuer() {
    let chain = Chain::new();
    let leaf = under(&chain.ca.sub);
    assert_eq!(judge(&leaf, &[], from_ref(&chain.root), NOW), Err(PathError::NoIssuer { depth: 0 }));
    let unrelated =
        own(&Authority::root(&CaSpec { common_name: "Başka".to_owned(), ..CaSpec::default() }, NOW));
    assert_eq!(judge(&leaf, from_ref(&chain.sub), &[unrelated], NOW), Err(PathError::NoIssuer { depth: 1 }));
}

#[test]
fn with_a_bad_signature() {
    let chain = Chain::new();
    let leaf = under(&chain.ca.sub);
    let impostor = Chain::new();
    let refused = judge(&leaf, from_ref(&impostor.sub), from_ref(&chain.root), NOW);
    assert_eq!(refused, Err(PathError::Signature { depth: 0, reason: SignatureError::Invalid }));
    let refused = judge(&leaf, from_ref(&chain.sub), from_ref(&impostor.root), NOW);
    assert_eq!(refused, Err(PathError::Signature { depth: 1, reason: SignatureError::Invalid }));
    // On a way that leads to no anchor it does not matter.
    let unrelated =
        own(&Authority::root(&CaSpec { common_name: "Başka".to_owned(), ..CaSpec::default() }, NOW));
    let pool = [impostor.sub.clone(), impostor.root.clone()];
    assert_eq!(judge(&leaf, &pool, &[unrelated], NOW), Err(PathError::NoIssuer { depth: 0 }));
    let refused = judge(&leaf, &pool, from_ref(&chain.root), NOW);
    assert_eq!(refused, Err(PathError::Signature { depth: 0, reason: SignatureError::Invalid }));
    let mut der = leaf.der().to_vec();
    let last = der.len() - 1;
    der[last] ^= 1;
    let refused = judge(&read(&der), from_ref(&chain.sub), from_ref(&chain.root), NOW);
    assert!(matches!(refused, Err(PathError::Signature { depth: 0, .. })), "{refused:?}");
}

#[test]
fn outside_the_dates() {
    let chain = Chain::new();
    let expired = LeafSpec { not_after: Some(NOW - 1), ..LeafSpec::default() };
    let expired = read(&chain.ca.issue(&expired).certificate_der);
    let (pool, anchors) = ([chain.sub.clone()], [chain.root.clone()]);
    let not_after = NOW - 1;
    assert_eq!(judge(&expired, &pool, &anchors, NOW), Err(PathError::Expired { depth: 0, not_after }));
    assert_eq!(judge(&expired, &pool, &anchors, NOW - 60), Ok(3));
    let early = LeafSpec { not_before: Some(NOW + 9), ..LeafSpec::default() };
    let early = read(&chain.ca.issue(&early).certificate_der);
    let not_before = NOW + 9;
    assert_eq!(judge(&early, &pool, &anchors, NOW), Err(PathError::NotYetValid { depth: 0, not_before }));

    let path = Path::build_at_any_time(&expired, &pool, &anchors, PathLimits::default()).unwrap();
    assert_eq!(path.check_dates(NOW), Err(PathError::Expired { depth: 0, not_after }));
    assert_eq!(path.check_dates(NOW - 60), Ok(()));
}

#[test]
fn over_an_expired_issuer_and_its_renewal() {
    let root = Authority::root(&CaSpec::default(), NOW);
    let spec = CaSpec { common_name: "Ara".to_owned(), not_after: Some(NOW - DAY_S), ..CaSpec::default() };
    let old = root.subordinate(&spec);
    let leaf = under(&old);
    let refused = judge(&leaf, &[own(&old)], &[own(&root)], NOW);
    assert_eq!(refused, Err(PathError::Expired { depth: 1, not_after: NOW - DAY_S }));
    // The same key certified anew: the path over the new certificate holds.
    let key = kamusm_test_ca::Key::from_pkcs8_der(old.key().kind(), old.key().pkcs8_der()).unwrap();
    let renewed = root.subordinate_with_key(&CaSpec { not_after: None, ..spec }, key);
    assert_eq!(judge(&leaf, &[own(&old), own(&renewed)], &[own(&root)], NOW), Ok(3));
    // An anchor out of date is no anchor.
    let spec = CaSpec { not_after: Some(NOW - 1), ..CaSpec::default() };
    let root = Authority::root(&spec, NOW);
    let refused = judge(&under(&root), &[], &[own(&root)], NOW);
    assert_eq!(refused, Err(PathError::Expired { depth: 1, not_after: NOW - 1 }));
}

#[test]
fn over_one_that_is_no_authority() {
    let root = Authority::root(&CaSpec::default(), NOW);
    for (spec, expected) in [
        (CaSpec { ca: false, ..CaSpec::default() }, PathError::NotCa { depth: 1 }),
        (CaSpec { may_sign: false, ..CaSpec::default() }, PathError::NoCertSign { depth: 1 }),
    ] {
        let sub = root.subordinate(&CaSpec { common_name: "Ara".to_owned(), ..spec });
        assert_eq!(judge(&under(&sub), &[own(&sub)], &[own(&root)], NOW), Err(expected));
    }
}

#[test]
fn of_a_leaf_that_is_itself_trusted() {
    let leaf = under(&Chain::new().ca.sub);
    let anchors = [leaf.clone()];
    let path = Path::build(&leaf, &[], &anchors, NOW, PathLimits::default()).unwrap();
    assert_eq!((path.certificates(), path.issuer()), (&anchors[..], None));
    let refused = Path::build(&leaf, &[], &anchors, leaf.not_after() + 1, PathLimits::default());
    assert_eq!(refused, Err(PathError::Expired { depth: 0, not_after: leaf.not_after() }));
}

#[test]
fn longer_than_a_constraint_allows() {
    let chain = Chain::new();
    let deeper = chain.ca.sub.subordinate(&CaSpec { common_name: "Alt".to_owned(), ..CaSpec::default() });
    let refused = judge(&under(&deeper), &[own(&deeper), chain.sub.clone()], from_ref(&chain.root), NOW);
    assert_eq!(refused, Err(PathError::PathLength { depth: 2, limit: 0 }));
    let root = Authority::root(&CaSpec { path_len: Some(1), ..CaSpec::default() }, NOW);
    let first = root.subordinate(&CaSpec { common_name: "Bir".to_owned(), ..CaSpec::default() });
    let second = first.subordinate(&CaSpec { common_name: "İki".to_owned(), ..CaSpec::default() });
    assert_eq!(judge(&under(&first), &[own(&first)], &[own(&root)], NOW), Ok(3));
    let refused = judge(&under(&second), &[own(&first), own(&second)], &[own(&root)], NOW);
    assert_eq!(refused, Err(PathError::PathLength { depth: 3, limit: 1 }));
}

#[test]
fn a_self_issued_renewal_does_not_count() {
    // The root's new key, certified by its old one, lies between: RFC 5280 6.1.4 l does not count it.
    let root = Authority::root(&CaSpec { path_len: Some(0), ..CaSpec::default() }, NOW);
    let renewed = root.subordinate(&CaSpec::default());
    assert!(own(&renewed).is_self_issued());
    assert_eq!(judge(&under(&renewed), &[own(&renewed)], &[own(&root)], NOW), Ok(3));
}

#[test]
fn version_1_is_enough_for_a_root_only() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let made = openssl(folder.path(), &arguments);
        assert!(made.status.success(), "{}", crate::fixture::text(&made));
    };
    let file = |name: &str| read(&std::fs::read(folder.path().join(name)).unwrap());
    for name in ["root", "sub", "leaf"] {
        run(&format!("req -new -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr"));
    }
    // Without a file of extensions OpenSSL writes version 1.
    run("x509 -req -in root.csr -signkey root.key -out root.pem");
    run("x509 -req -in sub.csr -CA root.pem -CAkey root.key -set_serial 2 -out sub.pem");
    run("x509 -req -in leaf.csr -CA sub.pem -CAkey sub.key -set_serial 3 -outform DER -out leaf.der");
    run("x509 -in root.pem -outform DER -out root.der");
    run("x509 -in sub.pem -outform DER -out sub.der");
    let (root, sub, leaf) = (file("root.der"), file("sub.der"), file("leaf.der"));
    assert_eq!((root.version(), sub.version()), (1, 1));
    let build = |leaf, pool: &[Certificate]| {
        Path::build_at_any_time(leaf, pool, from_ref(&root), PathLimits::default())
            .map(|path| path.certificates().len())
    };
    assert_eq!(build(&sub, &[]), Ok(2));
    assert_eq!(build(&leaf, from_ref(&sub)), Err(PathError::NotCa { depth: 1 }));
}

#[test]
fn with_an_unknown_critical_extension() {
    let extra_extensions = vec![critical("1.3.6.1.4.1.99999.1", &[0x05, 0x00])];
    let chain = Chain::new();
    let spec = LeafSpec { extra_extensions: extra_extensions.clone(), ..LeafSpec::default() };
    let leaf = read(&chain.ca.issue(&spec).certificate_der);
    let oid = extra_extensions[0].oid;
    let refused = judge(&leaf, from_ref(&chain.sub), from_ref(&chain.root), NOW);
    assert_eq!(refused, Err(PathError::UnknownCritical { depth: 0, oid }));
    let spec = CaSpec { common_name: "Ara".to_owned(), extra_extensions, ..CaSpec::default() };
    let sub = chain.ca.root.subordinate(&spec);
    let refused = judge(&under(&sub), &[own(&sub)], from_ref(&chain.root), NOW);
    assert_eq!(refused, Err(PathError::UnknownCritical { depth: 1, oid }));
}

#[test]
fn name_constraints_are_refused_because_they_are_not_processed() {
    let permitted = [0x30, 0x0A, 0xA0, 0x08, 0x30, 0x06, 0x82, 0x04, b'a', b'.', b't', b'r'];
    let extra_extensions = vec![critical("2.5.29.30", &permitted)];
    let root = Authority::root(&CaSpec::default(), NOW);
    let sub =
        root.subordinate(&CaSpec { common_name: "Ara".to_owned(), extra_extensions, ..CaSpec::default() });
    // OpenSSL processes them, so it is not asked here.
    let built = Path::build(&under(&sub), &[own(&sub)], &[own(&root)], NOW, PathLimits::default());
    assert!(matches!(built, Err(PathError::UnknownCritical { depth: 1, .. })));
}

#[test]
fn circles_end() {
    // Two authorities that certified each other, and no anchor among them.
    let a = Authority::root(&CaSpec { common_name: "A".to_owned(), ..CaSpec::default() }, NOW);
    let b = Authority::root(&CaSpec { common_name: "B".to_owned(), ..CaSpec::default() }, NOW);
    let key = |authority: &Authority| {
        kamusm_test_ca::Key::from_pkcs8_der(LeafKey::P384, authority.key().pkcs8_der()).unwrap()
    };
    let b_by_a =
        a.subordinate_with_key(&CaSpec { common_name: "B".to_owned(), ..CaSpec::default() }, key(&b));
    let a_by_b =
        b.subordinate_with_key(&CaSpec { common_name: "A".to_owned(), ..CaSpec::default() }, key(&a));
    let leaf = under(&a);
    let anchor = TestCa::new(NOW);
    let refused = judge(&leaf, &[own(&a_by_b), own(&b_by_a)], &[read(anchor.root_der())], NOW);
    // A leads to B; B's only issuer is A again, which the path already goes through.
    assert_eq!(refused, Err(PathError::NoIssuer { depth: 2 }));
    // With A's own certificate as the anchor the shortest way is taken.
    assert_eq!(judge(&leaf, &[own(&a_by_b), own(&b_by_a)], &[own(&a)], NOW), Ok(2));
}

#[test]
fn the_search_is_bounded() {
    let chain = Chain::new();
    let leaf = under(&chain.ca.sub);
    let impostors: Vec<Certificate> = (0..6).map(|_| Chain::new().sub).collect();
    let mut limits = PathLimits::default();
    limits.signatures = 5;
    let refused = Path::build(&leaf, &impostors, from_ref(&chain.root), NOW, limits);
    assert_eq!(refused, Err(PathError::TooManyTries { limit: 5 }));
    let mut limits = PathLimits::default();
    limits.certificates = 2;
    let refused = Path::build(&leaf, from_ref(&chain.sub), from_ref(&chain.root), NOW, limits);
    assert_eq!(refused, Err(PathError::TooLong { limit: 2 }));
}
