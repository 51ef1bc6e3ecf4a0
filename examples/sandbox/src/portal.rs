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
use axum::routing::{MethodRouter, get, post};

use crate::http::Shared;

/// Every page.
pub(crate) fn router(service: &Shared) -> Router<Shared> {
    let (pages, actions) = (all_pages().router, all_actions().router);
    let actions = actions.layer(from_fn_with_state(service.clone(), action::guard));
    pages
        .merge(actions)
        .layer(from_fn_with_state(service.clone(), frame::render))
        .route("/portal/{name}", get(asset::serve))
        .layer(from_fn(frame::protect))
}

fn all_pages() -> Addresses {
    Addresses::default()
        .page("/", home::page)
        .page("/e-imza-uygulamasi", home::application)
        .page("/giris", sign_in::page)
        .page("/giris/e-devlet", sign_in::from_edevlet)
        .page("/giris/e-imza/{id}", sign_in::eimza_page)
        .page("/giris/e-imza/{id}/metin", sign_in::eimza_text)
        .page("/e-onay-izni", approval::consent_page)
        .page("/basvurularim", applications::list)
        .page("/basvurularim/{no}", applications::one)
        .page("/basvurularim/{no}/form", form::page)
        .page("/basvurularim/{no}/sms", phone::unsent)
        .page("/basvurularim/{no}/sms/{id}", phone::page)
        .page("/basvurularim/{no}/onay", approval::page)
        .page("/basvurularim/{no}/taahhutname/{id}", approval::read)
        .page("/basvurularim/{no}/e-onay", approval::eonay_page)
        .page("/basvurularim/{no}/e-imza/{id}", sign_code::page)
        .page("/basvurularim/{no}/e-imza/{id}/durum", sign_code::state)
        .page("/basvurularim/{no}/sonuc", result::page)
        .page("/basvurularim/{no}/odeme", order::payment)
        .page("/basvurularim/{no}/gecmis", order::events)
        .page("/basvurularim/{no}/iptal", order::ask_cancel)
        .page("/basvurularim/{no}/belgelerim", evidence::list)
        .page("/basvurularim/{no}/belgelerim/{id}", evidence::download)
}

fn all_actions() -> Addresses {
    Addresses::default()
        .action("/dil", home::change_language)
        .action("/giris/e-devlet", sign_in::to_edevlet)
        .action("/giris/e-imza", sign_in::begin_eimza)
        .action("/giris/e-imza/{id}", sign_in::finish_eimza)
        .action("/cikis", sign_in::leave)
        .action("/e-onay-izni", approval::consent)
        .action("/basvurularim/{no}/form", form::save)
        .action("/basvurularim/{no}/kimlik", form::refresh_identity)
        .action("/basvurularim/{no}/sms", phone::send)
        .action("/basvurularim/{no}/sms/{id}", phone::attempt)
        .action("/basvurularim/{no}/taahhutname/{id}", approval::has_read)
        .action("/basvurularim/{no}/e-onay", approval::approve)
        .action("/basvurularim/{no}/odeme", order::pay)
        .action("/basvurularim/{no}/iptal", order::cancel)
        .action("/basvurularim/{no}/e-imza", sign_code::issue)
        .action("/basvurularim/{no}/e-imza/{id}/onay", sign_code::confirm)
        .action("/basvurularim/{no}/e-imza/{id}/iptal", sign_code::withdraw)
}

/// The addresses of all pages.
pub(crate) fn pages() -> Vec<&'static str> {
    all_pages().paths
}

/// The addresses of all actions, what changes something: behind the guard.
pub(crate) fn actions() -> Vec<&'static str> {
    all_actions().paths
}

/// Routes with their paths, which the tests know too.
#[derive(Default)]
struct Addresses {
    router: Router<Shared>,
    paths: Vec<&'static str>,
}

impl Addresses {
    fn page<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(path, get(handler))
    }

    fn action<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(path, post(handler))
    }

    fn with(mut self, path: &'static str, method: MethodRouter<Shared>) -> Self {
        self.router = self.router.route(path, method);
        self.paths.push(path);
        self
    }
}
