//! The portal: the same service for a person with a browser. Pages call the domain; the protocol is not between them.

mod action;
mod applications;
mod approval;
mod asset;
mod cookie;
mod evidence;
mod form;
mod frame;
mod home;
mod order;
mod page;
mod phone;
mod result;
mod sign_code;
mod sign_in;

use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::http::Shared;

/// Every page.
pub(crate) fn router(service: &Shared) -> Router<Shared> {
    let (pages, actions) = (pages(), all_actions().router);
    let actions = actions.layer(from_fn_with_state(service.clone(), action::guard));
    pages
        .merge(actions)
        .layer(from_fn_with_state(service.clone(), frame::render))
        .route("/portal/{name}", get(asset::serve))
        .layer(from_fn(frame::protect))
}

fn pages() -> Router<Shared> {
    Router::new()
        .route("/", get(home::page))
        .route("/e-imza-uygulamasi", get(home::application))
        .route("/giris", get(sign_in::page))
        .route("/giris/e-devlet", get(sign_in::from_edevlet))
        .route("/giris/e-imza/{id}", get(sign_in::eimza_page))
        .route("/giris/e-imza/{id}/metin", get(sign_in::eimza_text))
        .route("/e-onay-izni", get(approval::consent_page))
        .route("/basvurularim", get(applications::list))
        .route("/basvurularim/{no}", get(applications::one))
        .route("/basvurularim/{no}/form", get(form::page))
        .route("/basvurularim/{no}/sms", get(phone::unsent))
        .route("/basvurularim/{no}/sms/{id}", get(phone::page))
        .route("/basvurularim/{no}/onay", get(approval::page))
        .route("/basvurularim/{no}/taahhutname/{id}", get(approval::read))
        .route("/basvurularim/{no}/e-onay", get(approval::eonay_page))
        .route("/basvurularim/{no}/e-imza/{id}", get(sign_code::page))
        .route("/basvurularim/{no}/e-imza/{id}/durum", get(sign_code::state))
        .route("/basvurularim/{no}/sonuc", get(result::page))
        .route("/basvurularim/{no}/odeme", get(order::payment))
        .route("/basvurularim/{no}/gecmis", get(order::events))
        .route("/basvurularim/{no}/iptal", get(order::ask_cancel))
        .route("/basvurularim/{no}/belgelerim", get(evidence::list))
        .route("/basvurularim/{no}/belgelerim/{id}", get(evidence::download))
}

fn all_actions() -> Actions {
    Actions::default()
        .on("/dil", home::change_language)
        .on("/giris/e-devlet", sign_in::to_edevlet)
        .on("/giris/e-imza", sign_in::begin_eimza)
        .on("/giris/e-imza/{id}", sign_in::finish_eimza)
        .on("/cikis", sign_in::leave)
        .on("/e-onay-izni", approval::consent)
        .on("/basvurularim/{no}/form", form::save)
        .on("/basvurularim/{no}/kimlik", form::refresh_identity)
        .on("/basvurularim/{no}/sms", phone::send)
        .on("/basvurularim/{no}/sms/{id}", phone::attempt)
        .on("/basvurularim/{no}/taahhutname/{id}", approval::has_read)
        .on("/basvurularim/{no}/e-onay", approval::approve)
        .on("/basvurularim/{no}/odeme", order::pay)
        .on("/basvurularim/{no}/iptal", order::cancel)
        .on("/basvurularim/{no}/e-imza", sign_code::issue)
        .on("/basvurularim/{no}/e-imza/{id}/onay", sign_code::confirm)
        .on("/basvurularim/{no}/e-imza/{id}/iptal", sign_code::withdraw)
}

/// The addresses of all actions.
pub(crate) fn actions() -> Vec<&'static str> {
    all_actions().paths
}

/// What changes something, by its address: behind the guard, and known to the tests.
#[derive(Default)]
struct Actions {
    router: Router<Shared>,
    paths: Vec<&'static str>,
}

impl Actions {
    fn on<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.router = self.router.route(path, post(handler));
        self.paths.push(path);
        self
    }
}
