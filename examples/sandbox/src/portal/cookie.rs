//! Cookies of the portal: `__Host-` ties them to this host, `HttpOnly` keeps scripts away (RFC 6265bis, 4.1.3.2).
//!
//! Browsers take `Secure` cookies from 127.0.0.1 over plain HTTP too: the address is trustworthy for them.

use axum::http::{HeaderMap, HeaderValue, header};

/// Who is signed in, or a random value for who is not.
pub(super) const SESSION: &str = "__Host-oturum";
/// What a sign-in by e-Devlet waits with.
pub(super) const SIGN_IN: &str = "__Host-giris";
/// The language.
pub(super) const LANGUAGE: &str = "__Host-dil";

/// The value of a cookie that came with the request.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// Sets a cookie; `value` is of the letters of base64url. It lasts as long as the browser runs.
pub(super) fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax");
    match HeaderValue::try_from(cookie) {
        Ok(cookie) => {
            headers.append(header::SET_COOKIE, cookie);
        }
        Err(error) => tracing::error!(%error, "a cookie cannot be written"),
    }
}

/// Takes a cookie back.
pub(super) fn remove(headers: &mut HeaderMap, name: &str) {
    set(headers, name, "; Max-Age=0");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let line = "a=1; x__Host-oturum=2; __Host-oturum=3";
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))]);
        assert_eq!(read(&headers, SESSION), Some("3"));
        assert_eq!(read(&headers, LANGUAGE), None);
    }

    #[test]
    fn cookies_are_of_this_host_and_out_of_reach_for_scripts() {
        let mut headers = HeaderMap::new();
        set(&mut headers, SESSION, "abc");
        assert_eq!(headers[header::SET_COOKIE], "__Host-oturum=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
    }
}
