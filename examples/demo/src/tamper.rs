//! The transport, with each request told; `--tamper` flips one octet of the CMS on its way.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use kamusm::{
    drive::{Failure, Transport},
    http::HttpClient,
    request::{Method, Request, Response},
};
use kamusm_cades::algorithm::DigestAlgorithm;
use kamusm_token::cancel::CancelToken;

use crate::timeline::Timeline;

pub(crate) struct Tampering {
    client: HttpClient,
    tamper: bool,
    timeline: Timeline,
}

impl Tampering {
    pub(crate) fn new(client: HttpClient, tamper: bool, timeline: &Timeline) -> Self {
        Self { client, tamper, timeline: *timeline }
    }
}

impl Transport for Tampering {
    fn perform(&self, request: &Request, cancel: &CancelToken) -> Result<Response, Failure> {
        let damaged = if self.tamper { damaged(request) } else { None };
        let response = self.client.perform(damaged.as_ref().unwrap_or(request), cancel)?;
        let path = request.url.splitn(4, '/').nth(3).unwrap_or_default();
        // The last parts are enough; the session's number stays out.
        let place = path.rsplit('/').next().unwrap_or_default();
        let note = if damaged.is_some() { ", one octet of the CMS flipped" } else { "" };
        self.timeline.tell(&format!("{} …/{place} → {}{note}", request.method.name(), response.status));
        Ok(response)
    }
}

/// The submission with the last octet of its first CMS flipped: inside the signature value. The body's digest
/// is made anew, as an attacker on the way would do.
fn damaged(request: &Request) -> Option<Request> {
    if request.method != Method::Put {
        return None;
    }
    let mut body: serde_json::Value = serde_json::from_slice(&request.body).ok()?;
    let cms = body.pointer_mut("/items/0/cms")?;
    let mut octets = BASE64.decode(cms.as_str()?).ok()?;
    *octets.last_mut()? ^= 1;
    *cms = BASE64.encode(octets).into();
    let mut damaged = request.clone();
    damaged.body = serde_json::to_vec(&body).ok()?;
    let digest = BASE64.encode(DigestAlgorithm::Sha256.digest(&damaged.body));
    for (name, value) in &mut damaged.headers {
        if name == "content-digest" {
            *value = format!("sha-256=:{digest}:");
        }
    }
    Some(damaged)
}
