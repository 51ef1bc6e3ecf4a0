//! What must have been seen: values, and conditions where the value is not known beforehand.

use std::fmt;

use kamusm::{Code, error::Language};
use serde_json::{Value, json};

const MARK: &str = "$condition";

/// A condition in the place of a value.
pub(crate) enum Hidden {
    Within(i64, i64),
    /// Lower-case hexadecimal of UTF-8 with all of these in it.
    HexTextWith(Vec<String>),
    Time,
    Digits(usize),
    /// Lower-case hexadecimal of this many octets.
    HexOf(usize),
    SomeHex,
    /// Three parts of base64url.
    Jws,
    LinesWith(Vec<String>),
}

pub(crate) fn within(least: i64, most: i64) -> Value {
    json!({ MARK: "within", "least": least, "most": most })
}

pub(crate) fn hex_text_with(parts: &[&str]) -> Value {
    json!({ MARK: "text", "parts": parts })
}

/// RFC 3339.
pub(crate) fn time() -> Value {
    json!({ MARK: "time" })
}

pub(crate) fn digits(count: usize) -> Value {
    json!({ MARK: "digits", "count": count })
}

pub(crate) fn hex_of(octets: usize) -> Value {
    json!({ MARK: "hex", "count": octets })
}

/// Any octets at all.
pub(crate) fn some_hex() -> Value {
    json!({ MARK: "some hex" })
}

pub(crate) fn jws() -> Value {
    json!({ MARK: "jws" })
}

/// A list of texts: each of these is in one of them.
pub(crate) fn lines_with(parts: &[&str]) -> Value {
    json!({ MARK: "lines", "parts": parts })
}

pub(crate) fn hidden(wanted: &Value) -> Option<Hidden> {
    let number = |name: &str| wanted[name].as_i64().unwrap_or_default();
    let parts = || {
        let parts = wanted["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
        parts.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Some(match wanted.get(MARK)?.as_str()? {
        "within" => Hidden::Within(number("least"), number("most")),
        "text" => Hidden::HexTextWith(parts()),
        "time" => Hidden::Time,
        "digits" => Hidden::Digits(usize::try_from(number("count")).unwrap_or_default()),
        "hex" => Hidden::HexOf(usize::try_from(number("count")).unwrap_or_default()),
        "some hex" => Hidden::SomeHex,
        "jws" => Hidden::Jws,
        _ => Hidden::LinesWith(parts()),
    })
}

impl Hidden {
    pub(crate) fn fits(&self, seen: &Value) -> bool {
        match self {
            Self::Within(least, most) => seen.as_i64().is_some_and(|n| (*least..=*most).contains(&n)),
            Self::HexTextWith(parts) => {
                let text = seen.as_str().and_then(unhex).and_then(|octets| String::from_utf8(octets).ok());
                text.is_some_and(|text| parts.iter().all(|part| text.contains(part)))
            }
            Self::Time => seen.as_str().is_some_and(|time| time.parse::<jiff::Timestamp>().is_ok()),
            Self::Digits(count) => seen
                .as_str()
                .is_some_and(|text| text.len() == *count && text.bytes().all(|octet| octet.is_ascii_digit())),
            Self::HexOf(count) => seen.as_str().and_then(unhex).is_some_and(|octets| octets.len() == *count),
            Self::SomeHex => seen.as_str().and_then(unhex).is_some_and(|octets| !octets.is_empty()),
            Self::Jws => seen.as_str().is_some_and(|text| {
                let base64url = |octet: u8| octet.is_ascii_alphanumeric() || b"-_".contains(&octet);
                let parts: Vec<&str> = text.split('.').collect();
                parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(base64url))
            }),
            Self::LinesWith(parts) => {
                let lines: Vec<&str> =
                    seen.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                parts.iter().all(|part| lines.iter().any(|line| line.contains(part.as_str())))
            }
        }
    }
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(least, most) => write!(f, "{least} to {most}"),
            Self::HexTextWith(parts) => write!(f, "a text with {parts:?}"),
            Self::Time => write!(f, "a time of RFC 3339"),
            Self::Digits(count) => write!(f, "{count} digits"),
            Self::HexOf(count) => write!(f, "{count} octets in hexadecimal"),
            Self::SomeHex => write!(f, "octets in hexadecimal"),
            Self::Jws => write!(f, "a compact JWS"),
            Self::LinesWith(parts) => write!(f, "lines with {parts:?}"),
        }
    }
}

/// An error that this side found.
pub(crate) fn error(code: Code) -> Value {
    json!({
        "code": code.number(),
        "category": code.category() as i32,
        "retryable": code.is_retryable(),
        "http_status": null,
        "problem": null,
        "retry_after_s": null,
        "ck_rv": null,
        "pin_tries_left": null,
        "used_pin_try": false,
        "tr": code.sentence(Language::Turkish),
        "en": code.sentence(Language::English),
    })
}

/// An error that the service told as a problem.
pub(crate) fn problem(code: Code, name: &str, status: u16) -> Value {
    let mut error = error(code);
    error["problem"] = json!(name);
    error["http_status"] = json!(status);
    error
}

/// A wrong PIN; a token that counts tells how many tries are left.
pub(crate) fn pin_incorrect(tries_left: Option<u8>) -> Value {
    let mut error = error(Code::PinIncorrect);
    error["used_pin_try"] = json!(true);
    error["pin_tries_left"] = json!(tries_left);
    error
}

pub(crate) fn hex(octets: impl AsRef<[u8]>) -> String {
    octets.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits?;
    (pairs.len() % 2 == 0).then(|| {
        pairs.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap_or_default()).collect()
    })
}
