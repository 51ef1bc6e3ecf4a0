//! Bodies that do not come as they should.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use http_body::Frame;

/// A body that breaks off.
pub(super) struct Half {
    pub(super) rest: Option<Bytes>,
}

/// The connection broke.
#[derive(Debug, thiserror::Error)]
#[error("broken off on demand")]
pub(super) struct BrokenOff;

impl http_body::Body for Half {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        Poll::Ready(Some(match self.rest.take() {
            Some(half) => Ok(Frame::data(half)),
            None => Err(BrokenOff),
        }))
    }
}

/// A body whose second half has to be waited for.
pub(super) struct Slow {
    pub(super) first: Option<Bytes>,
    pub(super) rest: Option<Bytes>,
    pub(super) wait: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if self.rest.is_some() {
            ready!(self.wait.as_mut().poll(context));
        }
        Poll::Ready(self.rest.take().map(|rest| Ok(Frame::data(rest))))
    }
}
