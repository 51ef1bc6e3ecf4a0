//! What people type and paste: the doğrulama kodu first, then the other numbers.

use kamusm::{
    Code, application::ApplicationNumber, email::Email, gsm::Gsm, session::VerificationCode,
    sms_code::SmsCode, tckn::Tckn,
};

use crate::bound::bounded;

pub fn run(octets: &[u8]) {
    let Ok(typed) = std::str::from_utf8(octets) else { return };
    bounded(octets, 8192, 64, || {
        verification_code(typed);
        others(typed);
    });
}

fn verification_code(typed: &str) {
    match VerificationCode::parse(typed) {
        Ok(code) => {
            let written = code.written();
            assert!(written.len() == 19 && written.is_ascii());
            let again = VerificationCode::parse(&written).expect("what is written can be read");
            assert_eq!(again.written(), written);
            assert!(code.environment().is_ok());
            assert_eq!(format!("{code:?}"), "VerificationCode(****)");
            let other = if written.ends_with('7') { "8" } else { "7" };
            assert!(
                VerificationCode::parse(&format!("{}{other}", &written[..18])).is_err(),
                "one symbol differs"
            );
        }
        Err(error) => {
            assert_eq!(error.code(), Code::CodeMalformed);
            assert!(typed.len() < 8 || !error.to_string().contains(typed), "a code stands in an error");
        }
    }
}

fn others(typed: &str) {
    if let Ok(number) = ApplicationNumber::parse(typed) {
        assert_eq!(ApplicationNumber::parse(number.as_str()).as_ref(), Ok(&number));
        assert!(number.as_str().len() <= 32);
    }
    if let Ok(tckn) = Tckn::parse(typed) {
        assert_eq!(
            Tckn::parse(tckn.as_str()).map(|again| again.as_str().to_owned()).as_deref(),
            Ok(tckn.as_str())
        );
        assert!(tckn.has_right_checksum() && !format!("{tckn:?}").contains(tckn.as_str()));
    }
    if let Ok(gsm) = Gsm::parse(typed) {
        assert_eq!(
            Gsm::parse(gsm.as_str()).map(|again| again.as_str().to_owned()).as_deref(),
            Ok(gsm.as_str())
        );
    }
    if let Ok(email) = Email::parse(typed) {
        assert_eq!(
            Email::parse(email.as_str()).map(|again| again.as_str().to_owned()).as_deref(),
            Ok(email.as_str())
        );
    }
    if let Ok(code) = SmsCode::parse(typed) {
        assert_eq!(format!("{code:?}"), "SmsCode(******)");
    }
}
