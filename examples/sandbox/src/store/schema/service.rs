//! What the service remembers for itself and what it sent.

pub(super) const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS setting (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS idempotency (
        scope BLOB NOT NULL,
        key_hash BLOB NOT NULL,
        payload_hash BLOB NOT NULL,
        status BIGINT NOT NULL,
        sealed BLOB NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (scope, key_hash))",
    "CREATE TABLE IF NOT EXISTS rate (
        name TEXT NOT NULL,
        caller BLOB NOT NULL,
        since BIGINT NOT NULL,
        count BIGINT NOT NULL,
        PRIMARY KEY (name, caller))",
    "CREATE TABLE IF NOT EXISTS outbox (
        place BIGINT PRIMARY KEY,
        kind TEXT NOT NULL,
        recipient TEXT NOT NULL,
        text TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        delivered_at BIGINT NOT NULL)",
];
