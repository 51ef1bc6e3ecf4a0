package tr.kamusm

import tr.kamusm.ffi.ErrorDetails
import tr.kamusm.ffi.KamusmException as FfiException

/**
 * What went wrong, by what the caller can do about it. [message] is the sentence for the person, in English where the
 * JVM speaks English and else in Turkish; [sentence] gives it in a chosen language. Nothing here is personal data.
 */
public sealed class KamusmException(private val details: ErrorDetails) :
    RuntimeException(sentenceOf(details.code, Language.ofSystem())) {
    /** The number as a name, for `when` and `switch`. */
    public val code: Code get() = Code.of(details.code)

    /** What a caller can do about it. */
    public val category: Category get() = code.category

    /** What happened, for developers, in English. */
    public val reason: String get() = details.reason

    /** Whether the same call may succeed later without anybody changing anything. A PIN is never retried. */
    public val isRetryable: Boolean get() = details.retryable

    /** The service's problem type without its prefix, such as `code-expired`. */
    public val problem: String? get() = details.problem

    /** The service's number of the request, for its support. */
    public val requestId: String? get() = details.requestId

    /** The HTTP status that carried the problem. */
    public val httpStatus: Int? get() = details.httpStatus

    /** Seconds after which the service wants to be asked again. */
    public val retryAfterSeconds: Long? get() = details.retryAfterS

    /** The fields of what was sent that are wrong. */
    public val fields: List<FieldError> get() = details.fields.map(::FieldError)

    /** How often a code may still be tried. */
    public val attemptsLeft: Long? get() = details.attemptsLeft

    /** Whose service behind the service does not answer, such as `nvi`. */
    public val upstream: String? get() = details.upstream

    /** The CK_RV of the PKCS#11 call that failed. */
    public val ckRv: Long? get() = details.ckRv

    /** PIN tries that are left, where the token tells. */
    public val pinTriesLeft: Int? get() = details.pinTriesLeft

    /** Whether a PIN try was used, or may have been. */
    public val usedPinTry: Boolean get() = details.usedPinTry

    /** The errors behind this one, the nearest first. */
    public val causes: List<Cause> get() = details.causes.map { Cause(Code.of(it.code), it.reason) }

    /** What happened and what to do, for the person. */
    public fun sentence(language: Language): String = sentenceOf(details.code, language)

    /** Whether the person mends it by another PIN entry: nothing was signed, and the same step comes again. */
    public val asksForPinAgain: Boolean get() = code in PIN_ENTRY

    /** For logs. */
    override fun toString(): String = "KamusmException.${javaClass.simpleName}: $code (${code.number}): $reason"

    /** Fix the program. */
    public class Usage internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Retry later. */
    public class Network internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Tell the person; mostly a new code is needed. */
    public class Service internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Tell the person; about the card, its reader, its driver or its PIN. */
    public class Card internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Choose another certificate. */
    public class Certificate internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Report. */
    public class Signature internal constructor(details: ErrorDetails) : KamusmException(details)

    /** The journal. */
    public class Storage internal constructor(details: ErrorDetails) : KamusmException(details)

    /** Report; the object may only be closed. */
    public class Internal internal constructor(details: ErrorDetails) : KamusmException(details)

    /** An error behind another one. */
    public class Cause internal constructor(
        /** Which. */
        public val code: Code,
        /** What happened, for developers, in English. */
        public val reason: String,
    )

    internal companion object {
        private val PIN_ENTRY = setOf(
            Code.PIN_REQUIRED, Code.PIN_INCORRECT, Code.PIN_FINAL_TRY, Code.PIN_LENGTH, Code.PIN_CANCELLED,
            Code.PAD_TIMEOUT, Code.PAD_UNAVAILABLE, Code.PAD_REQUIRED,
        )

        /** An error of this layer. */
        fun of(code: Code, reason: String): KamusmException = of(
            ErrorDetails(
                code = code.number, name = code.name, category = code.category.number, reason = reason,
                retryable = code.isRetryable, problem = null, requestId = null, httpStatus = null,
                retryAfterS = null, fields = emptyList(), attemptsLeft = null, upstream = null, ckRv = null,
                pinTriesLeft = null, usedPinTry = false, causes = emptyList(),
            ),
        )

        fun of(details: ErrorDetails): KamusmException = when (Code.of(details.code).category) {
            Category.USAGE -> Usage(details)
            Category.NETWORK -> Network(details)
            Category.SERVICE -> Service(details)
            Category.CARD -> Card(details)
            Category.CERTIFICATE -> Certificate(details)
            Category.SIGNATURE -> Signature(details)
            Category.STORAGE -> Storage(details)
            Category.INTERNAL -> Internal(details)
        }

        private fun sentenceOf(code: Int, language: Language): String = Code.of(code).sentence(language)
    }
}

internal fun FfiException.toPublic(): KamusmException = KamusmException.of(
    when (this) {
        is FfiException.Usage -> details
        is FfiException.Network -> details
        is FfiException.Service -> details
        is FfiException.Card -> details
        is FfiException.Certificate -> details
        is FfiException.Signature -> details
        is FfiException.Storage -> details
        is FfiException.Internal -> details
    },
)
