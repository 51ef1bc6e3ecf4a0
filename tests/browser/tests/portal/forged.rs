//! What other sites make a browser send has no effect, on any address that changes something.

use kamusm_sandbox::portal_actions;
use reqwest::StatusCode;

use crate::office::{ORDER, TCKN};
use crate::site::Site;

/// Headers, and the token of the form.
type Forgery<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);

#[test]
fn no_action_is_done_for_another_site() {
    let site = Site::open();
    let own = site.sandbox.base_url().to_owned();
    let token = site.form_token(&site.session);
    let foreign = site.form_token(&site.sandbox.admin().person_token(TCKN).unwrap());
    assert_ne!(token, foreign);
    let right = [("origin", own.as_str()), ("sec-fetch-site", "same-origin")];
    let forgeries: [Forgery<'_>; 7] = [
        (&[], Some(&token)),
        (&[("origin", "https://example.org")], Some(&token)),
        (&[("origin", "null")], Some(&token)),
        (&[("origin", &own), ("sec-fetch-site", "cross-site")], Some(&token)),
        (&[("origin", &own), ("sec-fetch-site", "same-site")], Some(&token)),
        (&right, None),
        (&right, Some(&foreign)),
    ];
    let actions: Vec<String> =
        portal_actions().iter().map(|path| path.replace("{no}", ORDER).replace("{id}", "x")).collect();
    assert!(actions.len() >= 17, "{actions:?}");
    let before = site.state();
    assert!(before.contains(ORDER) && !before.contains("unauthenticated"), "{before}");
    for path in &actions {
        for (headers, token) in forgeries {
            let answer = site.send(&site.session, path, headers, token);
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(answer.headers().get("set-cookie").is_none(), "{path} {headers:?}");
        }
    }
    assert_eq!(site.state(), before);
    // What all of them lacked is all that they lacked.
    for path in actions.iter().filter(|path| *path != "/cikis") {
        assert_ne!(
            site.send(&site.session, path, &right, Some(&token)).status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_ne!(site.state(), before);
}

#[test]
fn every_page_says_what_browsers_may_do_with_it() {
    let site = Site::open();
    for path in ["/", "/giris", "/basvurularim", "/basvurularim/SD-1", "/portal/portal.js", "/portal/x"] {
        let answer = site.page(&site.session, path);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';") && policy.ends_with("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        let is_asset = path.starts_with("/portal/");
        assert!(is_asset || header("cache-control") == "no-store", "{path}");
    }
}
