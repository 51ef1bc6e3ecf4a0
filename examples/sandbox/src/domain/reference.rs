//! The lists that a form's choices are taken from. Kamu SM publishes none of them but the provinces, which are the
//! country's; the others are the sandbox's stand-ins, and clients treat all of them as open.

use crate::domain::problem::{Kind, Problem};

/// Code and title.
pub(crate) type Row = (&'static str, &'static str);

/// The plate codes, ISO 3166-2:TR.
const PROVINCES: [Row; 81] = [
    ("01", "Adana"),
    ("02", "Adıyaman"),
    ("03", "Afyonkarahisar"),
    ("04", "Ağrı"),
    ("05", "Amasya"),
    ("06", "Ankara"),
    ("07", "Antalya"),
    ("08", "Artvin"),
    ("09", "Aydın"),
    ("10", "Balıkesir"),
    ("11", "Bilecik"),
    ("12", "Bingöl"),
    ("13", "Bitlis"),
    ("14", "Bolu"),
    ("15", "Burdur"),
    ("16", "Bursa"),
    ("17", "Çanakkale"),
    ("18", "Çankırı"),
    ("19", "Çorum"),
    ("20", "Denizli"),
    ("21", "Diyarbakır"),
    ("22", "Edirne"),
    ("23", "Elazığ"),
    ("24", "Erzincan"),
    ("25", "Erzurum"),
    ("26", "Eskişehir"),
    ("27", "Gaziantep"),
    ("28", "Giresun"),
    ("29", "Gümüşhane"),
    ("30", "Hakkâri"),
    ("31", "Hatay"),
    ("32", "Isparta"),
    ("33", "Mersin"),
    ("34", "İstanbul"),
    ("35", "İzmir"),
    ("36", "Kars"),
    ("37", "Kastamonu"),
    ("38", "Kayseri"),
    ("39", "Kırklareli"),
    ("40", "Kırşehir"),
    ("41", "Kocaeli"),
    ("42", "Konya"),
    ("43", "Kütahya"),
    ("44", "Malatya"),
    ("45", "Manisa"),
    ("46", "Kahramanmaraş"),
    ("47", "Mardin"),
    ("48", "Muğla"),
    ("49", "Muş"),
    ("50", "Nevşehir"),
    ("51", "Niğde"),
    ("52", "Ordu"),
    ("53", "Rize"),
    ("54", "Sakarya"),
    ("55", "Samsun"),
    ("56", "Siirt"),
    ("57", "Sinop"),
    ("58", "Sivas"),
    ("59", "Tekirdağ"),
    ("60", "Tokat"),
    ("61", "Trabzon"),
    ("62", "Tunceli"),
    ("63", "Şanlıurfa"),
    ("64", "Uşak"),
    ("65", "Van"),
    ("66", "Yozgat"),
    ("67", "Zonguldak"),
    ("68", "Aksaray"),
    ("69", "Bayburt"),
    ("70", "Karaman"),
    ("71", "Kırıkkale"),
    ("72", "Batman"),
    ("73", "Şırnak"),
    ("74", "Bartın"),
    ("75", "Ardahan"),
    ("76", "Iğdır"),
    ("77", "Yalova"),
    ("78", "Karabük"),
    ("79", "Kilis"),
    ("80", "Osmaniye"),
    ("81", "Düzce"),
];
const OPERATORS: [Row; 3] =
    [("turkcell", "Turkcell"), ("vodafone", "Vodafone"), ("turk_telekom", "Türk Telekom")];
const CARD_READERS: [Row; 4] = [
    ("none", "İstemiyorum"),
    ("acr38t", "ACS ACR38T"),
    ("acr39u", "ACS ACR39U"),
    ("atr29", "Atlantis ATR29"),
];
const DURATIONS: [Row; 2] = [("1y", "1 yıl"), ("3y", "3 yıl")];
const INFO_CHANNELS: [Row; 2] = [("email", "E-posta"), ("sms", "SMS")];
const COURIER: Row = ("courier", "Kurye ile elden teslim");
const OFFICE: Row = ("office", "Kamu SM temsilciliğinden elden teslim");
/// Where the stand-in has an office: Ankara, İstanbul, Kocaeli.
const OFFICES: [&str; 3] = ["06", "34", "41"];
const ALL_METHODS: [Row; 2] = [COURIER, OFFICE];

/// A list of the reference data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Provinces,
    DeliveryMethods,
    Operators,
    CardReaders,
    CertificateDurations,
    InfoChannels,
}

impl List {
    const ALL: [Self; 6] = [
        Self::Provinces,
        Self::DeliveryMethods,
        Self::Operators,
        Self::CardReaders,
        Self::CertificateDurations,
        Self::InfoChannels,
    ];

    /// Its name in the address.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Provinces => "provinces",
            Self::DeliveryMethods => "delivery-methods",
            Self::Operators => "operators",
            Self::CardReaders => "card-readers",
            Self::CertificateDurations => "certificate-durations",
            Self::InfoChannels => "info-channels",
        }
    }

    /// The list of this name.
    pub(crate) fn parse(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|list| list.name() == name).ok_or_else(|| Kind::NotFound.into())
    }

    /// All rows.
    pub(crate) const fn rows(self) -> &'static [Row] {
        match self {
            Self::Provinces => &PROVINCES,
            Self::DeliveryMethods => &ALL_METHODS,
            Self::Operators => &OPERATORS,
            Self::CardReaders => &CARD_READERS,
            Self::CertificateDurations => &DURATIONS,
            Self::InfoChannels => &INFO_CHANNELS,
        }
    }

    /// The rows that a province has.
    pub(crate) fn rows_of(self, province: &str) -> &'static [Row] {
        match self {
            Self::DeliveryMethods if !OFFICES.contains(&province) => &[COURIER],
            _ => self.rows(),
        }
    }
}

/// The provinces in which a method of delivery is not to be had everywhere: where the office is.
pub(crate) const fn provinces_with_offices() -> [&'static str; 3] {
    OFFICES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provinces_are_the_plate_codes() {
        for (number, (code, _)) in (1..).zip(PROVINCES) {
            assert_eq!(code, format!("{number:02}"));
        }
        assert_eq!(PROVINCES[40], ("41", "Kocaeli"));
    }

    #[test]
    fn an_office_hands_out_in_its_own_province_only() {
        assert_eq!(List::DeliveryMethods.rows_of("41").len(), 2);
        assert_eq!(List::DeliveryMethods.rows_of("80"), [COURIER]);
    }
}
