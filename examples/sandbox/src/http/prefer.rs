//! `Prefer: wait=N`, RFC 7240.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::domain::problem::Problem;

/// The longest wait.
pub(super) const LONGEST_S: u32 = 25;

/// How long the caller would like to wait for a change.
pub(super) struct Wait(pub(super) u32);

impl<S: Send + Sync> FromRequestParts<S> for Wait {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let values = parts.headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        let seconds = values
            .flat_map(|value| value.split([',', ';']))
            .filter_map(|preference| preference.trim().split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("wait"))
            .and_then(|(_, seconds)| seconds.trim().trim_matches('"').parse::<u32>().ok());
        // A preference that cannot be read is not there.
        Ok(Self(seconds.unwrap_or(0).min(LONGEST_S)))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[tokio::test]
    async fn a_wait_is_read_and_bounded() {
        for (value, seconds) in [
            ("wait=10", 10),
            ("respond-async, wait=5", 5),
            ("Wait=\"7\"", 7),
            ("wait=100", 25),
            ("wait=x", 0),
            ("return=minimal", 0),
        ] {
            let (mut parts, ()) = Request::builder().header("prefer", value).body(()).unwrap().into_parts();
            assert_eq!(Wait::from_request_parts(&mut parts, &()).await.unwrap().0, seconds, "{value}");
        }
    }
}
