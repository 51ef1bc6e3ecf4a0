//! The tables; times are milliseconds since 1970. For PostgreSQL `BLOB` becomes `BYTEA`.

mod application;
mod person;
mod service;
mod signature;

/// One statement for each table, the ones that others refer to first.
pub(super) fn statements() -> impl Iterator<Item = &'static str> {
    [service::TABLES, person::TABLES, application::TABLES, signature::TABLES].into_iter().flatten().copied()
}
