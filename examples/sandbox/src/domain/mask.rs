//! Personal data as others may see it.

/// `10000000146` → `100******46`; anything that is no TCKN is hidden whole.
pub(crate) fn tckn(tckn: &str) -> String {
    if tckn.len() == 11 && tckn.is_ascii() {
        format!("{}******{}", &tckn[..3], &tckn[9..])
    } else {
        "*".repeat(tckn.chars().count())
    }
}

/// `Test Kullanıcı` → `T*** K********`.
pub(crate) fn name(name: &str) -> String {
    let masked = name.split_whitespace().map(|word| {
        let mut characters = word.chars();
        let first = characters.next().map(String::from).unwrap_or_default();
        first + &"*".repeat(characters.count())
    });
    masked.collect::<Vec<_>>().join(" ")
}

/// `deneme@kurum.gov.tr` → `d*****@kurum.gov.tr`.
pub(crate) fn email(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((mailbox, host)) => format!("{}@{host}", name(mailbox)),
        None => "*".repeat(address.chars().count()),
    }
}

/// `+905321234567` → `+90532*****67`; anything shorter is hidden whole.
pub(crate) fn gsm(gsm: &str) -> String {
    if gsm.len() == 13 && gsm.is_ascii() {
        format!("{}*****{}", &gsm[..6], &gsm[11..])
    } else {
        "*".repeat(gsm.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_left() {
        assert_eq!(tckn("10000000146"), "100******46");
        assert_eq!(tckn("123"), "***");
        assert_eq!(tckn("1234567890é"), "***********");
        assert_eq!(name("Işıl  Çağrı"), "I*** Ç****");
        assert_eq!(email("deneme@kurum.gov.tr"), "d*****@kurum.gov.tr");
        assert_eq!(email("deneme"), "******");
        assert_eq!(gsm("+905321234567"), "+90532*****67");
        assert_eq!(gsm("0532"), "****");
    }
}
