//! The protocol as a plain HTTP client sees it. Nothing of the SDK is used but the making of signatures.

mod happy;
mod openapi;
mod support;
