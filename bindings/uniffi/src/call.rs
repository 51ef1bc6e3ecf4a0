//! A single request with the decoder of its answer: what needs no session.

use std::sync::Arc;

use kamusm::Error;

use crate::{
    application::PersonToken,
    config::Config,
    error::Result,
    message::Message,
    operation::Operation,
    request::{Request, Response},
};

/// What is asked of the service. One object for every operation, so that the library stays small: the message says by its
/// variant what it is, and the languages' own layers say it by their types.
#[derive(uniffi::Object)]
pub struct Call {
    request: kamusm::request::Request,
    decoder: Decoder,
}

type Decoder = Box<dyn Fn(&kamusm::request::Response) -> Result<Message, Error> + Send + Sync>;

/// The call of an operation for the person with this token. Where an act must not happen twice the call holds its key:
/// performed again after a lost answer it is the same act.
#[uniffi::export]
pub fn call(config: &Config, token: &PersonToken, operation: Operation) -> Result<Arc<Call>> {
    Ok(operation.call(&config.0, &token.0)?)
}

#[uniffi::export]
impl Call {
    /// What to send, exactly as it stands.
    pub fn request(&self) -> Result<Request> {
        Ok(Request::new(&self.request))
    }

    /// The message; a refusal of the service or an answer that is none becomes its error.
    pub fn decode(&self, response: Response) -> Result<Message> {
        self.decoded(&response.into_inner()?)
    }
}

impl Call {
    pub(crate) fn new<T: 'static>(
        call: kamusm::call::Call<T>,
        message: impl Fn(T) -> Message + Send + Sync + 'static,
    ) -> Arc<Self> {
        let request = call.request().clone();
        Arc::new(Self { request, decoder: Box::new(move |response| call.decode(response).map(&message)) })
    }

    #[cfg(feature = "http")]
    pub(crate) fn outgoing(&self) -> &kamusm::request::Request {
        &self.request
    }

    pub(crate) fn decoded(&self, response: &kamusm::request::Response) -> Result<Message> {
        Ok((self.decoder)(response)?)
    }
}
