//! A running service: its own threads, its own port, stopped when dropped.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use std::{fmt, io};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::admin::Admin;
use crate::clock::{Clock, SystemClock};
use crate::connection::{Cuttable, Peer};
use crate::domain::pki::{Pki, PkiError};
use crate::domain::receipt::ReceiptKey;
use crate::domain::retention;
use crate::domain::secret::{Keys, random};
use crate::domain::seed::{Seed, plant};
use crate::domain::service::{RedeemConfirmation, Service};
use crate::domain::submission::worker;
use crate::http;
use crate::store::{Setup, Store, setting};
use crate::tls::{TlsDoor, TlsDoorError, TlsFault};

pub(crate) const DATABASE: &str = "sandbox.sqlite";
/// How long running requests may take when the service stops.
const GRACE: Duration = Duration::from_secs(3);

/// A running service. Dropping it stops it after the requests in work.
pub struct Sandbox {
    service: Arc<Service>,
    admin: Admin,
    stop: Option<oneshot::Sender<Stop>>,
    thread: Option<JoinHandle<()>>,
    // Removed after the service has stopped.
    _directory: Option<TempDir>,
}

/// How it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Gracefully,
    AtOnce,
}

/// What a new service is given.
#[must_use]
pub struct Builder {
    store_path: Option<PathBuf>,
    seed: Seed,
    clock: Arc<dyn Clock>,
    listen: SocketAddr,
    confirmation: RedeemConfirmation,
    may_abort: bool,
}

/// Why the service does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The directory, the port or the threads.
    #[error("the service cannot be set up")]
    Io(#[from] io::Error),
    /// The database cannot be opened.
    #[error("the store cannot be opened")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The stored secrets are not readable.
    #[error("the stored secret {name} cannot be used")]
    Secret {
        /// Which one.
        name: &'static str,
    },
    /// The CA.
    #[error("the CA cannot be set up")]
    Pki(#[from] PkiError),
    /// The seed was refused.
    #[error("the seed was refused: {problem}")]
    Seed {
        /// The problem type's name.
        problem: &'static str,
    },
    /// The service's thread is gone.
    #[error("the service ended while it started")]
    Ended,
}

impl From<sqlx::Error> for StartError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(Box::new(error))
    }
}

impl Builder {
    /// The directory that holds the database; without one the service forgets everything.
    pub fn store_path(mut self, directory: impl Into<PathBuf>) -> Self {
        self.store_path = Some(directory.into());
        self
    }

    /// The persons and orders that are there from the start.
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// The clock of the whole service.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Where to listen; the default is a free port of 127.0.0.1.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// When a redemption has to be confirmed on the page.
    pub fn redeem_confirmation(mut self, policy: RedeemConfirmation) -> Self {
        self.confirmation = policy;
        self
    }

    /// The process is the service's own: [`Fault::KillBefore`](crate::Fault::KillBefore) and `KillAfter` abort it.
    pub fn abort_on_demand(mut self) -> Self {
        self.may_abort = true;
        self
    }

    /// Starts the service; it answers when this returns.
    pub fn start(self) -> Result<Sandbox, StartError> {
        let (directory, path) = match &self.store_path {
            Some(path) => (None, path.clone()),
            None => {
                let directory = TempDir::with_prefix("kamusm-sandbox-")?;
                let path = directory.path().to_owned();
                (Some(directory), path)
            }
        };
        std::fs::create_dir_all(&path)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kamusm-sandbox")
            .enable_all()
            .build()?;
        let handle = runtime.handle().clone();
        let (ready, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("kamusm-sandbox".to_owned())
            .spawn(move || run(&runtime, self, path, &ready, stopped))?;
        let service = match started.recv() {
            Ok(result) => result?,
            Err(_) => return Err(StartError::Ended),
        };
        Ok(Sandbox {
            admin: Admin::new(service.clone(), handle),
            service,
            stop: Some(stop),
            thread: Some(thread),
            _directory: directory,
        })
    }
}

impl Sandbox {
    /// What a service is made from.
    pub fn builder() -> Builder {
        Builder {
            store_path: None,
            seed: Seed::default(),
            clock: Arc::new(SystemClock::new()),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            confirmation: RedeemConfirmation::default(),
            may_abort: false,
        }
    }

    /// `http://127.0.0.1:…`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.service.base_url
    }

    /// A door with TLS before the service; the addresses that the service tells stay its own.
    pub fn tls_door(&self, fault: TlsFault) -> Result<TlsDoor, TlsDoorError> {
        let address = self.base_url().trim_start_matches("http://").parse();
        let address = address.map_err(|_| io::Error::from(io::ErrorKind::AddrNotAvailable))?;
        TlsDoor::open(address, fault)
    }

    /// The root of the service's CA. A new one in each run; certificates of earlier runs stay good under it.
    pub fn trust_anchor_pem(&self) -> String {
        self.service.pki.ca.root_pem()
    }

    /// The root of the service's CA.
    pub fn trust_anchor_der(&self) -> &[u8] {
        self.service.pki.ca.root_der()
    }

    /// The certificate between the root and the persons.
    pub fn intermediate_der(&self) -> &[u8] {
        self.service.pki.ca.sub_der()
    }

    /// What tests may do beside the protocol.
    pub fn admin(&self) -> &Admin {
        &self.admin
    }

    /// Ends the service at once, as a crash would: no request is finished.
    pub fn kill(mut self) {
        self.end(Stop::AtOnce);
    }

    fn end(&mut self, stop: Stop) {
        if let Some(sender) = self.stop.take() {
            // A service that ended by itself has dropped the other end.
            let _ = sender.send(stop);
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the service's thread panicked");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.end(Stop::Gracefully);
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.service.base_url).finish_non_exhaustive()
    }
}

/// The service's thread.
fn run(
    runtime: &Runtime,
    builder: Builder,
    path: PathBuf,
    ready: &mpsc::Sender<Result<Arc<Service>, StartError>>,
    stopped: oneshot::Receiver<Stop>,
) {
    runtime.block_on(async {
        let (service, listener) = match set_up(builder, path).await {
            Ok(set_up) => set_up,
            Err(error) => {
                // Nobody waits any more if this fails.
                let _ = ready.send(Err(error));
                return;
            }
        };
        if ready.send(Ok(service.clone())).is_err() {
            return;
        }
        serve(service, listener, stopped).await;
    });
}

async fn serve(service: Arc<Service>, listener: Cuttable, stopped: oneshot::Receiver<Stop>) {
    let worker = tokio::spawn(worker::run(service.clone()));
    let eraser = tokio::spawn(retention::run(service.clone()));
    let (begin, begun) = oneshot::channel::<()>();
    let router = http::router(service.clone()).into_make_service_with_connect_info::<Peer>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        // A sender that is gone means the same as its message.
        let _ = begun.await;
    });
    let mut serving = tokio::spawn(serving.into_future());
    let stop = stopped.await.unwrap_or(Stop::Gracefully);
    worker.abort();
    eraser.abort();
    if stop == Stop::Gracefully {
        let _ = begin.send(());
        service.stop_waiting();
        if tokio::time::timeout(GRACE, &mut serving).await.is_err() {
            tracing::warn!("a request in work outlasted the stop");
        }
        // A connection that such a request holds on to is left to the next start's recovery.
        if tokio::time::timeout(GRACE, service.store.close()).await.is_err() {
            tracing::warn!("the database was in use to the end");
        }
    }
    serving.abort();
}

pub(crate) async fn set_up(builder: Builder, path: PathBuf) -> Result<(Arc<Service>, Cuttable), StartError> {
    let listener = tokio::net::TcpListener::bind(builder.listen).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let store = Store::open(&path.join(DATABASE), &Setup::default()).await?;
    let service = open(builder, store, base_url).await?;
    Ok((service, Cuttable(listener)))
}

/// The service over its store: secrets are made once, the seed is planted where it is not there yet.
pub(crate) async fn open(
    builder: Builder,
    store: Store,
    base_url: String,
) -> Result<Arc<Service>, StartError> {
    let mut transaction = store.begin().await?;
    let master = setting::get_or_insert(&mut transaction, "master", &random::<32>()).await?;
    let receipt = ReceiptKey::generate().map_err(|_| StartError::Secret { name: "receipt" })?;
    let receipt = setting::get_or_insert(&mut transaction, "receipt", &receipt).await?;
    let authority = setting::get_or_insert(&mut transaction, "authority", &Pki::generate_key()).await?;
    transaction.commit().await?;
    let master = master.try_into().map_err(|_| StartError::Secret { name: "master" })?;
    let receipt = ReceiptKey::from_pkcs8(&receipt).map_err(|_| StartError::Secret { name: "receipt" })?;
    let pki = Pki::new(&authority, &base_url, builder.clock.now_ms())?;
    let service = Service::new(base_url, store, builder.clock, Keys::new(&master), receipt, pki);
    service.set_confirmation(builder.confirmation);
    if builder.may_abort {
        service.faults.allow_abort();
    }
    plant(&service, &builder.seed)
        .await
        .map_err(|problem| StartError::Seed { problem: problem.kind().name() })?;
    Ok(Arc::new(service))
}
