//! What belongs to others does not exist: on every page, and for every action.

use kamusm_sandbox::{LeafSpec, portal_actions, portal_pages};
use reqwest::StatusCode;

use crate::office::{ORDER, TCKN};
use crate::site::Site;

/// Another person of the seed.
const STRANGER: &str = "10000010114";

/// The addresses about the order, with things of it that there are.
fn about_the_order(site: &Site, paths: Vec<&'static str>) -> Vec<String> {
    // Nobody gets a code who cannot sign.
    let spec = LeafSpec { tckn: Some(TCKN.to_owned()), ..LeafSpec::default() };
    site.sandbox.admin().issue_certificate(spec).unwrap();
    let code = site.sandbox.admin().issue_sign_code(ORDER).unwrap().id;
    let of_order = paths.into_iter().filter(|path| path.contains("{no}"));
    let commitment = site.commitment();
    let real = |path: &str| {
        let id = if path.contains("/taahhutname/") { &commitment } else { &code };
        let path = path.replace("{no}", ORDER).replace("{id}", id);
        // What the page shows already.
        if path.ends_with("/durum") { path + "?mark=none" } else { path }
    };
    of_order.map(real).collect()
}

#[test]
fn no_page_shows_the_order_of_another_person() {
    let site = Site::open();
    let stranger = site.sandbox.admin().person_token(STRANGER).unwrap();
    let pages = about_the_order(&site, portal_pages());
    assert!(pages.len() >= 15, "{pages:?}");
    for path in &pages {
        let answer = site.page(&stranger, path);
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().unwrap().contains("Deneme Kullanıcı Bir"), "{path}");
    }
    // Nothing but the person was wrong.
    let seen = pages.iter().filter(|path| site.page(&site.session, path).status().is_success()).count();
    assert!(seen >= 10, "{seen} of {}", pages.len());
    let others = portal_pages().into_iter().filter(|path| !path.contains('{'));
    for path in others {
        assert!(!site.page(&stranger, path).text().unwrap().contains(ORDER), "{path}");
    }
}

#[test]
fn no_action_touches_the_order_of_another_person() {
    let site = Site::open();
    let stranger = site.sandbox.admin().person_token(STRANGER).unwrap();
    let token = site.form_token(&stranger);
    let own = site.sandbox.base_url().to_owned();
    let right = [("origin", own.as_str()), ("sec-fetch-site", "same-origin")];
    let actions = about_the_order(&site, portal_actions());
    assert!(actions.len() >= 10, "{actions:?}");
    let before = site.state();
    for path in &actions {
        let answer = site.send(&stranger, path, &right, Some(&token));
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(site.state(), before);
}
