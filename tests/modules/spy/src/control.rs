//! What a spy is told to do: one directive a line, read anew at every call.

use std::path::Path;

/// One way to differ from the real module.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Directive {
    /// `C_Initialize` takes only NULL, as AKIS does.
    NullInitOnly,
    /// The token claims a clock and gives a time that is none.
    GarbageClock,
    /// `C_GetSlotList(TRUE)` is empty though a token is there.
    EmptyTokenPresent,
    /// These CKF_ bits are added to the token's flags.
    TokenFlags(u64),
    /// Like `TokenFlags`, once there was a login.
    TokenFlagsAfterLogin(u64),
    /// No key tells its CKA_ALWAYS_AUTHENTICATE.
    HideAlwaysAuthenticate,
    /// `C_FindObjects` claims to have found more than it was asked for.
    TooManyObjects,
    /// `C_SignInit` refuses this mechanism.
    RefuseMechanism(u64),
    /// After a refused mechanism the session forgets the next `C_SignInit`.
    ForgetAfterRefusal,
    /// CKM_ECDSA_SHA256, 384 and 512 work, on top of the real module's CKM_ECDSA.
    CombinedEcdsa,
    /// The function returns this value instead of being forwarded; only its nth call (from 1) if one is given.
    Return {
        /// Name of the function.
        function: String,
        /// The CK_RV.
        rv: u64,
        /// Which call.
        nth: Option<usize>,
    },
    /// The function does not return until the directive is taken back; then it does its work.
    Hang(String),
    /// The function ends the process, as a module does that writes where it may not.
    Crash(String),
    /// The token is gone for `C_GetSlotInfo` and `C_GetTokenInfo` once the function was called so many times.
    GoneAfter {
        /// Name of the function.
        function: String,
        /// How many calls.
        calls: usize,
    },
    /// Like `GoneAfter`, once a directive has made the function return something else.
    GoneWith(String),
    /// So many wrong PINs lock the token: LOW, FINAL_TRY and LOCKED flags, CKR_PIN_LOCKED from the last try itself.
    PinTries(usize),
    /// The reader has a PIN pad, and this is what the person types on it.
    PadPin(String),
    /// Every function prints on the process's standard output.
    Print,
    /// One bit of every signature is wrong.
    BrokenSignature,
}

impl Directive {
    fn to_line(&self) -> String {
        match self {
            Self::NullInitOnly => "null-init-only".into(),
            Self::GarbageClock => "garbage-clock".into(),
            Self::EmptyTokenPresent => "empty-token-present".into(),
            Self::TokenFlags(flags) => format!("token-flags {flags}"),
            Self::TokenFlagsAfterLogin(flags) => format!("token-flags-after-login {flags}"),
            Self::HideAlwaysAuthenticate => "hide-always-authenticate".into(),
            Self::TooManyObjects => "too-many-objects".into(),
            Self::RefuseMechanism(mechanism) => format!("refuse-mechanism {mechanism}"),
            Self::ForgetAfterRefusal => "forget-after-refusal".into(),
            Self::CombinedEcdsa => "combined-ecdsa".into(),
            Self::Return { function, rv, nth: None } => format!("return {function} {rv}"),
            Self::Return { function, rv, nth: Some(nth) } => format!("return {function} {rv} {nth}"),
            Self::Hang(function) => format!("hang {function}"),
            Self::Crash(function) => format!("crash {function}"),
            Self::GoneAfter { function, calls } => format!("gone-after {function} {calls}"),
            Self::GoneWith(function) => format!("gone-with {function}"),
            Self::PinTries(tries) => format!("pin-tries {tries}"),
            Self::PadPin(pin) => format!("pad-pin {pin}"),
            Self::Print => "print".into(),
            Self::BrokenSignature => "broken-signature".into(),
        }
    }

    fn from_line(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        Some(match words.as_slice() {
            ["null-init-only"] => Self::NullInitOnly,
            ["garbage-clock"] => Self::GarbageClock,
            ["empty-token-present"] => Self::EmptyTokenPresent,
            ["token-flags", flags] => Self::TokenFlags(flags.parse().ok()?),
            ["token-flags-after-login", flags] => Self::TokenFlagsAfterLogin(flags.parse().ok()?),
            ["hide-always-authenticate"] => Self::HideAlwaysAuthenticate,
            ["too-many-objects"] => Self::TooManyObjects,
            ["refuse-mechanism", mechanism] => Self::RefuseMechanism(mechanism.parse().ok()?),
            ["forget-after-refusal"] => Self::ForgetAfterRefusal,
            ["combined-ecdsa"] => Self::CombinedEcdsa,
            ["return", function, rv] => {
                Self::Return { function: (*function).into(), rv: rv.parse().ok()?, nth: None }
            }
            ["return", function, rv, nth] => Self::Return {
                function: (*function).into(),
                rv: rv.parse().ok()?,
                nth: Some(nth.parse().ok()?),
            },
            ["hang", function] => Self::Hang((*function).into()),
            ["crash", function] => Self::Crash((*function).into()),
            ["gone-after", function, calls] => {
                Self::GoneAfter { function: (*function).into(), calls: calls.parse().ok()? }
            }
            ["gone-with", function] => Self::GoneWith((*function).into()),
            ["pin-tries", tries] => Self::PinTries(tries.parse().ok()?),
            ["pad-pin", pin] => Self::PadPin((*pin).into()),
            ["print"] => Self::Print,
            ["broken-signature"] => Self::BrokenSignature,
            _ => return None,
        })
    }
}

/// Writes the directives whole: a reader sees either the old or the new file.
pub(crate) fn write(file: &Path, directives: &[Directive]) -> std::io::Result<()> {
    let text: String = directives.iter().map(|directive| directive.to_line() + "\n").collect();
    let fresh = file.with_extension("fresh");
    std::fs::write(&fresh, text)?;
    std::fs::rename(fresh, file)
}

/// Reads the directives; a line that is none is a mistake in the test and must not pass unseen.
pub(crate) fn read(file: &Path) -> Vec<Directive> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let directive = |line| Directive::from_line(line).unwrap_or_else(|| panic!("no directive: {line}"));
    text.lines().map(directive).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directive_comes_back_as_it_was_written() {
        let directives = [
            Directive::NullInitOnly,
            Directive::GarbageClock,
            Directive::EmptyTokenPresent,
            Directive::TokenFlags(0x40000),
            Directive::TokenFlagsAfterLogin(0x20000),
            Directive::HideAlwaysAuthenticate,
            Directive::TooManyObjects,
            Directive::RefuseMechanism(0x1041),
            Directive::ForgetAfterRefusal,
            Directive::CombinedEcdsa,
            Directive::Return { function: "C_Login".into(), rv: 0xA0, nth: None },
            Directive::Return { function: "C_Sign".into(), rv: 5, nth: Some(2) },
            Directive::Hang("C_Sign".into()),
            Directive::Crash("C_Sign".into()),
            Directive::GoneAfter { function: "C_Sign".into(), calls: 1 },
            Directive::GoneWith("C_Sign".into()),
            Directive::PinTries(3),
            Directive::PadPin("123456".into()),
            Directive::Print,
            Directive::BrokenSignature,
        ];
        for directive in directives {
            assert_eq!(Directive::from_line(&directive.to_line()), Some(directive));
        }
        assert_eq!(Directive::from_line("garbage"), None);
    }
}
