//! signing-time (RFC 5652 clause 11.3; EN 319 122-1 clause 5.2.1): what the signer claims, nothing more.

use super::set::write_attribute;
use super::{AttributeError, Attributes, oid};
use crate::asn1::{TimeForm, UnixTime, Writer};

/// The claimed time with the ASN.1 type that it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningTime {
    /// The claim.
    pub unix: UnixTime,
    /// UTCTime or GeneralizedTime.
    pub form: TimeForm,
}

impl SigningTime {
    /// The attribute, if it is there.
    pub fn find(attributes: &Attributes<'_>) -> Result<Option<Self>, AttributeError> {
        attributes.typed(&oid::SIGNING_TIME, |value| value.time().map(|(unix, form)| Self { unix, form }))
    }

    /// False for a year whose time must be written in the other type: 1950 to 2049 is UTCTime.
    pub fn has_required_form(&self) -> bool {
        TimeForm::required_for(self.unix) == Some(self.form)
    }

    /// Appends the attribute; `None` for a time outside the years 0 to 9999, and nothing usable is written.
    pub fn write(writer: &mut Writer, unix: UnixTime) -> Option<()> {
        write_attribute(writer, &oid::SIGNING_TIME, |writer| writer.time(unix))
    }
}
