//! One browser with one window.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverError;
use thirtyfour::{
    BrowserCapabilitiesHelper as _, By, CapabilitiesHelper as _, ChromiumLikeCapabilities as _, Cookie,
    DesiredCapabilities, SameSite, WebDriver, WebElement,
};

use crate::driver::Driver;

/// How long something on a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const STEP: Duration = Duration::from_millis(100);

const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// Why the browser did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The driver or the browser.
    #[error("{0}")]
    Driver(#[from] Box<WebDriverError>),
    /// Files and processes.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It did not appear in time.
    #[error("{what} did not come; the page is {page}")]
    Missing {
        /// What was waited for.
        what: String,
        /// What the page says instead.
        page: String,
    },
}

impl From<WebDriverError> for Error {
    fn from(error: WebDriverError) -> Self {
        Self::Driver(Box::new(error))
    }
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Scripts {
    /// As usual.
    On,
    /// None runs.
    Off,
}

/// A browser; ended by [`Browser::close`], or with its driver when dropped.
pub struct Browser {
    // Ends first: the other would wait for an answer that its own runtime keeps back.
    _process: Driver,
    /// For everything that has no word of its own here.
    pub driver: WebDriver,
    scripts: Scripts,
    _profile: TempDir,
}

impl Browser {
    /// A new browser with an empty profile.
    pub async fn open(scripts: Scripts) -> Result<Self, Error> {
        let process = Driver::start()?;
        let profile = TempDir::with_prefix("kamusm-browser-")?;
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg("--window-size=1280,1000")?;
        capabilities.add_arg("--lang=tr")?;
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        let downloads = profile.path().join("downloads");
        let mut preferences = json!({ "download.default_directory": downloads });
        if scripts == Scripts::Off {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        capabilities.set_browser_option("prefs", preferences)?;
        capabilities.set("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }))?;
        let driver = WebDriver::new(process.address(), capabilities).await?;
        Ok(Self { _process: process, driver, scripts, _profile: profile })
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<(), Error> {
        Ok(self.driver.clone().quit().await?)
    }

    /// Sets a cookie as the portal would.
    pub async fn set_cookie(&self, name: &str, value: &str) -> Result<(), Error> {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_secure(true);
        cookie.set_same_site(SameSite::Lax);
        Ok(self.driver.add_cookie(cookie).await?)
    }

    /// Opens an address.
    pub async fn go(&self, address: &str) -> Result<(), Error> {
        Ok(self.driver.goto(address).await?)
    }

    /// The path of the present page.
    pub async fn path(&self) -> Result<String, Error> {
        Ok(self.driver.current_url().await?.path().to_owned())
    }

    /// The element, once it is there.
    pub async fn find(&self, css: &str) -> Result<WebElement, Error> {
        self.wait(css, async || Ok(self.driver.find(By::Css(css)).await.ok())).await
    }

    /// All elements that are there now.
    pub async fn all(&self, css: &str) -> Result<Vec<WebElement>, Error> {
        Ok(self.driver.find_all(By::Css(css)).await?)
    }

    /// What the element says, spaces folded.
    pub async fn text(&self, css: &str) -> Result<String, Error> {
        let text = self.find(css).await?.prop("textContent").await?.unwrap_or_default();
        Ok(folded(&text))
    }

    /// What each element says, spaces folded.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        for element in self.all(css).await? {
            texts.push(folded(&element.prop("textContent").await?.unwrap_or_default()));
        }
        Ok(texts)
    }

    /// Clicks the element, once it is there.
    pub async fn click(&self, css: &str) -> Result<(), Error> {
        Ok(self.find(css).await?.click().await?)
    }

    /// Writes into an empty field.
    pub async fn fill(&self, css: &str, text: &str) -> Result<(), Error> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Waits until the first heading says this.
    pub async fn heading(&self, words: &str) -> Result<(), Error> {
        self.wait(words, async || {
            // While a page comes, there may be no heading, or one of the page before.
            let Ok(heading) = self.driver.find(By::Css("h1")).await else { return Ok(None) };
            let text = heading.prop("textContent").await.ok().flatten().unwrap_or_default();
            Ok((folded(&text) == words).then_some(()))
        })
        .await
    }

    /// Waits until this gives something.
    pub async fn wait<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> Result<Option<T>, Error>,
    ) -> Result<T, Error> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            if Instant::now() > end {
                let text = self.driver.find(By::Css("body")).await?.text().await?;
                let page = format!("{}: {text}", self.driver.current_url().await?);
                return Err(Error::Missing { what: what.to_owned(), page });
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// Keeps a picture of the whole page under `target/browser`.
    pub async fn picture(&self, name: &str) -> Result<(), Error> {
        let folder = pictures();
        std::fs::create_dir_all(&folder)?;
        let size = self.driver.cdp().send_raw("Page.getLayoutMetrics", json!({})).await?;
        let size = &size["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let options = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.driver.cdp().send_raw("Page.captureScreenshot", options).await?;
        let octets = base64(taken["data"].as_str().unwrap_or_default())?;
        Ok(std::fs::write(folder.join(format!("{name}.png")), octets)?)
    }

    /// What axe-core finds wrong with the page, one line each.
    pub async fn barriers(&self) -> Result<Vec<String>, Error> {
        let axe = std::fs::read_to_string(axe())?;
        self.driver.execute(axe, Vec::new()).await?;
        let run = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] })
                .then((found) => done(found.violations.map((rule) =>
                    `${rule.id}: ${rule.nodes.map((node) => node.html).join(' | ')}`)))
                .catch((error) => done([String(error)]));";
        let found = self.driver.execute_async(run, Vec::new()).await?;
        let lines = found.json().as_array().cloned().unwrap_or_default();
        Ok(lines.iter().map(|line| line.as_str().map_or_else(|| line.to_string(), str::to_owned)).collect())
    }

    /// What the console says of refused content and of errors since it was asked last.
    pub async fn complaints(&self) -> Result<Vec<String>, Error> {
        let entries = self.driver.browser_log().await?;
        // A refused form is a page with a status of its own, which the console tells too.
        let is_status = |message: &str| message.contains("the server responded with a status of");
        let severe = entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        Ok(severe.filter(|message| !is_status(message)).collect())
    }

    /// Runs a script of the test on the page and takes its value.
    pub async fn value(&self, script: &str) -> Result<Value, Error> {
        assert_eq!(self.scripts, Scripts::On, "this browser runs no scripts");
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }
}

/// Where pictures are kept.
fn pictures() -> PathBuf {
    target().join("browser")
}

/// axe-core, as `cargo xtask setup` fetches it.
fn axe() -> PathBuf {
    target().join("npm/node_modules/axe-core/axe.min.js")
}

fn target() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn base64(text: &str) -> Result<Vec<u8>, Error> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .map_err(|error| std::io::Error::other(error).into())
}
