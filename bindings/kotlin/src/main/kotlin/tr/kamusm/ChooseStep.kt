package tr.kamusm

import kotlinx.coroutines.flow.Flow
import tr.kamusm.ffi.ChooseStep as FfiChooseStep

/** Choose the certificate to sign with. */
public class ChooseStep internal constructor(internal val held: Held<FfiChooseStep>) : Step(held) {
    /** The applicant's TCKN, masked; the service compares the whole one. */
    public val applicantTckn: String = held { it.applicantTckn() }

    /** Certificates that were refused in this session, before any PIN was asked for. */
    public val refusals: List<Refusal> =
        held { it.refusals() }.map { Refusal(it.fingerprint, KamusmException.of(it.error)) }

    /** When the window (Kalan Süre) is over, in milliseconds on the monotonic clock. */
    public val deadlineMs: Long = held { it.deadlineMs() }

    /** Kalan Süre: the whole seconds that are left, one value per second down to 0. */
    public fun countdown(): Flow<Int> = countdownTo(deadlineMs)

    /** The whole seconds that are left now, the begun one counted. */
    public fun secondsLeft(): Int = secondsLeftTo(deadlineMs)

    /**
     * The chosen identity; one that cannot sign is refused here, before any PIN. Dates are left to the service, which
     * checks them next: the clock of this machine may be wrong.
     */
    public fun identity(identity: Identity): Answer = held { Answer(it.identity(identity.ffi)) }

    /** The first identity that can sign and was not refused; where there is none, the session ends and says so. */
    public fun firstOf(identities: List<Identity>): Answer {
        val left = identities.firstOrNull { identity ->
            identity.refusal == null && refusals.none { it.fingerprint.contentEquals(identity.fingerprint) }
        }
        return left?.let(::identity) ?: failed(Code.NO_SIGNING_CERTIFICATE, "no certificate is left")
    }

    /** The chosen certificate, DER, with the certificates above it as far as they are at hand. */
    @JvmOverloads
    public fun certificate(der: ByteArray, chain: List<ByteArray> = emptyList()): Answer =
        held { Answer(it.certificate(der, chain)) }

    /** No certificate can be chosen, for this reason; the words are for developers, without personal data. */
    public fun failed(code: Code, reason: String): Answer = held { Answer(it.failed(code.number, reason)) }

    /** The person cancelled. */
    public fun cancelled(): Answer = held { Answer(it.cancelled()) }
}

/** A certificate that was refused. */
public class Refusal internal constructor(
    /** SHA-256 of the certificate. */
    public val fingerprint: ByteArray,
    /** Why. */
    public val error: KamusmException,
)
