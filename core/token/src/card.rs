//! Which driver a card needs, told by its answer to reset (ISO/IEC 7816-3, 8.2). It tells the driver, not whether the
//! card holds an NES: identity cards are of the same family.

use std::path::{Path, PathBuf};

/// A driver: the names of its PKCS#11 module and where they are looked for.
#[derive(Debug)]
#[non_exhaustive]
pub struct Driver {
    /// What people call it.
    pub name: &'static str,
    linux: &'static [&'static str],
    macos: &'static [&'static str],
    windows: &'static [&'static str],
    cards: &'static [Pattern],
}

/// Hexadecimal digits of an answer to reset; a dot stands for any digit.
#[derive(Debug)]
enum Pattern {
    Whole(&'static str),
    /// Somewhere in it: AKIS is told by its historical bytes, what stands before them changes with the chip.
    Within(&'static str),
}

use Pattern::{Whole, Within};

/// The drivers of cards that are used in Türkiye, that of Kamu SM's own cards first.
static DRIVERS: [Driver; 7] = [
    Driver {
        name: "AKİS",
        linux: &["libakisp11.so", "libpkcs11wrapper.so"],
        macos: &["libakisp11.dylib"],
        windows: &["akisp11.dll"],
        cards: &[
            Whole("3BBA11008131FE4D55454B41452056312E30AE"),
            Within("806755454B4145....318073B3A180"),
            Within("80655443......31C073F6218081.."),
        ],
    },
    Driver {
        name: "SafeNet eToken",
        linux: &["libeTPkcs11.so"],
        macos: &["libeTPkcs11.dylib", "libeToken.dylib"],
        windows: &["eTPKCS11.dll"],
        cards: &[
            Whole("3BD5180081313A7D8073C8211030"),
            Whole("3BD518008131FE7D8073C82110F4"),
            Whole("3B7F96000080318065B0846160FB120FFD829000"),
        ],
    },
    Driver {
        name: "SafeSign",
        linux: &["libaetpkss.so"],
        macos: &["libaetpkss.dylib"],
        windows: &["aetpkss1.dll"],
        cards: &[
            Whole("3BBB1800C01031FE4580670412B00303000081053C"),
            Whole("3BFA1800FF8131FE454A434F5032315632333165"),
            Whole("3BF81800FF8131FE454A434F507632343143"),
        ],
    },
    Driver {
        name: "Gemplus",
        linux: &[],
        macos: &[],
        windows: &["gclib.dll"],
        cards: &[Whole("3B7D94000080318065B08301029083009000"), Whole("3B6D000080318065B08301029083009000")],
    },
    Driver {
        name: "Datakey",
        linux: &[],
        macos: &[],
        windows: &["dkck201.dll"],
        cards: &[Whole("3BFF1100008131FE4D8025A00000005657444B3333300600D0")],
    },
    Driver {
        name: "Keycorp",
        linux: &[],
        macos: &[],
        windows: &["spmp1132.dll"],
        cards: &[Whole("3BB79400C03E31FE6553504B32339000AE")],
    },
    Driver {
        name: "T-KART",
        linux: &[],
        macos: &[],
        windows: &["siecap11.dll"],
        cards: &[Whole("3BF2180002C10A31FE58C80874")],
    },
];

/// The driver of many cards of other makes; what it knows it knows itself.
static OPENSC: Driver = Driver {
    name: "OpenSC",
    linux: &["opensc-pkcs11.so"],
    macos: &["opensc-pkcs11.so"],
    windows: &["opensc-pkcs11.dll"],
    cards: &[],
};

const LINUX_FOLDERS: &[&str] = &[
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/local/lib",
    "/opt/akis",
    "/opt/akis/lib",
    "/opt/Akia",
];

const MACOS_FOLDERS: &[&str] = &[
    "/usr/local/lib",
    "/Library/Akis",
    "/Library/Java/Extensions",
    "/opt/homebrew/lib",
    "/Library/OpenSC/lib",
    "/Library/Frameworks/eToken.framework/Versions/A",
    "/Applications/tokenadmin.app/Contents/Frameworks",
];

const WINDOWS_FOLDERS: &[&str] = &[
    r"C:\Windows\System32",
    r"C:\Program Files\AKIS\bin",
    r"C:\Program Files\Akia",
    r"C:\Program Files\OpenSC Project\OpenSC\pkcs11",
];

impl Driver {
    /// The driver of the card with this answer to reset.
    pub fn of_card(atr: &[u8]) -> Option<&'static Self> {
        let atr: String = atr.iter().map(|octet| format!("{octet:02X}")).collect();
        DRIVERS.iter().find(|driver| driver.cards.iter().any(|pattern| pattern.fits(&atr)))
    }

    /// Every driver with cards of its own.
    pub(crate) fn all() -> &'static [Self] {
        &DRIVERS
    }

    /// The one for all other cards.
    pub(crate) fn opensc() -> &'static Self {
        &OPENSC
    }

    /// Where its module may be on this system, the likeliest place first.
    pub fn places(&self) -> Vec<PathBuf> {
        let (names, folders) = match std::env::consts::OS {
            "macos" => (self.macos, MACOS_FOLDERS),
            "windows" => (self.windows, WINDOWS_FOLDERS),
            _ => (self.linux, LINUX_FOLDERS),
        };
        names.iter().flat_map(|name| folders.iter().map(move |folder| Path::new(folder).join(name))).collect()
    }

    /// What to look for, also where no file of it is.
    pub(crate) fn file_name(&self) -> PathBuf {
        let place = self.places().into_iter().next();
        place.as_deref().and_then(Path::file_name).map_or_else(|| PathBuf::from(self.name), PathBuf::from)
    }
}

impl Pattern {
    fn fits(&self, atr: &str) -> bool {
        match self {
            Whole(whole) => *whole == atr,
            Within(part) => {
                let is_part =
                    |window: &[u8]| window.iter().zip(part.bytes()).all(|(a, b)| b == b'.' || *a == b);
                atr.as_bytes().windows(part.len()).step_by(2).any(is_part)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that tables of others and pcsc-tools list as AKIS.
    const AKIS: [&str; 34] = [
        "3BBA11008131FE4D55454B41452056312E30AE",
        "3B9F968131FE45806755454B41451112318073B3A180E9",
        "3B9F968131FE45806755454B41451212318073B3A180EA",
        "3B9F968131FE45806755454B41451213318073B3A180EB",
        "3B9F968131FE45806755454B41451252318073B3A180AA",
        "3B9F968131FE45806755454B41451253318073B3A180AB",
        "3B9F158131FE45806755454B41451221318073B3A1805A",
        "3B9F968131FE45806755454B41451221318073B3A180D9",
        "3B9F138131FE45806755454B41451221318073B3A1805C",
        "3B9F138131FE45806755454B41451261318073B3A1801C",
        "3B9F158131FE45806755454B41451261318073B3A1801A",
        "3B9F968131FE45806755454B41451261318073B3A18099",
        "3B9F968131FE45806755454B41451292318073B3A1806A",
        "3B9F968131FE45806755454B41451293318073B3A1806B",
        "3B9F968131FE45806755454B41451312318073B3A180EB",
        "3B9F968131FE45806755454B414512A4318073B3A1805C",
        "3B9F968131FE45806755454B414512A5318073B3A1805D",
        "3B9F968131FE458065544320201231C073F621808105B3",
        "3B9F978131FE458065544312210031C073F62180810593",
        "3B9F978131FE4580655443D3230231C073F62180810552",
        "3B9F978131FE458065544312210731C073F62180810594",
        "3B9F978131FE458065544312210731C073F62180810595",
        "3B9F978131FE4580655443D2210831C073F6218081015F",
        "3B9F978131FE458065544312210831C073F6218081019F",
        "3B9F978131FE4580655443D2210831C073F6218081055B",
        "3B9F978131FE4580655443E4210831C073F6218081056D",
        "3B9F968131FE4580655443D3210831C073F6218081055B",
        "3B9F968131FE4580655443D2210831C073F6218081055A",
        "3B9F978131FE458065544312210831C073F6218081059B",
        "3B9F978131FE458065544353228231C073F62180810553",
        "3B9F138131FE45806755454B41451264318073B3A18019",
        "3B9F138131FE45806755454B41451265318073B3A18018",
        "3B9F968131FE458065544312210831C073F6218081059A",
        "3B9F978131FE4580655443D3228231C073F621808105D3",
    ];

    fn octets(hex: &str) -> Vec<u8> {
        let digits = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        hex.as_bytes().chunks(2).map(digits).collect()
    }

    fn name(hex: &str) -> Option<&'static str> {
        Driver::of_card(&octets(hex)).map(|driver| driver.name)
    }

    #[test]
    fn every_known_akis_card_is_told_by_its_answer_to_reset() {
        for atr in AKIS {
            assert_eq!(name(atr), Some("AKİS"), "{atr}");
        }
    }

    #[test]
    fn every_whole_pattern_leads_to_its_own_driver() {
        for driver in &DRIVERS {
            for pattern in driver.cards {
                if let Whole(atr) = pattern {
                    assert_eq!(name(atr), Some(driver.name));
                }
            }
        }
    }

    #[test]
    fn other_cards_have_no_driver_of_their_own() {
        // PIV, an empty one, and the UEKAE bytes at an odd digit.
        for atr in ["3B951381018073FF01000B", "", "0806755454B41450000318073B3A1800"] {
            assert_eq!(name(atr), None, "{atr}");
        }
    }

    #[test]
    fn the_own_driver_of_kamu_sm_is_looked_for_where_its_installer_puts_it() {
        if cfg!(target_os = "linux") {
            assert_eq!(DRIVERS[0].places()[0], Path::new("/usr/lib/libakisp11.so"));
            assert_eq!(DRIVERS[0].file_name(), Path::new("libakisp11.so"));
        }
    }
}
