//! What other sites make a browser send has no effect, on any address that changes something.

use kamusm_sandbox::{Sandbox, portal_actions};
use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;

use crate::office::{ORDER, TCKN};

/// Headers, and the token of the form.
type Forgery<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);

struct Site {
    sandbox: Sandbox,
    client: Client,
    session: String,
}

impl Site {
    fn open() -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let session = sandbox.admin().person_token(TCKN).unwrap();
        Self { sandbox, client: Client::builder().redirect(Policy::none()).build().unwrap(), session }
    }

    /// The token that the forms of this session carry.
    fn form_token(&self, session: &str) -> String {
        let cookie = format!("__Host-oturum={session}");
        let page = self.client.get(self.sandbox.base_url()).header("cookie", cookie).send().unwrap();
        let text = page.text().unwrap();
        let (_, rest) = text.split_once("name=\"form_token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn send(&self, path: &str, headers: &[(&str, &str)], token: Option<&str>) -> Response {
        let address = format!("{}{path}", self.sandbox.base_url());
        let cookie = format!("__Host-oturum={}", self.session);
        let mut request = self.client.post(address).header("cookie", cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut fields = vec![("accepted", "yes"), ("is_me", "yes"), ("language", "en"), ("page", "/")];
        fields.extend(token.map(|token| ("form_token", token)));
        request.form(&fields).send().unwrap()
    }

    /// All that the person can see of what there is.
    fn state(&self) -> String {
        let read = |path: &str| {
            let address = format!("{}/api/v1/{path}", self.sandbox.base_url());
            self.client.get(address).bearer_auth(&self.session).send().unwrap().text().unwrap()
        };
        let order = ["", "/form", "/events", "/payment", "/result", "/approval"];
        let order = order.map(|end| read(&format!("applications/{ORDER}{end}"))).join("\n");
        let sent = self.sandbox.admin().outbox().unwrap().len();
        format!("{}\n{}\n{order}\n{sent}", read("me"), read("applications"))
    }
}

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
            let answer = site.send(path, headers, token);
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(answer.headers().get("set-cookie").is_none(), "{path} {headers:?}");
        }
    }
    assert_eq!(site.state(), before);
    // What all of them lacked is all that they lacked.
    for path in actions.iter().filter(|path| *path != "/cikis") {
        assert_ne!(site.send(path, &right, Some(&token)).status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_ne!(site.state(), before);
}

#[test]
fn every_page_says_what_browsers_may_do_with_it() {
    let site = Site::open();
    let cookie = format!("__Host-oturum={}", site.session);
    for path in ["/", "/giris", "/basvurularim", "/basvurularim/SD-1", "/portal/portal.js", "/portal/x"] {
        let address = format!("{}{path}", site.sandbox.base_url());
        let answer = site.client.get(address).header("cookie", &cookie).send().unwrap();
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
