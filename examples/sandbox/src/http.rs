//! The protocol over HTTP: paths, bodies, headers. Decisions are the domain's.

mod admin;
mod application;
pub(crate) mod caller;
mod discovery;
mod etag;
mod fault;
mod form;
mod gate;
mod idempotency;
mod institution;
mod json;
mod person;
mod pki;
mod pos;
mod prefer;
mod problem;
mod reference;
mod sign_in;
mod sign_session;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ObjectBuilder, OpenApi as Document, RefOr, Type};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use self::caller::{LONGEST_KEY, SHORTEST_KEY};
use crate::domain::receipt::Claims;
use crate::domain::service::Service;
use crate::portal;

/// The largest JSON body.
pub(crate) const JSON_OCTETS: usize = 256 * 1024;
/// The largest submission.
pub(crate) const SUBMISSION_OCTETS: usize = 2 * 1024 * 1024;

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "libkamusm protocol",
        description = "The project's own protocol for Kamu SM's electronic application; no real wire of Kamu SM is known.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(problem::ProblemDocument, Claims), responses(problem::Refused)),
    modifiers(&Tokens)
)]
struct Description;

/// The two bearer tokens.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        for (name, description) in [
            ("person", "The person's token, from the sign-in"),
            ("session", "The session's token, from the redemption"),
        ] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description));
            components.add_security_scheme(name, SecurityScheme::Http(scheme.build()));
        }
    }
}

/// What all handlers share.
pub(crate) type Shared = Arc<Service>;

/// Every route with its description.
fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(discovery::routes())
        .merge(sign_in::routes())
        .merge(person::routes())
        .merge(institution::routes())
        .merge(sign_session::routes())
        .merge(application::routes())
        .merge(reference::routes())
}

/// The description of the protocol, OpenAPI 3.1.
pub(crate) fn description() -> Document {
    let mut document = routes().into_openapi();
    let operations = document.paths.paths.values_mut().flat_map(|path| {
        [&mut path.get, &mut path.put, &mut path.post, &mut path.delete].into_iter().flatten()
    });
    for operation in operations {
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter
                && parameter.name == IDEMPOTENCY_KEY
            {
                describe_key(parameter);
            }
        }
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response
                && response.description.is_empty()
            {
                let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
                let phrase = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
                phrase.clone_into(&mut response.description);
            }
        }
    }
    document
}

/// What a key has to be is the same for every operation.
fn describe_key(parameter: &mut Parameter) {
    let key = ObjectBuilder::new().schema_type(Type::String);
    let key = key.min_length(Some(SHORTEST_KEY)).max_length(Some(LONGEST_KEY));
    parameter.schema = Some(key.into());
    parameter.description = Some("Random characters; the same ones for a repeated request".to_owned());
}

/// A body whose connection breaks after these octets.
pub(crate) fn broken_body(octets: Vec<u8>) -> Body {
    fault::half(octets.into())
}

/// The service as something that answers requests.
pub(crate) fn router(service: Shared) -> Router {
    let (described, _) = routes().split_for_parts();
    described
        .layer(from_fn_with_state(service.clone(), fault::delay))
        .layer(from_fn_with_state(service.clone(), idempotency::replay))
        .layer(from_fn_with_state(service.clone(), gate::keep))
        .merge(pki::routes())
        .merge(pos::routes())
        .merge(admin::routes(&service))
        .fallback(problem::no_such_path)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(service.clone(), problem::render))
        .layer(from_fn_with_state(service.clone(), fault::inject))
        .merge(portal::router(&service))
        .with_state(service)
}
