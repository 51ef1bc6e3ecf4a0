//! A single request with the decoder of its answer: what needs no session.

use crate::{
    error::Result,
    protocol::wire,
    request::{Request, Response},
};

/// Perform [`Call::request`], give the answer to [`Call::decode`].
#[derive(Debug)]
pub struct Call<T> {
    request: Request,
    decoder: fn(&Response) -> Result<T>,
}

impl<T> Call<T> {
    pub(crate) fn new(request: Request, decoder: fn(&Response) -> Result<T>) -> Self {
        Self { request, decoder }
    }

    /// What to send, exactly as it stands.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The message of a success; a refusal of the service or an answer that is none becomes its error.
    pub fn decode(&self, response: &Response) -> Result<T> {
        (self.decoder)(response)
    }
}

impl<T: serde::de::DeserializeOwned> Call<T> {
    pub(crate) fn json(request: Request) -> Self {
        Self::new(request, wire::decode)
    }
}
