//! Octets that nobody means well with: nothing panics, nothing takes long.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use kamusm_cades::asn1::{Asn1Error, Limits, Reader, Tag};
use kamusm_cades::cms::{CmsError, SignedData};
use kamusm_cades::validate::{Indication, validate};
use kamusm_test_ca::LeafKey;
use proptest::prelude::*;

use crate::forge::value;
use crate::identity::{Identity, TEXT};
use crate::openssl::Files;

static IDENTITY: LazyLock<Identity> = LazyLock::new(|| Identity::new(LeafKey::P256));
static DER: LazyLock<Vec<u8>> = LazyLock::new(|| IDENTITY.attached());
static BER: LazyLock<Vec<u8>> =
    LazyLock::new(|| Files::of(&IDENTITY).sign(&["-md", "sha256", "-nodetach", "-stream"]));

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn random_octets_never_panic(octets in proptest::collection::vec(any::<u8>(), 0..512)) {
        let report = validate(&octets, Some(TEXT), &IDENTITY.policy());
        prop_assert_ne!(report.signatures[0].indication(), Indication::TotalPassed);
    }

    #[test]
    fn a_changed_file_never_panics_and_never_speaks_for_other_content(
        ber in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut octets = if ber { BER.clone() } else { DER.clone() };
        for (index, octet) in changes {
            *index.get_mut(&mut octets) = octet;
        }
        if let Some(cut) = cut {
            octets.truncate(cut.index(octets.len()));
        }
        let report = validate(&octets, None, &IDENTITY.policy());
        let passed = report.signatures.iter().any(|signature| signature.indication() == Indication::TotalPassed);
        // Some octets are not signed: the chain, framing. Whatever passes must still be over the true content.
        if passed {
            let parsed = SignedData::parse(&octets).unwrap();
            prop_assert_eq!(parsed.content(), Some(TEXT));
        }
    }

    #[test]
    fn spliced_octets_never_panic(
        at in any::<prop::sample::Index>(),
        insert in proptest::collection::vec(any::<u8>(), 0..16),
        remove in 0_usize..64,
    ) {
        let mut octets = DER.clone();
        let at = at.index(octets.len());
        let end = octets.len().min(at + remove);
        octets.splice(at..end, insert);
        validate(&octets, Some(TEXT), &IDENTITY.policy());
    }
}

fn fails(octets: &[u8]) -> CmsError {
    let start = Instant::now();
    let error = SignedData::parse(octets).unwrap_err();
    let report = validate(octets, Some(TEXT), &IDENTITY.policy());
    assert_eq!(report.signatures[0].indication(), Indication::TotalFailed);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    error
}

fn source(error: CmsError) -> Asn1Error {
    let CmsError::Encoding { source, .. } = error else { panic!("{error:?}") };
    source
}

#[test]
fn deep_nesting() {
    let sequences = [0x30, 0x80].repeat(200_000);
    assert_eq!(source(fails(&sequences)), Asn1Error::TooDeep { limit: 32 });
    // Closed properly, it is still too deep.
    let closed = [sequences.clone(), vec![0; 400_000]].concat();
    assert_eq!(source(fails(&closed)), Asn1Error::TooDeep { limit: 32 });
}

#[test]
fn nested_segments() {
    let mut content = value(Tag::OCTET_STRING, b"x");
    for _ in 0..100 {
        content = value(Tag::OCTET_STRING.constructed(), &content);
    }
    let read = |octets: &[u8]| {
        Reader::ber(octets).octet_string(&Limits::default()).map(|octets| octets.into_owned())
    };
    assert_eq!(read(&content), Err(Asn1Error::TooDeep { limit: 32 }));

    let many = [0x04, 0x01, 0x61].repeat(70_000);
    let many = value(Tag::OCTET_STRING.constructed(), &many);
    assert_eq!(read(&many), Err(Asn1Error::TooMany { limit: 65_536 }));
    let empty = value(Tag::OCTET_STRING.constructed(), &[0x04, 0x00].repeat(2_000_000));
    assert_eq!(read(&empty), Err(Asn1Error::TooMany { limit: 65_536 }));
    let joined = value(Tag::OCTET_STRING.constructed(), &[0x04, 0x01, 0x61].repeat(1000));
    assert_eq!(read(&joined), Ok(b"a".repeat(1000)));
    let not_octets = value(Tag::OCTET_STRING.constructed(), &value(Tag::UTF8_STRING, b"a"));
    assert!(read(&not_octets).is_err());
}

#[test]
fn lengths_beyond_the_input() {
    assert_eq!(
        source(fails(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff])),
        Asn1Error::Truncated { needed: 0xffff_ffff, available: 0 }
    );
    assert!(matches!(
        source(fails(&[0x30, 0x88, 255, 255, 255, 255, 255, 255, 255, 255])),
        Asn1Error::Truncated { .. }
    ));
    assert_eq!(source(fails(&[[0x30, 0x89].as_slice(), &[1; 20]].concat())), Asn1Error::Length);
    assert!(matches!(source(fails(&[0x30])), Asn1Error::Truncated { .. }));
    assert!(matches!(source(fails(&[])), Asn1Error::UnexpectedTag { found: None, .. }));
    assert!(matches!(source(fails(&[0x30, 0xff])), Asn1Error::Truncated { .. }));
}

#[test]
fn crowds() {
    let many = |member: &[u8]| value(Tag::SET, &member.repeat(300));
    let algorithms = many(&[0x30, 0x03, 0x06, 0x01, 0x2a]);
    let signed_data = value(Tag::SEQUENCE, &[value(Tag::INTEGER, &[1]), algorithms].concat());
    let oid = value(Tag::OBJECT_IDENTIFIER, kamusm_cades::cms::oid::SIGNED_DATA.as_bytes());
    let octets = value(Tag::SEQUENCE, &[oid, value(Tag::context_constructed(0), &signed_data)].concat());
    assert_eq!(source(fails(&octets)), Asn1Error::TooMany { limit: 256 });
}

#[test]
fn files_beyond_the_limit() {
    let limits = Limits { octets: 1000, ..Limits::default() };
    let error = SignedData::parse_within(&DER, &limits).unwrap_err();
    assert_eq!(source(error), Asn1Error::TooLarge { octets: DER.len(), limit: 1000 });
}

#[test]
fn other_content_types() {
    let oid = value(Tag::OBJECT_IDENTIFIER, kamusm_cades::cms::oid::DATA.as_bytes());
    let explicit = value(Tag::context_constructed(0), &value(Tag::OCTET_STRING, b"data"));
    let octets = value(Tag::SEQUENCE, &[oid, explicit].concat());
    assert_eq!(
        SignedData::parse(&octets).unwrap_err(),
        CmsError::NotSignedData { content_type: "1.2.840.113549.1.7.1".into() }
    );
}
