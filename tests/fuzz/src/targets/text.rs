//! Texts to sign: whatever passes is nothing but the 128 characters, and no header is read into it.

use kamusm::{Code, door, text::is_allowed};

use crate::bound::bounded;

pub fn run(octets: &[u8]) {
    let verdict = bounded(octets, 4096, 16, || door::checked(octets));
    match &verdict {
        Ok(text) => {
            assert_eq!(text.as_bytes(), octets, "what is signed is what came");
            assert!(text.chars().all(is_allowed));
            assert!(text.len() <= 64 * 1024 && text.lines().all(|line| line.chars().count() <= 400));
            // The same judgement by other means: a line more does not change the lines before it.
            assert!(octets.len() == 64 * 1024 || door::checked(format!("{text}\n").as_bytes()).is_ok());
        }
        Err(error) => assert_eq!(error.code(), Code::TextProfile),
    }
    assert_eq!(door::checked(octets), verdict, "the same octets are judged the same");
    if let Ok(text) = verdict {
        headers(text);
    }
}

/// Reader and writer agree: a text that names its own header passes for that one, and for no other.
fn headers(text: &str) {
    let mut lines = text.split('\n').skip(1);
    let mut value = |name: &str| lines.next().and_then(|line| line.strip_prefix(name)).map(str::to_owned);
    let told = (|| {
        Some((value("Sipariş No: ")?, value("Belge: ")?, value("Oturum: ")?, value("Oluşturma Tarihi: ")?))
    })();
    let Some((application, place, session, created)) = told else {
        return assert!(!door::is_approval(text, "SD-1", (1, 1), "s", "t"));
    };
    let Some(numbers) = place.split_once('/') else { return };
    let (Ok(index), Ok(count)) = (numbers.0.parse(), numbers.1.parse()) else { return };
    if door::is_approval(text, &application, (index, count), &session, &created) {
        assert!(text.starts_with("KAMU SM BAŞVURU ONAYI/1\nSipariş No: "));
        assert!(!door::is_sign_in(text, "https://a.example", "g", "t"), "an approval is no sign-in");
        assert!(!door::is_approval(text, &format!("{application}0"), (index, count), &session, &created));
        assert!(!door::is_approval(text, &application, (index + 1, count), &session, &created));
        assert!(!door::is_approval(text, &application, (index, count), &format!("{session}0"), &created));
    }
}
