//! The data objects of a PIV card (NIST SP 800-73-4, part 1, 3 and appendix A).

use openssl::sha::sha256;

use crate::apdu::tlv;
use crate::card::{Holding, Place};

pub(crate) const APPLICATION: &[u8] = &[0xA0, 0, 0, 3, 8, 0, 0, 0x10, 0, 1, 0];

/// Where the certificate of a key is.
const fn tag_of_certificate(place: Place) -> [u8; 3] {
    match place {
        Place::Authentication => [0x5F, 0xC1, 0x05],
        Place::Signature => [0x5F, 0xC1, 0x0A],
        Place::KeyManagement => [0x5F, 0xC1, 0x0B],
        Place::CardAuthentication => [0x5F, 0xC1, 0x01],
    }
}

/// The object of this tag.
pub(crate) fn find(tag: &[u8], holdings: &[Holding]) -> Option<Vec<u8>> {
    match tag {
        [0x7E] => {
            let pin_policy = [0x5F, 0x2F, 2, 0x40, 0];
            Some(tlv(&[0x7E], &[tlv(&[0x4F], APPLICATION), pin_policy.to_vec()].concat()))
        }
        [0x5F, 0xC1, 0x02] => Some(card_holder_identifier(holdings)),
        _ => {
            let holding = holdings.iter().find(|holding| tag_of_certificate(holding.place) == tag)?;
            let parts = [tlv(&[0x70], &holding.certificate), tlv(&[0x71], &[0]), tlv(&[0xFE], &[])];
            Some(tlv(&[0x53], &parts.concat()))
        }
    }
}

/// What the card answers to SELECT.
pub(crate) fn application() -> Vec<u8> {
    let (short, registered) = (&APPLICATION[5..], &APPLICATION[..5]);
    tlv(&[0x61], &[tlv(&[0x4F], short), tlv(&[0x79], &tlv(&[0x4F], registered))].concat())
}

/// Its numbers are what OpenSC takes the serial number from; no two cards have the same.
fn card_holder_identifier(holdings: &[Holding]) -> Vec<u8> {
    let certificates: Vec<u8> = holdings.iter().flat_map(|holding| holding.certificate.clone()).collect();
    let digest = sha256(&certificates);
    let (agency_number, guid) = (&digest[..25], &digest[..16]);
    let parts = [
        tlv(&[0x30], agency_number),
        tlv(&[0x34], guid),
        tlv(&[0x35], b"20401231"),
        tlv(&[0x3E], &[]),
        tlv(&[0xFE], &[]),
    ];
    tlv(&[0x53], &parts.concat())
}
