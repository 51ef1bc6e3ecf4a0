//! Persons, how they sign in, and institutions.

pub(super) const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS applicant (
        id TEXT PRIMARY KEY,
        tckn TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS access_token (
        hash BLOB PRIMARY KEY,
        applicant_id TEXT NOT NULL REFERENCES applicant (id),
        expires_at BIGINT NOT NULL)",
];
