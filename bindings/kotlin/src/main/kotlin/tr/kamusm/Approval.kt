package tr.kamusm

import tr.kamusm.ffi.ApplicationResult as FfiApplicationResult
import tr.kamusm.ffi.Approval as FfiApproval
import tr.kamusm.ffi.Commitment as FfiCommitment
import tr.kamusm.ffi.Method as FfiMethod

/** Onay: by which methods an application can be approved, and what must be read before. */
public class Approval internal constructor(approval: FfiApproval) {
    /** The methods. */
    public val methods: List<Method> = approval.methods.map(::Method)

    /** What must be read before. */
    public val commitments: List<Commitment> = approval.commitments.map(::Commitment)

    /** Warnings, such as `revokes_existing`. */
    public val warnings: List<String> = approval.warnings

    /** Names the form as it is now: an approval is for exactly this one. */
    public val formDigest: String = approval.formDigest
}

/** A method of approval. */
public class Method internal constructor(method: FfiMethod) {
    /** Which method, such as `e_onay`. */
    public val code: String = method.code

    /** As the button shows it. */
    public val title: String = method.title

    /** Whether it can be used now. */
    public val isAvailable: Boolean = method.available

    /** Why not, such as `no_prior_consent`. */
    public val reason: String? = method.reason
}

/** A taahhütname. */
public class Commitment internal constructor(commitment: FfiCommitment) {
    /** Its id. */
    public val id: String = commitment.id

    /** Its title. */
    public val title: String = commitment.title

    /** Its version. */
    public val version: String = commitment.version

    /** The digest of its text. */
    public val digest: String = commitment.digest

    /** The octets of its text. */
    public val length: Long = commitment.length
}

/** Sonuç: what became of an approval. */
public class ApplicationResult internal constructor(result: FfiApplicationResult) {
    /** Which result, such as `done`. */
    public val state: String = result.state

    /** As the page shows it. */
    public val title: String = result.title

    /** The service's receipt, a compact JWS. */
    public val receipt: String? = result.receipt

    /** Başvuru Durumu. */
    public val status: Status = Status(result.status)
}
