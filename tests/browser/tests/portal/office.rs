//! A service, and a browser in front of it.

use kamusm_sandbox::{Message, Sandbox};
use kamusm_test_browser::{Browser, Scripts};

/// The person of the seed.
pub(crate) const TCKN: &str = "10000000146";
/// Their order that waits for the approval.
pub(crate) const ORDER: &str = "SD-13712";

pub(crate) struct Office {
    pub(crate) sandbox: Sandbox,
    pub(crate) browser: Browser,
}

impl Office {
    pub(crate) async fn open(scripts: Scripts) -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        Self { sandbox, browser: Browser::open(scripts).await.unwrap() }
    }

    /// With the person of the seed signed in.
    pub(crate) async fn signed_in(scripts: Scripts) -> Self {
        let office = Self::open(scripts).await;
        office.go("/").await;
        office.browser.set_cookie("__Host-oturum", &office.token()).await.unwrap();
        office
    }

    /// A token of the person of the seed.
    pub(crate) fn token(&self) -> String {
        self.sandbox.admin().person_token(TCKN).unwrap()
    }

    /// Opens a page of the portal.
    pub(crate) async fn go(&self, path: &str) {
        self.browser.go(&format!("{}{path}", self.sandbox.base_url())).await.unwrap();
    }

    /// A page of the order.
    pub(crate) async fn go_order(&self, end: &str) {
        self.go(&format!("/basvurularim/{ORDER}{end}")).await;
    }

    /// The last code that was sent by SMS.
    pub(crate) fn sms_code(&self) -> String {
        let messages = self.sandbox.admin().outbox().unwrap();
        messages.iter().rev().find_map(Message::code).unwrap().to_owned()
    }

    /// The page in both languages: a picture, no barrier, nothing refused by its policy.
    pub(crate) async fn inspect(&self, name: &str) {
        self.inspect_here(name).await;
        self.browser.click("button[name=language][value=en]").await.unwrap();
        self.browser.find("html[lang=en]").await.unwrap();
        self.inspect_here(&format!("{name}-en")).await;
        self.browser.click("button[name=language][value=tr]").await.unwrap();
        self.browser.find("html[lang=tr]").await.unwrap();
    }

    /// From now on in English.
    pub(crate) async fn in_english(&self) {
        self.go("/").await;
        self.browser.click("button[name=language][value=en]").await.unwrap();
        self.browser.find("html[lang=en]").await.unwrap();
    }

    /// The page in its present language.
    pub(crate) async fn inspect_here(&self, name: &str) {
        self.browser.picture(name).await.unwrap();
        let barriers = self.browser.barriers().await.unwrap();
        assert!(barriers.is_empty(), "{name}: {barriers:#?}");
        let complaints = self.browser.complaints().await.unwrap();
        assert!(complaints.is_empty(), "{name}: {complaints:#?}");
    }

    pub(crate) async fn close(self) {
        self.browser.close().await.unwrap();
    }
}
