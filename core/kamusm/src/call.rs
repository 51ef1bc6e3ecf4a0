//! A single request with the decoder of its answer: what needs no session.

use std::{borrow::Cow, fmt};

use serde::de::DeserializeOwned;

use crate::{
    config::Config,
    error::{Code, Error, Result},
    protocol::{
        dialect::{Ask, Operation},
        wire,
    },
    request::{Request, Response},
};

/// Perform [`Call::request`], give the answer to [`Call::decode`].
pub struct Call<T> {
    config: Config,
    operation: Operation,
    request: Request,
    decoder: Decoder<T>,
}

type Decoder<T> = Box<dyn Fn(&Answered<'_>) -> Result<T> + Send + Sync>;

impl<T> Call<T> {
    pub(crate) fn new(
        config: &Config,
        ask: &Ask<'_>,
        decoder: impl Fn(&Answered<'_>) -> Result<T> + Send + Sync + 'static,
    ) -> Self {
        Self {
            config: config.clone(),
            operation: ask.operation,
            request: wire::request(config, ask),
            decoder: Box::new(decoder),
        }
    }

    /// Changes what the request is sent with.
    pub(crate) fn sent(self, change: impl FnOnce(Request) -> Request) -> Self {
        Self { request: change(self.request), ..self }
    }

    /// What to send, exactly as it stands; after a lost answer the same again.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The message of a success; a refusal of the service or an answer that is none becomes its error.
    pub fn decode(&self, response: &Response) -> Result<T> {
        (self.decoder)(&Answered { config: &self.config, operation: self.operation, response })
    }
}

impl<T: DeserializeOwned + 'static> Call<T> {
    /// A call whose answer is the message itself.
    pub(crate) fn json(config: &Config, ask: &Ask<'_>) -> Self {
        Self::new(config, ask, |answered| answered.message())
    }
}

impl<T: DeserializeOwned + 'static> Call<Vec<T>> {
    /// A call whose answer is a list.
    pub(crate) fn list(config: &Config, ask: &Ask<'_>) -> Self {
        #[derive(serde::Deserialize)]
        struct List<T> {
            items: Vec<T>,
        }
        Self::new(config, ask, |answered| answered.message::<List<T>>().map(|list| list.items))
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({:?})", self.operation)
    }
}

/// An answer of the service on its way to a decoder.
pub(crate) struct Answered<'r> {
    config: &'r Config,
    operation: Operation,
    response: &'r Response,
}

impl<'r> Answered<'r> {
    pub(crate) fn message<T: DeserializeOwned>(&self) -> Result<T> {
        wire::decode(self.config, self.operation, self.response)
    }

    /// The octets of a success.
    pub(crate) fn octets(&self) -> Result<Cow<'r, [u8]>> {
        wire::body(self.config, self.operation, self.response)
    }

    /// The octets, which must have the digest that travelled with them (RFC 9530).
    pub(crate) fn digested_octets(&self) -> Result<Vec<u8>> {
        let octets = self.octets()?;
        let written = wire::content_digest(&octets);
        let travelled = self.response.header("repr-digest").unwrap_or_default();
        if travelled.split(',').any(|part| part.trim() == written) {
            return Ok(octets.into_owned());
        }
        Err(Error::new(Code::DigestMismatch, "the octets do not have the digest that came with them"))
    }

    /// The tag of this version, RFC 9110 8.8.3.
    pub(crate) fn etag(&self) -> Option<String> {
        self.response.header("etag").map(str::to_owned)
    }

    /// `None` where what is known by its tag is still so: 304.
    pub(crate) fn unless_unchanged<T>(&self, decoder: fn(&Self) -> Result<T>) -> Result<Option<T>> {
        if self.response.status == 304 { Ok(None) } else { decoder(self).map(Some) }
    }
}
