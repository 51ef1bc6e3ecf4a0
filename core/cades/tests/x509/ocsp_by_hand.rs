//! Responses that no sound responder writes: each hash of the `CertID` counts, and so does each critical extension.

use kamusm_cades::asn1::{Tag, Writer};
use kamusm_cades::x509::ocsp::{OcspError, OcspResponse, OcspStatus, VerifiedOcsp};
use kamusm_test_ca::ExtraExtension;

use crate::fixture::{NOW, critical, sign};
use crate::ocsp::Case;

/// One answer.
struct Single {
    cert_id: Vec<u8>,
    good: bool,
    this_update: i64,
    extension: Option<ExtraExtension>,
}

fn generalized_time(writer: &mut Writer, at: i64) {
    let mut utc = Writer::default();
    utc.time(at).unwrap();
    writer.tlv(Tag::GENERALIZED_TIME, &[b"20", &utc.as_slice()[2..]].concat());
}

fn extensions(writer: &mut Writer, extension: Option<&ExtraExtension>) {
    let Some(extension) = extension else { return };
    writer.nested(Tag::context_constructed(1), |writer| {
        writer.nested(Tag::SEQUENCE, |writer| {
            writer.nested(Tag::SEQUENCE, |writer| {
                writer.oid(&extension.oid);
                if extension.critical {
                    writer.tlv(Tag::BOOLEAN, &[0xFF]);
                }
                writer.tlv(Tag::OCTET_STRING, &extension.value_der);
            });
        });
    });
}

fn verify(
    case: &Case,
    singles: &[Single],
    extension: Option<ExtraExtension>,
) -> Result<VerifiedOcsp, OcspError> {
    let mut writer = Writer::default();
    writer.nested(Tag::SEQUENCE, |writer| {
        writer.nested(Tag::context_constructed(1), |writer| writer.raw(case.chain.sub.subject_der()));
        generalized_time(writer, NOW - 60);
        writer.nested(Tag::SEQUENCE, |writer| {
            for single in singles {
                writer.nested(Tag::SEQUENCE, |writer| {
                    writer.raw(&single.cert_id);
                    writer.tlv(Tag::context(if single.good { 0 } else { 2 }), &[]);
                    generalized_time(writer, single.this_update);
                    extensions(writer, single.extension.as_ref());
                });
            }
        });
        extensions(writer, extension.as_ref());
    });
    let basic = sign(&case.chain.ca.sub, writer.as_slice(), case.leaf.signature_algorithm_der());
    OcspResponse::parse_basic(&basic)?.verify(&case.leaf, &case.chain.sub, NOW)
}

fn single(case: &Case) -> Single {
    let cert_id = case.chain.ca.sub.cert_id(case.leaf.serial()).der().to_vec();
    Single { cert_id, good: true, this_update: NOW - 60, extension: None }
}

#[test]
fn the_newest_of_several_answers_counts() {
    let case = Case::new();
    for newest_first in [false, true] {
        let mut singles = [
            Single { this_update: NOW - 50, good: false, ..single(&case) },
            Single { this_update: NOW - 90, ..single(&case) },
        ];
        if newest_first {
            singles.reverse();
        }
        let verified = verify(&case, &singles, None).unwrap();
        assert_eq!((verified.status, verified.this_update), (OcspStatus::Unknown, NOW - 50));
    }
}

#[test]
fn each_part_of_the_cert_id_counts() {
    let case = Case::new();
    assert!(verify(&case, &[single(&case)], None).is_ok());
    // SEQUENCE { algorithm (11 octets), name hash (22), key hash (22), serial number }
    for place in [2 + 11 + 2, 2 + 11 + 22 + 2, 2 + 11 + 22 + 22 + 4] {
        let mut other = single(&case);
        other.cert_id[place] ^= 1;
        let refused = verify(&case, &[other], None).err();
        assert_eq!(refused, Some(OcspError::OtherCertificate), "octet {place}");
    }
}

#[test]
fn critical_extensions_that_are_not_processed() {
    let case = Case::new();
    let unknown = critical("1.3.6.1.4.1.99999.1", &[0x05, 0x00]);
    let expected = Some(OcspError::UnknownCritical { oid: unknown.oid });
    assert_eq!(verify(&case, &[single(&case)], Some(unknown.clone())).err(), expected);
    let with = Single { extension: Some(unknown.clone()), ..single(&case) };
    assert_eq!(verify(&case, &[with], None).err(), expected);
    let harmless = ExtraExtension { critical: false, ..unknown };
    assert!(verify(&case, &[single(&case)], Some(harmless)).is_ok());
}
