package tr.kamusm

import tr.kamusm.ffi.Event as FfiEvent
import tr.kamusm.ffi.Evidence as FfiEvidence

/** An accepted signature, to keep and to verify: [CadesPolicy]. */
public class Evidence internal constructor(evidence: FfiEvidence) {
    /** Its id. */
    public val id: String = evidence.id

    /** The session that it came from. */
    public val sessionId: String? = evidence.sessionId

    /** The text that it is about. */
    public val documentId: String? = evidence.documentId

    /** Its media type. */
    public val mediaType: String = evidence.mediaType

    /** Its octets. */
    public val length: Long = evidence.length

    /** Its digest. */
    public val digest: String = evidence.digest

    /** When it was made, RFC 3339. */
    public val createdAt: String = evidence.createdAt
}

/** Something that happened to an application. */
public class Event internal constructor(event: FfiEvent) {
    /** When, RFC 3339. */
    public val at: String = event.at

    /** What, such as `form_saved`. */
    public val code: String = event.code

    /** As the page shows it. */
    public val text: String = event.text
}
