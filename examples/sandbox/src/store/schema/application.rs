//! Orders and what hangs on them.

pub(super) const TABLES: &[&str] = &["CREATE TABLE IF NOT EXISTS application (
        no TEXT PRIMARY KEY,
        applicant_id TEXT NOT NULL REFERENCES applicant (id),
        applied_on TEXT NOT NULL,
        institution TEXT NOT NULL,
        product TEXT NOT NULL,
        reason TEXT NOT NULL,
        institution_change BIGINT NOT NULL,
        payer TEXT NOT NULL,
        prepaid BIGINT NOT NULL,
        state TEXT NOT NULL,
        cancelled_by TEXT,
        commitment_read BIGINT NOT NULL,
        form TEXT NOT NULL,
        texts BIGINT NOT NULL,
        version BIGINT NOT NULL)"];
