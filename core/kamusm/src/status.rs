//! Where an application stands, with the service's own words (TAL.01.16, Şekil 2); unknown values are kept.

use serde::Deserialize;

/// An enum of the service: what this version knows, and what it does not.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// A value of a newer service, as it came.
            Unknown(String),
        }

        impl $name {
            /// The word on the wire.
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Unknown(word) => word,
                }
            }
        }

        /// What an older service does not say is not known.
        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Unknown(word),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
pub(crate) use open_enum;

open_enum! {
    /// The codes of the statuses.
    StatusCode {
        /// Başvuru Formu ve Ödeme Bekleniyor.
        FormAndPaymentPending = "form_and_payment_pending",
        /// Ödeme Bekleniyor.
        PaymentPending = "payment_pending",
        /// Üretim Bekleniyor.
        ProductionPending = "production_pending",
        /// İptal Edildi.
        Cancelled = "cancelled",
    }
}

open_enum! {
    /// Who cancelled an application.
    CancelledBy {
        /// The institution.
        Institution = "institution",
        /// The person.
        Person = "person",
        /// Nobody in time.
        Timeout = "timeout",
    }
}

open_enum! {
    /// What the person can do with an application.
    ActionCode {
        /// Başvuruyu Tamamla.
        Complete = "complete",
        /// Başvuruyu Güncelle.
        Update = "update",
        /// Detaylar.
        Details = "details",
    }
}

/// A status with the service's texts.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// Which status.
    pub code: StatusCode,
    /// As the list shows it.
    pub title: String,
    /// Who cancelled.
    #[serde(default)]
    pub cancelled_by: Option<CancelledBy>,
    /// The text.
    #[serde(default)]
    pub body: Vec<Block>,
    /// What the person can do.
    pub action: Action,
}

/// The button of a row.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Action {
    /// Which action.
    pub code: ActionCode,
    /// As the button shows it.
    pub title: String,
}

/// A part of a status text.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A point.
    Item {
        /// Its number or letter.
        label: String,
        /// The text.
        text: String,
    },
    /// Banks with their channels of payment; they differ from text to text.
    Channels {
        /// Each bank.
        banks: Vec<Bank>,
    },
    /// A kind of block that this version does not know.
    #[serde(other)]
    Unknown,
}

/// A bank and the channels through which it takes the payment.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bank {
    /// Its name.
    pub name: String,
    /// Banka Şubesi.
    #[serde(default)]
    pub branch: bool,
    /// İnternet Şubesi.
    #[serde(default)]
    pub internet: bool,
    /// Mobil Şube.
    #[serde(default)]
    pub mobile: bool,
    /// ATM.
    #[serde(default)]
    pub atm: bool,
    /// Çağrı Merkezi.
    #[serde(default)]
    pub call_centre: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_kept() {
        let status: Status = serde_json::from_str(
            r#"{"code":"shipped","title":"Kargoda","later":1,"action":{"code":"track","title":"İzle"},
                "body":[{"kind":"map","place":"x"},{"kind":"paragraph","text":"Yolda."}]}"#,
        )
        .unwrap();
        assert_eq!(status.code, StatusCode::Unknown("shipped".into()));
        assert_eq!((status.code.word(), status.action.code.word()), ("shipped", "track"));
        assert_eq!(status.body, [Block::Unknown, Block::Paragraph { text: "Yolda.".into() }]);
        assert_eq!(StatusCode::from("cancelled".to_owned()), StatusCode::Cancelled);
    }
}
