//! Persons, how they sign in, and institutions.

pub(super) const TABLES: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS applicant (
        id TEXT PRIMARY KEY,
        tckn TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        email TEXT,
        gsm TEXT,
        eonay_consent_at BIGINT)",
    "CREATE TABLE IF NOT EXISTS access_token (
        hash BLOB PRIMARY KEY,
        applicant_id TEXT NOT NULL REFERENCES applicant (id),
        grant_hash BLOB,
        expires_at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS eimza_challenge (
        id TEXT PRIMARY KEY,
        text BLOB NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        used_at BIGINT)",
    "CREATE TABLE IF NOT EXISTS oauth_code (
        hash BLOB PRIMARY KEY,
        applicant_id TEXT NOT NULL REFERENCES applicant (id),
        client_id TEXT NOT NULL,
        redirect_uri TEXT NOT NULL,
        code_challenge TEXT NOT NULL,
        expires_at BIGINT NOT NULL,
        used_at BIGINT)",
    "CREATE TABLE IF NOT EXISTS institution (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS officer (
        institution_id TEXT NOT NULL REFERENCES institution (id),
        applicant_id TEXT NOT NULL REFERENCES applicant (id),
        PRIMARY KEY (institution_id, applicant_id))",
];
