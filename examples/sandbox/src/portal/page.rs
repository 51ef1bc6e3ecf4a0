//! What every page knows: its language, its session, who is signed in.

use std::convert::Infallible;
use std::fmt::Display;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::cookie;
use crate::clock::UnixMs;
use crate::domain::application::read;
use crate::domain::language::Language;
use crate::domain::problem::{Kind, Problem};
use crate::domain::secret::random_token;
use crate::domain::time::zoned;
use crate::http::Shared;
use crate::store::applicant::Applicant;

/// The surroundings of a page.
pub(super) struct Page {
    pub(super) lang: Language,
    /// For its forms.
    pub(super) form_token: String,
    /// The name of who is signed in.
    pub(super) name: Option<String>,
    /// Its own address, to come back to.
    pub(super) here: String,
    /// A session that begins with this page.
    fresh: Option<String>,
}

impl Page {
    /// Reads the surroundings and who is signed in.
    async fn of(parts: &Parts, service: &Shared) -> Result<(Self, Option<Applicant>), Problem> {
        let session = cookie::read(&parts.headers, cookie::SESSION);
        let person = match session {
            Some(token) => match read::person(service, token).await {
                Ok(person) => Some(person),
                Err(problem) if problem.kind() == Kind::Unauthenticated => None,
                Err(problem) => return Err(problem),
            },
            None => None,
        };
        let fresh = if session.is_none() { Some(random_token()) } else { None };
        let form_token = service.keys.form_token(session.or(fresh.as_deref()).unwrap_or_default());
        let page = Self {
            lang: language(&parts.headers),
            form_token,
            name: person.as_ref().map(|person| person.name.clone()),
            here: parts.uri.path().to_owned(),
            fresh,
        };
        Ok((page, person))
    }

    /// The page as it is sent.
    pub(super) fn show(&self, template: &(impl Template + ?Sized)) -> Result<Response, Problem> {
        let text = template.render().map_err(|error| cannot_write(&error))?;
        let mut response = Html(text).into_response();
        if let Some(session) = &self.fresh {
            cookie::set(response.headers_mut(), cookie::SESSION, session);
        }
        Ok(response)
    }
}

fn cannot_write(error: &dyn Display) -> Problem {
    tracing::error!(%error, "a page cannot be written");
    Kind::Internal.into()
}

impl FromRequestParts<Shared> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Problem> {
        Ok(Self::of(parts, service).await?.0)
    }
}

/// The session's value, if there is one.
pub(super) struct Session(pub(super) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(cookie::read(&parts.headers, cookie::SESSION).map(str::to_owned)))
    }
}

/// A page for a person who is signed in; others are sent to the sign-in.
pub(super) struct Own {
    pub(super) page: Page,
    pub(super) person: Applicant,
}

impl FromRequestParts<Shared> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Response> {
        match Page::of(parts, service).await {
            Ok((page, Some(person))) => Ok(Self { page, person }),
            Ok((_, None)) => Err(Redirect::to("/giris").into_response()),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// The language that the person chose; Turkish first.
pub(super) fn language(headers: &HeaderMap) -> Language {
    cookie::read(headers, cookie::LANGUAGE).and_then(Language::from_tag).unwrap_or_default()
}

/// Whether a point's label is a letter: it stands below a numbered one.
pub(super) fn is_inner(label: &str) -> bool {
    label.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// A date as forms write it, `17/12/2021`.
pub(super) fn day(date: &str) -> String {
    date.split('-').rev().collect::<Vec<_>>().join("/")
}

/// A time as the instruction writes it, `23.06.2020 10:19:44`.
pub(super) fn moment(at: UnixMs) -> String {
    zoned(at).strftime("%d.%m.%Y %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_in_the_instruction() {
        assert_eq!(day("2021-12-17"), "17/12/2021");
        assert_eq!(moment(1_592_896_784_999), "23.06.2020 10:19:44");
    }
}
