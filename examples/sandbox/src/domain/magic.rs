//! Persons whose outcome is fixed, for programs that cannot reach into the service. All numbers have right check digits.
//!
//! | TCKN | order | outcome |
//! |---|---|---|
//! | 10000010114 | SD-90001 | every certificate is revoked: `certificate-revoked` |
//! | 10000010282 | SD-90002 | the responder stays away: signatures stay `received`, after 24 hours `upstream-unavailable` |
//! | 10000010350 | SD-90003 | every redemption waits for the page: `awaiting-confirmation` |
//! | 10000010428 | SD-90004 | every code is over when it is issued: `code-expired` |
//! | 10000010596 | SD-90005 | no certificate is known: `no-valid-certificate` |
//! | 10000010664 | SD-90006 | every submission is refused: `signature-invalid` |
//! | 10000010732 | SD-90007 | the taahhütname is not read: `not-read` |
//! | 10000010800 | SD-90008 | the civil register knows another name: `changed` |
//! | 10000010978 | SD-90009 | the civil register knows no such person: `identity-mismatch` |

/// A fixed outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magic {
    Revoked,
    ResponderAway,
    AlwaysConfirm,
    CodeOver,
    NoCertificate,
    Refused,
    NotRead,
    NameChanged,
    NotInRegister,
}

/// Number, order, outcome.
pub(crate) const TABLE: [(&str, &str, Magic); 9] = [
    ("10000010114", "SD-90001", Magic::Revoked),
    ("10000010282", "SD-90002", Magic::ResponderAway),
    ("10000010350", "SD-90003", Magic::AlwaysConfirm),
    ("10000010428", "SD-90004", Magic::CodeOver),
    ("10000010596", "SD-90005", Magic::NoCertificate),
    ("10000010664", "SD-90006", Magic::Refused),
    ("10000010732", "SD-90007", Magic::NotRead),
    ("10000010800", "SD-90008", Magic::NameChanged),
    ("10000010978", "SD-90009", Magic::NotInRegister),
];

impl Magic {
    /// The fixed outcome of this person.
    pub(crate) fn of(tckn: &str) -> Option<Self> {
        TABLE.iter().find(|(number, ..)| *number == tckn).map(|(.., magic)| *magic)
    }
}
