//! The text to sign, profile `urn:kamusm:signed-text:1` (protocol, section 5): composed, then checked.

/// The media type of a text to sign.
pub(crate) const MEDIA_TYPE: &str = "text/plain; charset=utf-8; profile=\"urn:kamusm:signed-text:1\"";
/// The largest text.
pub(crate) const MAX_OCTETS: usize = 64 * 1024;
const MAX_LINE: usize = 400;
const TURKISH: &str = "çğıöşüÇĞİÖŞÜâîûÂÎÛ";
const TYPOGRAPHY: &str = "“”‘’–—…•✓→€₺§°";

/// The sentence of the Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi; origin: Kamu SM, TAL.01.16 rev. 04, Şekil 10.
const COMMITMENT: &str = "Aşağıda yazılı bütün bilgilerin doğru olduğunu, aksi halde doğacak bütün zararlardan \
    sorumlu olduğumu beyan ederim. Bu formdaki bilgilere göre şahsıma bir nitelikli elektronik sertifika \
    hazırlanmasını talep ederim.";

/// What stands in one text.
#[derive(Clone, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) application: &'a str,
    pub(crate) index: usize,
    pub(crate) count: usize,
    pub(crate) session: &'a str,
    pub(crate) created: &'a str,
    /// Label and value, in the order of the form.
    pub(crate) form: &'a [(String, String)],
}

/// Why a text may not be shown and signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TextError {
    #[error("U+{:04X} is outside the profile", u32::from(*character))]
    Character { character: char },
    #[error("line {line} is longer than 400 characters")]
    Line { line: usize },
    #[error("{octets} octets are more than 64 KiB")]
    Size { octets: usize },
    #[error("the value of “{label}” has a line feed")]
    Value { label: String },
}

/// The octets that are shown and signed.
pub(crate) fn compose(parts: &Parts<'_>) -> Result<Vec<u8>, TextError> {
    let Parts { application, index, count, session, created, form } = parts;
    let mut text = format!(
        "KAMU SM BAŞVURU ONAYI/1\nSipariş No: {application}\nBelge: {index}/{count}\nOturum: {session}\n\
         Oluşturma Tarihi: {created}\n\n{COMMITMENT}\n\nBAŞVURU FORMU\n"
    );
    for (label, value) in *form {
        // A line feed would let a value pass for a line of ours.
        if value.contains('\n') || label.contains(['\n', ':']) {
            return Err(TextError::Value { label: label.clone() });
        }
        text.push_str(&format!("{label}: {value}\n"));
    }
    text.push_str(
        "\nBu metin bir deneme hizmetinin metnidir; taahhütnamenin tamamı yerine onun cümlesi durur.\n",
    );
    text.push_str("METİN SONU\n");
    check(&text)?;
    Ok(text.into_bytes())
}

/// Refuses everything that the profile does not name.
pub(crate) fn check(text: &str) -> Result<(), TextError> {
    if text.len() > MAX_OCTETS {
        return Err(TextError::Size { octets: text.len() });
    }
    if let Some(character) = text.chars().find(|character| !is_allowed(*character)) {
        return Err(TextError::Character { character });
    }
    match text.split('\n').position(|line| line.chars().count() > MAX_LINE) {
        Some(index) => Err(TextError::Line { line: index + 1 }),
        None => Ok(()),
    }
}

/// What is allowed beside ASCII.
pub(crate) fn letters() -> String {
    [TURKISH, TYPOGRAPHY].concat()
}

/// No two of these compose, so a text of them is always in normalisation form C.
fn is_allowed(character: char) -> bool {
    matches!(character, '\u{20}'..='\u{7E}' | '\n')
        || TURKISH.contains(character)
        || TYPOGRAPHY.contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_has_128_code_points() {
        assert_eq!(('\0'..=char::MAX).filter(|character| is_allowed(*character)).count(), 128);
    }

    #[test]
    fn a_text_has_its_header_its_sentence_its_form_and_its_end() {
        let form = [("Ad Soyad".to_owned(), "Işıl Çağrı".to_owned())];
        let parts = Parts {
            application: "SD-13712",
            index: 1,
            count: 2,
            session: "s",
            created: "2020-06-23T10:19:44+03:00",
            form: &form,
        };
        let text = String::from_utf8(compose(&parts).unwrap()).unwrap();
        assert!(text.starts_with(
            "KAMU SM BAŞVURU ONAYI/1\nSipariş No: SD-13712\nBelge: 1/2\nOturum: s\n\
             Oluşturma Tarihi: 2020-06-23T10:19:44+03:00\n\nAşağıda yazılı bütün bilgilerin doğru olduğunu, "
        ));
        assert!(text.contains("hazırlanmasını talep ederim.\n\nBAŞVURU FORMU\nAd Soyad: Işıl Çağrı\n"));
        assert!(text.ends_with("\nMETİN SONU\n"));
    }

    #[test]
    fn what_is_outside_is_refused() {
        for (value, error) in [
            ("Ő", TextError::Character { character: 'Ő' }),
            ("a\u{202E}b", TextError::Character { character: '\u{202E}' }),
            ("a\rb", TextError::Character { character: '\r' }),
            ("ğ\u{306}", TextError::Character { character: '\u{306}' }),
            ("x\nSipariş No: SD-1", TextError::Value { label: "Ünvan".to_owned() }),
            (&"a".repeat(394), TextError::Line { line: 10 }),
        ] {
            let form = [("Ünvan".to_owned(), value.to_owned())];
            let parts =
                Parts { application: "SD-1", index: 1, count: 1, session: "s", created: "t", form: &form };
            assert_eq!(compose(&parts), Err(error));
        }
    }
}
