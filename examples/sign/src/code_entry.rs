//! "Doğrulama kodu": from a descriptor, from a pipe, or typed; a typed one is asked for until it is one.

use std::io::{self, IsTerminal};

use kamusm::{
    config::Environment,
    error::{Code, Error},
    session::VerificationCode,
};

use crate::{conversation::Conversation, descriptor::Descriptor, interruption::Interruption, typed::Typed};

/// Where the code comes from; none if it is typed.
pub(crate) fn source(number: Option<u32>) -> Result<Option<Descriptor>, (u32, io::Error)> {
    const STANDARD_INPUT: u32 = 0;
    let number = number.or_else(|| (!io::stdin().is_terminal()).then_some(STANDARD_INPUT));
    number.map(|number| Descriptor::open(number).map_err(|error| (number, error))).transpose()
}

/// The code of another program; it has one chance.
pub(crate) fn read(
    descriptor: &Descriptor,
    interruption: &Interruption,
    wanted: Option<Environment>,
) -> Result<VerificationCode, Error> {
    let line = descriptor.line(interruption).map_err(|error| {
        let reason = format!("no code in file descriptor {}: {}", descriptor.number(), error.kind());
        Error::new(Code::CodeMalformed, reason)
    })?;
    parsed(&line, wanted)
}

/// The code of the person; `Err` if it was cancelled.
pub(crate) fn ask(
    conversation: &mut Conversation<'_>,
    wanted: Option<Environment>,
) -> Result<VerificationCode, Error> {
    let mut before = None;
    loop {
        let Ok(line) = conversation.code(before.as_ref()) else {
            return Err(Error::new(Code::Cancelled, "cancelled before a code was given"));
        };
        match parsed(&line, wanted) {
            Ok(code) => return Ok(code),
            Err(error) => before = Some(error),
        }
    }
}

fn parsed(line: &Typed, wanted: Option<Environment>) -> Result<VerificationCode, Error> {
    let text = std::str::from_utf8(line.octets())
        .map_err(|_| Error::new(Code::CodeMalformed, "the code is not UTF-8"))?;
    let code = VerificationCode::parse(text)?;
    if wanted.is_some_and(|wanted| code.environment() != Ok(wanted)) {
        return Err(Error::new(
            Code::WrongEnvironment,
            "the code is not of the environment that was asked for",
        ));
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `S`, 14 zeros and the check symbol that fits.
    const SANDBOX: &str = "S000-0000-0000-000";

    fn typed(text: &str) -> Typed {
        let mut typed = Typed::empty();
        text.bytes().for_each(|octet| assert!(typed.push(octet)));
        typed
    }

    fn sandbox_code() -> String {
        let symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let codes = symbols.chars().map(|check| format!("{SANDBOX}{check}"));
        codes.into_iter().find(|code| VerificationCode::parse(code).is_ok()).unwrap()
    }

    #[test]
    fn the_codes_environment_is_confirmed() {
        let code = typed(&sandbox_code());
        assert!(parsed(&code, None).is_ok());
        assert!(parsed(&code, Some(Environment::Sandbox)).is_ok());
        let refused = parsed(&code, Some(Environment::Production)).unwrap_err();
        assert_eq!(refused.code(), Code::WrongEnvironment);
    }

    #[test]
    fn what_is_no_code_is_malformed() {
        for wrong in ["", "1234", "S000-0000-0000-000U"] {
            assert_eq!(parsed(&typed(wrong), None).unwrap_err().code(), Code::CodeMalformed, "{wrong}");
        }
    }
}
