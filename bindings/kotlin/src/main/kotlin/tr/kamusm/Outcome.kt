package tr.kamusm

import tr.kamusm.ffi.Outcome as FfiOutcome
import tr.kamusm.ffi.OutcomeKind as FfiOutcomeKind

/** The end of a session; every end but the first two says why. */
public class Outcome internal constructor(outcome: FfiOutcome) {
    /** Which end. */
    public val kind: OutcomeKind = when (outcome.kind) {
        FfiOutcomeKind.ACCEPTED -> OutcomeKind.ACCEPTED
        FfiOutcomeKind.RECEIVED -> OutcomeKind.RECEIVED
        FfiOutcomeKind.REJECTED -> OutcomeKind.REJECTED
        FfiOutcomeKind.CANCELLED -> OutcomeKind.CANCELLED
        FfiOutcomeKind.EXPIRED -> OutcomeKind.EXPIRED
        FfiOutcomeKind.UNKNOWN -> OutcomeKind.UNKNOWN
        FfiOutcomeKind.FAILED -> OutcomeKind.FAILED
    }

    /** Why; none for [OutcomeKind.ACCEPTED] and [OutcomeKind.RECEIVED]. */
    public val error: KamusmException? = outcome.error?.let(KamusmException::of)

    /** The service's receipt, verified. */
    public val receipt: Receipt? = outcome.receipt?.let {
        Receipt(it.jws, it.application, it.receivedAt, it.signingTime, it.anchored)
    }

    /** Who signed in, of [Session.signIn]. */
    public val signedIn: SignedIn? = outcome.signedIn?.let(::SignedIn)

    /** The page to go back to, which shows "İşlem Başarılı". */
    public val returnTo: String? = outcome.returnTo

    /** The signatures as they were sent, one CMS per text; evidence to keep. */
    public val signatures: List<ByteArray> = outcome.signatures

    /** True if a signature left this machine and the service may have taken it. */
    public val mayHaveArrived: Boolean = outcome.mayHaveArrived
}

/** The kinds of end. */
public enum class OutcomeKind {
    /** The service accepted: it gave its receipt, and the page shows "İşlem Başarılı"; or the person is signed in. */
    ACCEPTED,

    /** The service has the signatures and checks them; nothing is to be signed again. */
    RECEIVED,

    /** The service refused the signatures. */
    REJECTED,

    /** The person or the program cancelled. */
    CANCELLED,

    /** The time is over. */
    EXPIRED,

    /** The signatures were sent and no answer came; nothing is to be signed again. */
    UNKNOWN,

    /** Nothing was submitted, for the reason in the error. */
    FAILED,
}

/** A receipt whose signature and every field were compared with what this side knows. */
public class Receipt internal constructor(
    /** The receipt as it came, to keep: a compact JWS, RFC 7515. */
    public val jws: String,
    /** The application's number. */
    public val application: String,
    /** When the service received the signatures, RFC 3339. */
    public val receivedAt: String,
    /** İmzalama Tarihi, RFC 3339. */
    public val signingTime: String,
    /** Whether its key is one that the configuration pins. */
    public val isAnchored: Boolean,
)
