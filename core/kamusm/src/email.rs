//! An e-mail address.

use std::fmt;

use crate::error::{Code, Error, Result};

/// An e-mail address (RFC 5321 4.1.2, its plain form in ASCII); masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// `name@domain` with at most 254 octets; spaces around it are left out. Quoted names and addresses outside ASCII
    /// are refused: what sends the e-mails may not know them. Letters stay as they are.
    pub fn parse(written: &str) -> Result<Self> {
        let address = written.trim();
        let right = address.len() <= 254
            && address.rsplit_once('@').is_some_and(|(name, domain)| is_name(name) && is_domain(domain));
        if right {
            return Ok(Self(address.to_owned()));
        }
        Err(Error::new(Code::Range, "an e-mail address is name@domain"))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `a***@kurum.gov.tr`.
impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        write!(f, "{}***@{domain}", &self.0[..1])
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({self})")
    }
}

/// Dot-string of RFC 5321: 1 to 64 octets, no dot at an end or beside another.
fn is_name(name: &str) -> bool {
    let symbol = |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&octet);
    name.len() <= 64 && name.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(symbol))
}

/// At least two labels of letters, digits and inner hyphens; the last one is no number.
fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(label) && !top.bytes().all(|octet| octet.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_kept_as_they_are() {
        for right in ["a@b.tr", "Isil.OGUNC+nes@kurum.gov.tr", "o'k_1@x-y.example"] {
            assert_eq!(Email::parse(right).unwrap().as_str(), right);
        }
        assert_eq!(Email::parse(" a@b.tr\n").unwrap().as_str(), "a@b.tr");
        let (long_name, long_domain) =
            (format!("{}@b.tr", "a".repeat(65)), format!("a@{}.tr", "b".repeat(64)));
        for wrong in [
            "",
            "a",
            "a@b",
            "@b.tr",
            "a@",
            "a@b..tr",
            ".a@b.tr",
            "a.@b.tr",
            "a b@c.tr",
            "a@b@c.tr",
            "ş@b.tr",
            "a@ş.tr",
            "a@-b.tr",
            "a@1.2.3.4",
            "a@b.tr\r\nBcc: c@d.tr",
            "\"a\"@b.tr",
            &long_name,
            &long_domain,
        ] {
            assert_eq!(Email::parse(wrong).unwrap_err().code(), Code::Range, "{wrong}");
        }
    }

    #[test]
    fn it_is_masked_when_printed() {
        assert_eq!(format!("{:?}", Email::parse("isil@kurum.gov.tr").unwrap()), "Email(i***@kurum.gov.tr)");
    }
}
