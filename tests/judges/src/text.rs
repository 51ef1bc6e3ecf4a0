//! What is signed: texts that a signer or a verifier may be tempted to change.

/// The content of a signature.
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) octets: Vec<u8>,
}

/// A commitment as an applicant signs it, with both kinds of line end.
pub(crate) fn turkish() -> Text {
    let octets = "Nitelikli Elektronik Sertifika Sahibi Taahhütnamesi\r\n\r\n\
        Başvurumda verdiğim bilgilerin doğru olduğunu, değişiklikleri gecikmeden bildireceğimi,\n\
        imza oluşturma verisini başkasına kullandırmayacağımı İŞBU taahhütname ile kabul ederim: ığüşöç İĞÜŞÖÇ\r\n";
    Text { name: "turkish", octets: octets.into() }
}

/// Texts beside [`turkish`].
pub(crate) fn others() -> Vec<Text> {
    let mut octets = Vec::new();
    for octet in 0..=u8::MAX {
        octets.push(octet);
    }
    vec![
        Text { name: "empty", octets: Vec::new() },
        Text { name: "one-octet", octets: b"e".to_vec() },
        // A byte order mark and letters that NFC would compose: i with two dots, g with a breve.
        Text { name: "decomposed", octets: "\u{feff}I\u{307}mza: g\u{306} s\u{327}".into() },
        // Nothing may be trimmed, and no line end be made of another.
        Text { name: "blanks", octets: b"\r\n \t\n\rmetin \t\r\r\n\n".to_vec() },
        Text { name: "octets", octets },
        // Needs lengths of three octets in DER.
        Text { name: "long", octets: "Çok uzun bir metin.\n".as_bytes().repeat(4096) },
    ]
}
