//! What everybody was told, to hold the end against.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kamusm_sandbox::in_process::{Answer, Arrival};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The promises of both sides.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Texts as the person saw them.
    pub(crate) shown: BTreeSet<Vec<u8>>,
    /// Signatures that left the application.
    pub(crate) sent: BTreeSet<Vec<u8>>,
    /// What the service said that it did, whether the answer arrived or not.
    pub(crate) acknowledged: Vec<(Arrival, Answer)>,
    /// Broken promises.
    pub(crate) violations: Vec<String>,
}

impl Ledger {
    pub(crate) fn violated(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    /// Signatures on their way.
    pub(crate) fn note_sent(&mut self, body: &[u8]) {
        self.sent.extend(signatures(body));
    }

    /// The service answered; `is_sound` where its disk was.
    pub(crate) fn note_answer(&mut self, arrival: &Arrival, answer: &Answer, is_sound: bool) {
        let is_submission = arrival.method == "PUT" && arrival.path.ends_with("/submission");
        if (200..300).contains(&answer.status) && (is_submission || arrival.method == "POST") {
            self.acknowledged.push((arrival.clone(), answer.clone()));
        }
        if answer.status >= 500 && is_sound && !arrival.is_broken {
            let (method, path) = (&arrival.method, &arrival.path);
            self.violated(format!("{} for {method} {path} while nothing is out of order", answer.status));
        }
    }

    /// What is signed is a text that was shown, by its digest in the signed attributes.
    pub(crate) fn note_signing(&mut self, signed_attributes: &[u8]) {
        let is_shown = self.shown.iter().any(|text| contains(signed_attributes, &Sha256::digest(text)));
        if !is_shown {
            self.violated("the signed attributes name no text that was shown");
        }
    }
}

/// The CMS of a submission's body.
pub(crate) fn signatures(body: &[u8]) -> Vec<Vec<u8>> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let items = body["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| STANDARD.decode(item["cms"].as_str()?).ok()).collect()
}

pub(crate) fn contains(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}
