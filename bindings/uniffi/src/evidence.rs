//! Evidence: the accepted signatures, to keep and to verify (`cades_validate`).

/// A piece of evidence.
#[derive(Clone, uniffi::Record)]
pub struct Evidence {
    /// Its id.
    pub id: String,
    /// The session that it came from.
    pub session_id: Option<String>,
    /// The text that it is about.
    pub document_id: Option<String>,
    /// Its media type.
    pub media_type: String,
    /// Its octets.
    pub length: i64,
    /// Its digest.
    pub digest: String,
    /// When it was made, RFC 3339.
    pub created_at: String,
}

impl From<kamusm::evidence::Evidence> for Evidence {
    fn from(evidence: kamusm::evidence::Evidence) -> Self {
        Self {
            id: evidence.id,
            session_id: evidence.session_id,
            document_id: evidence.document_id,
            media_type: evidence.media_type,
            length: i64::try_from(evidence.length).unwrap_or(i64::MAX),
            digest: evidence.digest,
            created_at: evidence.created_at,
        }
    }
}
