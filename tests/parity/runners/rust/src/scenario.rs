//! One scenario: keys with values, in the order in which they came.

use std::{fs, str::FromStr};

/// Every key of the table; a runner that does not know one says so.
const KEYS: [&str; 59] = [
    "name",
    "kind",
    "base_url",
    "code",
    "client",
    "language",
    "timeout_ms",
    "receipt_key",
    "intermediates",
    "other_text_profiles",
    "proxy",
    "trust_roots",
    "token",
    "token_path",
    "token_password",
    "pin",
    "allow_final_try",
    "pick",
    "signer",
    "certificate",
    "partial",
    "http",
    "decline",
    "cancel_at",
    "cancel_session_at",
    "answer_twice",
    "countdown",
    "person_token",
    "number",
    "content",
    "attached",
    "signing_time",
    "cms",
    "anchor",
    "crl",
    "ocsp",
    "at",
    "log",
    "environment",
    "log_lines",
    "client_version",
    "call",
    "id",
    "etag",
    "list",
    "province",
    "value",
    "view",
    "form_digest",
    "accepted",
    "read_to_end",
    "confirmed",
    "sms_code",
    "institution",
    "csv",
    "client_id",
    "redirect_uri",
    "returned",
    "parallel",
];

pub(crate) struct Scenario(Vec<(String, String)>);

impl Scenario {
    pub(crate) fn read(lines: &[String]) -> Self {
        let pair = |line: &String| {
            let (key, value) = line.split_once(' ').unwrap_or((line, ""));
            (key.to_owned(), value.to_owned())
        };
        Self(lines.iter().map(pair).collect())
    }

    pub(crate) fn unknown_key(&self) -> Option<&str> {
        self.0.iter().map(|(key, _)| key.as_str()).find(|key| !KEYS.contains(key))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }

    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The value, or nothing in it.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or_default()
    }

    pub(crate) fn number<N: FromStr>(&self, key: &str) -> Option<N> {
        self.get(key)?.parse().ok()
    }

    /// The octets of the file that the key names.
    pub(crate) fn file(&self, key: &str) -> Vec<u8> {
        read(self.text(key))
    }

    /// The octets of every file that the key names.
    pub(crate) fn files(&self, key: &str) -> Vec<Vec<u8>> {
        self.all(key).map(read).collect()
    }
}

fn read(path: &str) -> Vec<u8> {
    fs::read(path).expect("the table names files that are there")
}
