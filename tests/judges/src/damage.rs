//! One bit off: in the content, in a signed attribute, in the signature value. The file stays readable each time.

use kamusm_cades::cms::SignedData;

/// What is damaged.
#[derive(Clone, Copy)]
pub(crate) enum Damage {
    Content,
    Attribute,
    Signature,
}

impl Damage {
    pub(crate) const ALL: [Self; 3] = [Self::Content, Self::Attribute, Self::Signature];

    /// As it stands in the name of a file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Attribute => "attribute",
            Self::Signature => "signature",
        }
    }

    /// The damaged twin of a signature and its content; `None` if there is nothing that could be damaged.
    pub(crate) fn apply(self, cms: &[u8], content: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut cms, mut content) = (cms.to_vec(), content.to_vec());
        match self {
            Self::Content => {
                flip(content.last_mut()?);
                if let Some(end) = content_end(&cms)? {
                    flip(cms.get_mut(end - 1)?);
                }
            }
            // The last digit of the seconds, before the Z.
            Self::Attribute => {
                let time = after(&cms, SIGNING_TIME)?;
                flip(cms.get_mut(time + UTC_TIME_OCTETS - 2)?);
            }
            // The file ends with the signature value: nothing is unsigned.
            Self::Signature => flip(cms.last_mut()?),
        }
        Some((cms, content))
    }
}

fn flip(octet: &mut u8) {
    *octet ^= 1;
}

/// Where the attached content ends: with the encapsulated content, since everything is DER.
fn content_end(cms: &[u8]) -> Option<Option<usize>> {
    let signed_data = SignedData::parse(cms).ok()?;
    match signed_data.content() {
        Some(_) => after(cms, signed_data.encapsulated().raw).map(Some),
        None => Some(None),
    }
}

/// The place behind the first occurrence.
fn after(octets: &[u8], pattern: &[u8]) -> Option<usize> {
    let at = octets.windows(pattern.len()).position(|window| window == pattern)?;
    Some(at + pattern.len())
}

/// The attribute type signing-time, then the heads of its SET and of the UTCTime.
const SIGNING_TIME: &[u8] =
    &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05, 0x31, 0x0F, 0x17, 0x0D];
const UTC_TIME_OCTETS: usize = 13;
