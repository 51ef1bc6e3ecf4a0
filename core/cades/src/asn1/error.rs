//! What can be wrong with an encoding (X.690 clauses 8 to 11).

use super::Tag;

/// An encoding that cannot be read. It carries numbers and tags only, never octets of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Asn1Error {
    /// The input ends inside a value.
    #[error("the value needs {needed} octets, {available} are there")]
    Truncated {
        /// Octets that the header promises.
        needed: usize,
        /// Octets that are left.
        available: usize,
    },
    /// Another type stands where `expected` must be.
    #[error("expected {expected}, found {found:?}")]
    UnexpectedTag {
        /// The tag that the module demands here.
        expected: Tag,
        /// The tag that is there; `None` at the end of the input.
        found: Option<Tag>,
    },
    /// Octets follow where the value should have ended.
    #[error("{octets} octets follow the value")]
    TrailingData {
        /// How many octets follow.
        octets: usize,
    },
    /// A BER form where only DER is allowed (X.690 clause 10).
    #[error("not DER")]
    NotDer,
    /// A length that no real file has, or the reserved form (X.690 8.1.3.5).
    #[error("unreadable length")]
    Length,
    /// Too many open indefinite-length or constructed values.
    #[error("more than {limit} levels")]
    TooDeep {
        /// The limit that was in force.
        limit: usize,
    },
    /// The input is larger than the caller allows.
    #[error("{octets} octets, the limit is {limit}")]
    TooLarge {
        /// Octets of the input.
        octets: usize,
        /// The limit that was in force.
        limit: usize,
    },
    /// A list or a segmented OCTET STRING has more members than the caller allows.
    #[error("more than {limit} members")]
    TooMany {
        /// The limit that was in force.
        limit: usize,
    },
    /// The contents do not fit the type.
    #[error("invalid contents of {tag}")]
    Value {
        /// The type whose contents are wrong.
        tag: Tag,
    },
}
