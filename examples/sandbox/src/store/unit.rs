//! A unit of work: everything that a request writes, and its answer, are committed together or not at all.
//!
//! Within [`Unit::scope`] every [`Store::read`](super::Store::read) works in the unit's transaction, and every
//! [`Store::begin`](super::Store::begin) is a savepoint of it. One of them is open at a time.

use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Executor as _, Pool};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Connection, Database};

tokio::task_local! {
    static CURRENT: Unit;
}

/// What one request does.
#[derive(Clone, Default)]
pub(crate) struct Unit(Arc<Mutex<Work>>);

/// The transaction, from its first use on.
#[derive(Default)]
struct Work {
    transaction: Option<sqlx::Transaction<'static, Database>>,
    /// A savepoint was left without a commit and is still there.
    is_left: bool,
}

impl Unit {
    /// The unit of the request that this task answers.
    pub(super) fn current() -> Option<Self> {
        CURRENT.try_with(Self::clone).ok()
    }

    /// Lets the future work within this unit.
    pub(crate) async fn scope<T>(&self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self.clone(), work).await
    }

    /// Commits what was done; nothing where nothing was.
    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        let mut work = self.hold()?;
        work.settle().await?;
        match work.transaction.take() {
            Some(transaction) => transaction.commit().await,
            None => Ok(()),
        }
    }

    pub(super) async fn part(&self, pool: &Pool<Database>) -> sqlx::Result<Part> {
        let mut work = self.hold()?;
        work.settle().await?;
        if work.transaction.is_none() {
            work.transaction = Some(begin(pool).await?);
        }
        Ok(Part { work })
    }

    /// A second one while the first is open would wait for itself.
    fn hold(&self) -> sqlx::Result<OwnedMutexGuard<Work>> {
        let held = self.0.clone().try_lock_owned();
        held.map_err(|_| sqlx::Error::Protocol("a request uses its transaction twice at once".to_owned()))
    }
}

impl Work {
    /// Undoes what a savepoint did that was left without a commit.
    async fn settle(&mut self) -> sqlx::Result<()> {
        if let Some(transaction) = self.transaction.as_mut().filter(|_| self.is_left) {
            transaction.execute("ROLLBACK TO SAVEPOINT part").await?;
            transaction.execute("RELEASE SAVEPOINT part").await?;
            self.is_left = false;
        }
        Ok(())
    }
}

/// The unit's transaction, lent.
pub(crate) struct Part {
    work: OwnedMutexGuard<Work>,
}

impl Deref for Part {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.work.transaction.as_ref().expect("a part is lent of a begun transaction")
    }
}

impl DerefMut for Part {
    fn deref_mut(&mut self) -> &mut Connection {
        self.work.transaction.as_mut().expect("a part is lent of a begun transaction")
    }
}

/// A connection to read with.
pub(crate) enum Reading {
    Pooled(PoolConnection<Database>),
    Part(Part),
}

impl Deref for Reading {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Part(part) => part,
        }
    }
}

impl DerefMut for Reading {
    fn deref_mut(&mut self) -> &mut Connection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Part(part) => part,
        }
    }
}

/// A transaction that may write; without a commit nothing of it stays.
pub(crate) enum Transaction {
    Whole(sqlx::Transaction<'static, Database>),
    Savepoint(Savepoint),
}

impl Transaction {
    pub(super) async fn whole(pool: &Pool<Database>) -> sqlx::Result<Self> {
        Ok(Self::Whole(begin(pool).await?))
    }

    pub(super) async fn savepoint(mut part: Part) -> sqlx::Result<Self> {
        part.execute("SAVEPOINT part").await?;
        Ok(Self::Savepoint(Savepoint { part, is_committed: false }))
    }

    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Whole(transaction) => transaction.commit().await,
            Self::Savepoint(mut savepoint) => {
                savepoint.part.execute("RELEASE SAVEPOINT part").await?;
                savepoint.is_committed = true;
                Ok(())
            }
        }
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Whole(transaction) => transaction,
            Self::Savepoint(savepoint) => &savepoint.part,
        }
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        match self {
            Self::Whole(transaction) => transaction,
            Self::Savepoint(savepoint) => &mut savepoint.part,
        }
    }
}

/// A transaction within the unit's.
pub(crate) struct Savepoint {
    part: Part,
    is_committed: bool,
}

impl Drop for Savepoint {
    fn drop(&mut self) {
        // The database is told at the next use: nothing can be waited for here.
        self.part.work.is_left = !self.is_committed;
    }
}

/// SQLite takes its one write lock here, so nothing read in it can be overtaken.
async fn begin(pool: &Pool<Database>) -> sqlx::Result<sqlx::Transaction<'static, Database>> {
    pool.begin_with("BEGIN IMMEDIATE").await
}

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

    use super::*;
    use crate::store::{Setup, Store, setting};

    async fn put(store: &Store, name: &str, commit: bool) {
        let mut transaction = store.begin().await.unwrap();
        setting::get_or_insert(&mut transaction, name, b"x").await.unwrap();
        if commit {
            transaction.commit().await.unwrap();
        }
    }

    async fn names(store: &Store) -> Vec<String> {
        let mut connection = store.read().await.unwrap();
        let query = sqlx::query("SELECT name FROM setting ORDER BY name");
        let rows = query.fetch_all(&mut *connection).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    #[tokio::test]
    async fn a_unit_is_written_whole_or_not_at_all() {
        let directory = tempfile::TempDir::new().unwrap();
        let store = Store::open(&directory.path().join("t.sqlite"), &Setup::default()).await.unwrap();
        let unit = Unit::default();
        let work = async {
            put(&store, "a", true).await;
            put(&store, "b", false).await;
            put(&store, "c", true).await;
            names(&store).await
        };
        assert_eq!(unit.scope(work).await, ["a", "c"]);
        assert_eq!(names(&store).await, [""; 0]);
        unit.commit().await.unwrap();
        assert_eq!(names(&store).await, ["a", "c"]);

        let forgotten = Unit::default();
        forgotten.scope(put(&store, "d", true)).await;
        drop(forgotten);
        assert_eq!(names(&store).await, ["a", "c"]);
        Unit::default().commit().await.unwrap();
    }

    #[tokio::test]
    async fn a_unit_is_not_used_twice_at_once() {
        let directory = tempfile::TempDir::new().unwrap();
        let store = Store::open(&directory.path().join("t.sqlite"), &Setup::default()).await.unwrap();
        let work = async {
            let _first = store.read().await.unwrap();
            store.begin().await.is_err()
        };
        assert!(Unit::default().scope(work).await);
    }
}
