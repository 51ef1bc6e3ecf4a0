//! How a person uses a page: with a pointer, or with the keyboard alone.

use kamusm_test_browser::{Browser, Error};
use thirtyfour::Key;

/// No page has more places to stop at.
const STOPS: usize = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    Pointer,
    Keyboard,
}

impl Hand {
    /// A link or a button.
    pub(crate) async fn press(self, browser: &Browser, css: &str) {
        match self {
            Self::Pointer => browser.click(css).await.unwrap(),
            Self::Keyboard => self.keys(browser, css, Key::Enter + "").await,
        }
    }

    /// A box to tick.
    pub(crate) async fn tick(self, browser: &Browser, css: &str) {
        match self {
            Self::Pointer => browser.click(css).await.unwrap(),
            Self::Keyboard => self.keys(browser, css, " ").await,
        }
    }

    /// A field that is empty.
    pub(crate) async fn fill(self, browser: &Browser, css: &str, text: &str) {
        match self {
            Self::Pointer => browser.fill(css, text).await.unwrap(),
            Self::Keyboard => self.keys(browser, css, text).await,
        }
    }

    /// Takes out what a field holds: Tab selects it.
    pub(crate) async fn clear(self, browser: &Browser, css: &str) {
        match self {
            Self::Pointer => browser.find(css).await.unwrap().clear().await.unwrap(),
            Self::Keyboard => self.keys(browser, css, Key::Backspace + "").await,
        }
    }

    /// A list: its row of this title.
    pub(crate) async fn choose(self, browser: &Browser, css: &str, code: &str, title: &str) {
        match self {
            Self::Pointer => browser.click(&format!("{css} option[value='{code}']")).await.unwrap(),
            Self::Keyboard => self.keys(browser, css, title).await,
        }
    }

    /// Goes on with Tab until it is there, then types.
    async fn keys(self, browser: &Browser, css: &str, keys: impl Into<thirtyfour::TypingData>) {
        browser.find(css).await.unwrap();
        let is_there = format!("return document.activeElement.matches({css:?});");
        for _ in 0..STOPS {
            if browser.value(&is_there).await.unwrap() == true {
                let focused = browser.driver.active_element().await.unwrap();
                focused.send_keys(keys).await.unwrap();
                return;
            }
            let focused = browser.driver.active_element().await.map_err(Error::from).unwrap();
            focused.send_keys(Key::Tab + "").await.unwrap();
        }
        panic!("the keyboard does not reach {css}");
    }
}
