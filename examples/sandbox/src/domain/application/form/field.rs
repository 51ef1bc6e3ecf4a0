//! The fields of the form, word by word of TAL.01.16 rev. 04, Şekil 3.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::reference::{List, Row};

const YES_NO: [Row; 2] = [("yes", "Evet"), ("no", "Hayır")];

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FormFieldKind)]
pub(crate) enum Kind {
    /// The code of a row of a list.
    Choice,
    /// A line of text.
    Text,
    /// `yes` or `no`.
    YesNo,
    /// An e-mail address.
    Email,
    /// A mobile telephone.
    Gsm,
    /// Of the population register; changes by "Kimlik Bilgilerimi Güncelle" only.
    Locked,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) list: Option<List>,
    /// The most characters of a text; the others are limited by what they are.
    pub(crate) longest: Option<usize>,
}

/// A part of the form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) fields: &'static [Field],
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind, list: None, longest: None }
}

const fn choice(name: &'static str, label: &'static str, list: List) -> Field {
    Field { name, label, kind: Kind::Choice, list: Some(list), longest: None }
}

const fn text(name: &'static str, label: &'static str, longest: usize) -> Field {
    Field { name, label, kind: Kind::Text, list: None, longest: Some(longest) }
}

/// All fields in their order. Every field but the locked ones must be filled.
pub(crate) const SECTIONS: [Section; 5] = [
    Section {
        id: "urun",
        title: "Ürün Bilgileri",
        fields: &[
            choice("certificate_duration", "Sertifika Süresi", List::CertificateDurations),
            choice("card_reader", "Kart Okuyucu", List::CardReaders),
            field("publish_certificate", "Sertifikanız İnternette Yayınlansın mı?", Kind::YesNo),
        ],
    },
    Section {
        id: "kimlik",
        title: "Kimlik Bilgileri",
        fields: &[field("tckn", "Kimlik Numarası", Kind::Locked), field("name", "Ad Soyad", Kind::Locked)],
    },
    Section {
        id: "iletisim",
        title: "İletişim Bilgileri",
        fields: &[
            Field { longest: Some(254), ..field("email", "E-Posta", Kind::Email) },
            field("gsm", "Cep Telefonu", Kind::Gsm),
            choice("operator", "Operatör", List::Operators),
            choice("info_channel", "Bilgi Kanalı", List::InfoChannels),
        ],
    },
    Section {
        id: "kurum",
        title: "Kurum Bilgileri",
        fields: &[
            text("institution", "Kurum Adı", 150),
            text("unit", "Çalıştığı Birim", 150),
            text("job_title", "Ünvan", 100),
            text("work_phone", "İş Telefonu", 20),
            text("extension", "Dahili", 10),
        ],
    },
    Section {
        id: "teslimat",
        title: "Teslimat Bilgileri",
        fields: &[
            choice("province", "İl", List::Provinces),
            choice("delivery_method", "Teslimat Yöntemi", List::DeliveryMethods),
        ],
    },
];

/// Every field in the order of the form.
pub(crate) fn all() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|section| section.fields)
}

/// Whether a name is that of a locked field.
pub(crate) fn is_locked(name: &str) -> bool {
    all().any(|field| field.name == name && field.kind == Kind::Locked)
}

impl Field {
    /// What the field can be filled with, where that is limited.
    pub(crate) fn rows(&self) -> Option<&'static [Row]> {
        match self.kind {
            Kind::YesNo => Some(&YES_NO),
            _ => self.list.map(List::rows),
        }
    }

    /// The title of a code of this field.
    pub(crate) fn title_of(&self, code: &str) -> Option<&'static str> {
        self.rows()?.iter().find(|(known, _)| *known == code).map(|(_, title)| *title)
    }

    /// The code of a title of this field.
    pub(crate) fn code_of(&self, title: &str) -> Option<&'static str> {
        self.rows()?.iter().find(|(_, known)| *known == title).map(|(code, _)| *code)
    }
}
