//! The tables. SQL here keeps to what SQLite and PostgreSQL share: `$1` parameters, `ON CONFLICT`, no functions of one of them.

pub(crate) mod applicant;
pub(crate) mod application;
pub(crate) mod certificate;
pub(crate) mod challenge;
pub(crate) mod commitment_view;
pub(crate) mod document;
pub(crate) mod eonay;
pub(crate) mod event;
pub(crate) mod evidence;
pub(crate) mod idempotency;
pub(crate) mod institution;
pub(crate) mod oauth_code;
pub(crate) mod outbox;
pub(crate) mod payment_intent;
pub(crate) mod phone_verification;
pub(crate) mod pre_application;
pub(crate) mod rate;
pub(crate) mod retention;
mod schema;
pub(crate) mod setting;
pub(crate) mod sign_code;
pub(crate) mod sign_session;
pub(crate) mod submission;
pub(crate) mod unit;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Pool, Sqlite};

use self::unit::{Reading, Transaction, Unit};

/// The database in use; another one changes this line, [`Store::open`] and the schema.
type Database = Sqlite;
/// A connection, in or out of a transaction.
pub(crate) type Connection = <Database as sqlx::Database>::Connection;
/// A row of an answer.
type Row = <Database as sqlx::Database>::Row;

const BUSY: Duration = Duration::from_secs(20);

/// How the file is used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// What SQLite reads and writes through; by default the operating system.
    pub(crate) vfs: Option<&'static str>,
    /// How many requests work at the same time.
    pub(crate) connections: u32,
}

impl Default for Setup {
    fn default() -> Self {
        Self { vfs: None, connections: 4 }
    }
}

/// The open database.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pool: Pool<Database>,
    /// For what is counted with every request: a power cut may take the last counts, a crash does not.
    counting: Pool<Database>,
}

impl Store {
    /// Opens the file, or makes it; a commit is on the disk before it returns.
    pub(crate) async fn open(file: &Path, setup: &Setup) -> sqlx::Result<Self> {
        let mut options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        if let Some(vfs) = setup.vfs {
            options = options.vfs(vfs);
        }
        // A connection to a file does not go stale, so none is tried before its use.
        let pool = SqlitePoolOptions::new()
            .max_connections(setup.connections)
            .test_before_acquire(false)
            // SQLite ends a transaction by itself where the disk fails, but sqlx still counts it: such a connection
            // could never begin another. The ping lets a rollback that is under way end first.
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options.clone())
            .await?;
        let counting = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .connect_lazy_with(options.synchronous(SqliteSynchronous::Normal));
        let store = Self { pool, counting };
        store.create_tables().await?;
        store.settle().await?;
        Ok(store)
    }

    /// A connection to read with.
    pub(crate) async fn read(&self) -> sqlx::Result<Reading> {
        match Unit::current() {
            Some(unit) => Ok(Reading::Part(unit.part(&self.pool).await?)),
            None => Ok(Reading::Pooled(self.pool.acquire().await?)),
        }
    }

    /// A connection for counting only; not to be waited for inside a transaction, which holds the write lock.
    pub(crate) async fn counting(&self) -> sqlx::Result<sqlx::pool::PoolConnection<Database>> {
        self.counting.acquire().await
    }

    /// A transaction that may write.
    pub(crate) async fn begin(&self) -> sqlx::Result<Transaction> {
        match Unit::current() {
            Some(unit) => Transaction::savepoint(unit.part(&self.pool).await?).await,
            None => Transaction::whole(&self.pool).await,
        }
    }

    /// Waits for the connections and closes the file.
    pub(crate) async fn close(&self) {
        self.counting.close().await;
        self.pool.close().await;
    }

    /// A killed run may have left commits in the log that no sync has put on the disk. They are read from here on, so
    /// they are told as done, without any writing: a power cut must not take them any more.
    async fn settle(&self) -> sqlx::Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *self.read().await?).await?;
        Ok(())
    }

    /// Whether SQLite finds nothing wrong with the file.
    pub(crate) async fn is_intact(&self) -> sqlx::Result<bool> {
        let query = sqlx::query_scalar::<_, String>("PRAGMA integrity_check");
        Ok(query.fetch_all(&mut *self.read().await?).await? == ["ok"])
    }

    async fn create_tables(&self) -> sqlx::Result<()> {
        let mut transaction = self.begin().await?;
        for statement in schema::statements() {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }
}
