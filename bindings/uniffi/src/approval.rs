//! Onay: by which methods an application can be approved, and what must be read before.

use kamusm::{approval, commitment};

/// What can be approved, and how.
#[derive(Clone, uniffi::Record)]
pub struct Approval {
    /// The methods.
    pub methods: Vec<Method>,
    /// What must be read before.
    pub commitments: Vec<Commitment>,
    /// Warnings, such as `revokes_existing`.
    pub warnings: Vec<String>,
    /// Names the form as it is now: an approval is for exactly this one.
    pub form_digest: String,
}

/// A method of approval.
#[derive(Clone, uniffi::Record)]
pub struct Method {
    /// Which method, such as `e_onay`.
    pub code: String,
    /// As the button shows it.
    pub title: String,
    /// Whether it can be used now.
    pub available: bool,
    /// Why not, such as `no_prior_consent`.
    pub reason: Option<String>,
}

/// A taahhütname.
#[derive(Clone, uniffi::Record)]
pub struct Commitment {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The digest of its text.
    pub digest: String,
    /// The octets of its text.
    pub length: i64,
}

impl From<approval::Approval> for Approval {
    fn from(approval: approval::Approval) -> Self {
        Self {
            methods: approval.methods.into_iter().map(Method::from).collect(),
            commitments: approval.commitments.into_iter().map(Commitment::from).collect(),
            warnings: approval.warnings,
            form_digest: approval.form_digest,
        }
    }
}

impl From<approval::Method> for Method {
    fn from(method: approval::Method) -> Self {
        Self {
            code: method.code.word().to_owned(),
            title: method.title,
            available: method.available,
            reason: method.reason.map(|reason| reason.word().to_owned()),
        }
    }
}

impl From<commitment::Commitment> for Commitment {
    fn from(commitment: commitment::Commitment) -> Self {
        Self {
            id: commitment.id,
            title: commitment.title,
            version: commitment.version,
            digest: commitment.digest,
            length: i64::try_from(commitment.length).unwrap_or(i64::MAX),
        }
    }
}
