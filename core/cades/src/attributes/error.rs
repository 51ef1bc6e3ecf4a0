//! What can be wrong with a set of attributes (RFC 5652 clause 5.3 and 11).

use crate::asn1::Asn1Error;

/// Attributes that break the rules of their standard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttributeError {
    /// The SET or an `Attribute` in it cannot be read.
    #[error("the attributes cannot be read")]
    Set {
        /// What is wrong.
        source: Asn1Error,
    },
    /// A mandatory attribute is missing.
    #[error("attribute {attribute} is missing")]
    Missing {
        /// Its object identifier, dotted.
        attribute: String,
    },
    /// An attribute stands where its standard forbids it.
    #[error("attribute {attribute} is not allowed here")]
    Forbidden {
        /// Its object identifier, dotted.
        attribute: String,
    },
    /// An attribute stands twice although only one is allowed.
    #[error("attribute {attribute} is repeated")]
    Repeated {
        /// Its object identifier, dotted.
        attribute: String,
    },
    /// A single-valued attribute has another number of values.
    #[error("attribute {attribute} has {values} values")]
    ValueCount {
        /// Its object identifier, dotted.
        attribute: String,
        /// How many values there are.
        values: usize,
    },
    /// The value does not have the type that the standard demands.
    #[error("the value of attribute {attribute} cannot be read")]
    Value {
        /// Its object identifier, dotted.
        attribute: String,
        /// What is wrong.
        source: Asn1Error,
    },
}
