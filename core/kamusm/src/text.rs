//! The texts to sign, profiles `urn:kamusm:signed-text:1` and `urn:kamusm:sign-in-text:1` (protocol, section 5):
//! checked before they are shown.

use std::str::from_utf8;

use unicode_normalization::is_nfc;

use crate::error::{Code, Error, Result};

/// The first line of every approval.
pub(crate) const TITLE: &str = "KAMU SM BAŞVURU ONAYI/1";
/// The profile's name, in the media type of a text.
pub(crate) const PROFILE: &str = "urn:kamusm:signed-text:1";
/// The same of a text to sign in with.
pub(crate) const SIGN_IN_PROFILE: &str = "urn:kamusm:sign-in-text:1";
/// What every text to sign in with begins with, in any version.
const SIGN_IN_TITLE: &str = "KAMU SM GİRİŞ/";
const SIGN_IN_SENTENCE: &str =
    "Bu metni imzalayarak Kamu SM Online İşlemler'e giriş yapıyorum. Bu metin bir başvuru onayı değildir.";
const NONCE_DIGITS: usize = 64;
const MAX_OCTETS: usize = 64 * 1024;
const MAX_LINE_CHARACTERS: usize = 400;
const TURKISH: &str = "çğıöşüÇĞİÖŞÜâîûÂÎÛ";
const TYPOGRAPHY: &str = "“”‘’–—…•✓→€₺§°";

/// Whether the character may stand in a text to sign: 128 code points, LF included.
pub fn is_allowed(character: char) -> bool {
    matches!(character, ' '..='~' | '\n') || TURKISH.contains(character) || TYPOGRAPHY.contains(character)
}

/// The octets as text, if they follow the profile; the octets themselves are never changed.
pub(crate) fn checked(octets: &[u8], announced: bool) -> Result<&str> {
    if !announced {
        return Err(outside("announced with another media type"));
    }
    if octets.len() > MAX_OCTETS {
        return Err(outside("longer than 64 KiB"));
    }
    let text = from_utf8(octets).map_err(|_| outside("not UTF-8"))?;
    if let Some(place) = text.chars().position(|character| !is_allowed(character)) {
        return Err(outside(format!("character {} is not one of the 128 allowed", place + 1)));
    }
    if !is_nfc(text) {
        return Err(outside("not in normalisation form C"));
    }
    if let Some(line) = text.split('\n').position(|line| line.chars().count() > MAX_LINE_CHARACTERS) {
        return Err(outside(format!("line {} is longer than 400 characters", line + 1)));
    }
    Ok(text)
}

fn outside(reason: impl Into<String>) -> Error {
    Error::new(Code::TextProfile, reason)
}

/// What the header lines of an approval must say.
#[derive(Clone, Debug)]
pub(crate) struct Expected<'a> {
    pub application: &'a str,
    pub index: usize,
    pub count: usize,
    pub session: &'a str,
    pub created: &'a str,
}

/// Compares the header lines with the session: a text of another application is never shown.
pub(crate) fn compare(text: &str, expected: &Expected<'_>) -> Result<()> {
    let header = [
        TITLE.to_owned(),
        format!("Sipariş No: {}", expected.application),
        format!("Belge: {}/{}", expected.index, expected.count),
        format!("Oturum: {}", expected.session),
        format!("Oluşturma Tarihi: {}", expected.created),
        String::new(),
    ];
    let mut lines = text.split('\n');
    for (number, line) in header.iter().enumerate() {
        if lines.next() != Some(line) {
            let reason = format!("line {} differs from the session", number + 1);
            return Err(Error::new(Code::TextMismatch, reason));
        }
    }
    Ok(())
}

/// What a text to sign in with must say.
#[derive(Clone, Debug)]
pub(crate) struct SignIn<'a> {
    pub origin: &'a str,
    pub challenge: &'a str,
    pub created: &'a str,
}

/// Compares every line with the challenge; only the number used once is the text's own. Nothing else may stand in it,
/// so that no approval hides in a sign-in.
pub(crate) fn compare_sign_in(text: &str, expected: &SignIn<'_>) -> Result<()> {
    let before = format!(
        "{SIGN_IN_TITLE}1\nAdres: {}\nGiriş No: {}\nTek Kullanımlık Sayı: ",
        expected.origin, expected.challenge
    );
    let after = format!("\nOluşturma Tarihi: {}\n\n{SIGN_IN_SENTENCE}\n", expected.created);
    let nonce = text.strip_prefix(&before).and_then(|rest| rest.strip_suffix(&after));
    let is_number = |nonce: &str| {
        nonce.len() == NONCE_DIGITS && nonce.bytes().all(|octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'))
    };
    if nonce.is_some_and(is_number) {
        return Ok(());
    }
    Err(Error::new(Code::TextMismatch, "the text to sign in with differs from the challenge"))
}

/// Whether the octets could pass for a text to sign in with.
pub(crate) fn is_sign_in(octets: &[u8]) -> bool {
    octets.windows(SIGN_IN_TITLE.len()).any(|part| part == SIGN_IN_TITLE.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_128_code_points_are_allowed_of_all_unicode() {
        let allowed: Vec<char> = ('\0'..=char::MAX).filter(|character| is_allowed(*character)).collect();
        assert_eq!(allowed.len(), 128);
        for character in '\0'..=char::MAX {
            let text = format!("metin {character}");
            let verdict = checked(text.as_bytes(), true);
            assert_eq!(verdict.is_ok(), allowed.contains(&character), "U+{:04X}", u32::from(character));
            if let Err(error) = verdict {
                assert_eq!(error.code(), Code::TextProfile);
            }
        }
    }

    #[test]
    fn form_and_size_are_checked() {
        for (octets, reason) in [
            (b"\xff".to_vec(), "not UTF-8"),
            ("a".repeat(401).into_bytes(), "line 1 is longer than 400 characters"),
            ("satır\n".repeat(12_000).into_bytes(), "longer than 64 KiB"),
        ] {
            assert_eq!(checked(&octets, true).unwrap_err().reason(), reason);
        }
        assert!(checked(b"metin", false).is_err());
        assert!(checked("ş".repeat(400).as_bytes(), true).is_ok());
    }

    #[test]
    fn each_header_line_must_be_the_session_s() {
        let expected = Expected { application: "SD-1", index: 1, count: 2, session: "s", created: "t" };
        let right = format!(
            "{TITLE}\nSipariş No: SD-1\nBelge: 1/2\nOturum: s\nOluşturma Tarihi: t\n\nBeyan ederim.\n"
        );
        compare(&right, &expected).unwrap();
        for (line, wrong) in [
            (1, right.replace("ONAYI/1", "ONAYI/2")),
            (2, right.replace("SD-1", "SD-2")),
            (3, right.replace("1/2", "2/2")),
            (4, right.replace("Oturum: s", "Oturum: x")),
            (5, right.replace("Tarihi: t", "Tarihi: u")),
            (6, right.replace("\n\nBeyan", "\nBeyan")),
        ] {
            let error = compare(&wrong, &expected).unwrap_err();
            assert_eq!(error.code(), Code::TextMismatch);
            assert_eq!(error.reason(), format!("line {line} differs from the session"));
        }
    }

    #[test]
    fn a_text_to_sign_in_with_says_nothing_else() {
        let expected = SignIn { origin: "https://basvuru.example", challenge: "g1", created: "t" };
        let right = format!(
            "KAMU SM GİRİŞ/1\nAdres: https://basvuru.example\nGiriş No: g1\nTek Kullanımlık Sayı: {}\n\
             Oluşturma Tarihi: t\n\n{SIGN_IN_SENTENCE}\n",
            "0f".repeat(32)
        );
        assert!(compare_sign_in(&right, &expected).is_ok() && is_sign_in(right.as_bytes()));
        for wrong in [
            right.replace("basvuru.example", "basvuru.example.evil"),
            right.replace("GİRİŞ/1", "GİRİŞ/2"),
            right.replace("g1", "g2"),
            right.replace("0f0f", "0F0F"),
            right.replacen("0f", "", 1),
            right.replace("Tarihi: t", "Tarihi: u"),
            right.replace("değildir", "sayılır"),
            format!("{right}Beyan ederim.\n"),
            right.trim_end().to_owned(),
            right.replace("\n\n", "\nBeyan ederim.\n\n"),
            right.replace("KAMU SM GİRİŞ/1", TITLE),
        ] {
            let error = compare_sign_in(&wrong, &expected).unwrap_err();
            assert_eq!(error.code(), Code::TextMismatch, "{wrong}");
        }
        let approval = Expected { application: "SD-1", index: 1, count: 1, session: "s", created: "t" };
        assert!(compare(&right, &approval).is_err());
    }
}
