//! A headless Chromium behind its driver, with what the tests of the portal do in it.

mod browser;
mod driver;

pub use browser::{Browser, Error, Scripts};
