//! The two languages of the words that a person reads; Turkish comes first.

use crate::domain::problem::{Kind, Words};

/// A language of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// Türkçe.
    #[default]
    Turkish,
    /// English.
    English,
}

impl Language {
    /// Takes one of two wordings.
    pub(crate) fn of<'a>(&self, turkish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Turkish => turkish,
            Self::English => english,
        }
    }

    /// Its tag, BCP 47.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }

    /// The language of a tag.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        [Self::Turkish, Self::English].into_iter().find(|language| language.tag() == tag)
    }

    /// The words of a problem type.
    pub(crate) fn words(self, kind: Kind) -> Words {
        match self {
            Self::Turkish => kind.turkish(),
            Self::English => kind.english(),
        }
    }
}
