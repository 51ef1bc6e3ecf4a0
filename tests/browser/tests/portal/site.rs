//! The portal as a program sees it that sends what a browser would.

use kamusm_sandbox::Sandbox;
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;

use crate::office::{ORDER, TCKN};

pub(crate) struct Site {
    pub(crate) sandbox: Sandbox,
    client: Client,
    /// The cookie of the person of the seed.
    pub(crate) session: String,
}

impl Site {
    pub(crate) fn open() -> Self {
        let sandbox = Sandbox::builder().start().unwrap();
        let session = sandbox.admin().person_token(TCKN).unwrap();
        Self { sandbox, client: Client::builder().redirect(Policy::none()).build().unwrap(), session }
    }

    /// A page as this session sees it.
    pub(crate) fn page(&self, session: &str, path: &str) -> Response {
        let address = format!("{}{path}", self.sandbox.base_url());
        self.client.get(address).header("cookie", format!("__Host-oturum={session}")).send().unwrap()
    }

    /// The token that the forms of this session carry.
    pub(crate) fn form_token(&self, session: &str) -> String {
        let text = self.page(session, "/").text().unwrap();
        let (_, rest) = text.split_once("name=\"form_token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// Sends a form with the cookie of this session.
    pub(crate) fn send(
        &self,
        session: &str,
        path: &str,
        headers: &[(&str, &str)],
        token: Option<&str>,
    ) -> Response {
        let address = format!("{}{path}", self.sandbox.base_url());
        let cookie = format!("__Host-oturum={session}");
        let mut request = self.client.post(address).header("cookie", cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut fields = vec![("accepted", "yes"), ("is_me", "yes"), ("language", "en"), ("page", "/")];
        fields.extend(token.map(|token| ("form_token", token)));
        request.form(&fields).send().unwrap()
    }

    /// The taahhütname of the order.
    pub(crate) fn commitment(&self) -> String {
        let approval = self.read(&format!("applications/{ORDER}/approval"));
        let (_, rest) = approval.split_once("\"commitments\":[{\"id\":\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn read(&self, path: &str) -> String {
        let address = format!("{}/api/v1/{path}", self.sandbox.base_url());
        self.client.get(address).bearer_auth(&self.session).send().unwrap().text().unwrap()
    }

    /// All that the person can see of what there is.
    pub(crate) fn state(&self) -> String {
        let order = ["", "/form", "/events", "/payment", "/result", "/approval"];
        let order = order.map(|end| self.read(&format!("applications/{ORDER}{end}"))).join("\n");
        let sent = self.sandbox.admin().outbox().unwrap().len();
        format!("{}\n{}\n{order}\n{sent}", self.read("me"), self.read("applications"))
    }
}
