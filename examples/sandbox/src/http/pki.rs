//! The CA's own addresses: certificates, lists and the OCSP responder. Outside the protocol's description.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::Shared;
use crate::domain::pki::responder;
use crate::domain::problem::Problem;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/pki/root.crt", get(root))
        .route("/pki/sub.crt", get(sub))
        .route("/pki/root.crl", get(root_crl))
        .route("/pki/sub.crl", get(sub_crl))
        .route("/pki/ocsp", post(ocsp))
}

fn typed(media_type: &'static str, octets: Vec<u8>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], octets)
}

async fn root(State(service): State<Shared>) -> impl IntoResponse {
    typed("application/pkix-cert", service.pki.root.der().to_vec())
}

async fn sub(State(service): State<Shared>) -> impl IntoResponse {
    typed("application/pkix-cert", service.pki.sub.der().to_vec())
}

async fn root_crl(State(service): State<Shared>) -> impl IntoResponse {
    typed("application/pkix-crl", responder::root_crl(&service))
}

async fn sub_crl(State(service): State<Shared>) -> Result<impl IntoResponse, Problem> {
    Ok(typed("application/pkix-crl", responder::leaf_crl(&service).await?))
}

async fn ocsp(State(service): State<Shared>, request: Bytes) -> Result<impl IntoResponse, Problem> {
    Ok(typed("application/ocsp-response", responder::answer(&service, &request).await?))
}
