package tr.kamusm

import kotlinx.coroutines.flow.Flow
import tr.kamusm.ffi.SignStep as FfiSignStep
import tr.kamusm.ffi.SignatureAlgorithm as FfiSignatureAlgorithm

/** Ask for the PIN, here and not before, and sign. */
public class SignStep internal constructor(internal val held: Held<FfiSignStep>) : Step(held) {
    /** The certificate whose key signs, DER. */
    public val certificate: ByteArray = held { it.certificate() }

    /** One value per text that has no signature yet. */
    public val items: List<SignItem> = held { it.items() }.map {
        SignItem(it.toBeSigned, it.digest, SignatureAlgorithm.of(it.algorithm))
    }

    /** İmzalama Tarihi: the service's time, seconds since 1970-01-01T00:00:00Z. */
    public val signingTimeUnixSeconds: Long = held { it.signingTimeUnixS() }

    /** When the window (Kalan Süre) is over, in milliseconds on the monotonic clock. */
    public val deadlineMs: Long = held { it.deadlineMs() }

    /** Why the attempt before this one failed, to tell the person. */
    public val failure: KamusmException? = held { it.failure() }?.let(KamusmException::of)

    /** Kalan Süre: the whole seconds that are left, one value per second down to 0. */
    public fun countdown(): Flow<Int> = countdownTo(deadlineMs)

    /** The whole seconds that are left now, the begun one counted. */
    public fun secondsLeft(): Int = secondsLeftTo(deadlineMs)

    /** The values in the order of the items, none for one that was not made; each is verified with the certificate. */
    public fun signatures(values: List<ByteArray?>): Answer = held { Answer(it.signatures(values)) }

    /** Signing failed and the person does not try again in this attempt; the machine decides what follows. */
    public fun failed(code: Code, reason: String): Answer = held { Answer(it.failed(code.number, reason)) }

    /** The person cancelled. */
    public fun cancelled(): Answer = held { Answer(it.cancelled()) }
}

/** One value to make. */
public class SignItem internal constructor(
    /** The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4. */
    public val toBeSigned: ByteArray,
    /** Their digest, for keys that sign digests. */
    public val digest: ByteArray,
    /** How to sign. */
    public val algorithm: SignatureAlgorithm,
)

/** How a value is signed. */
public enum class SignatureAlgorithm(
    /** The name of `java.security.Signature`. */
    public val jcaName: String,
) {
    /** sha256WithRSAEncryption; the value is the PKCS#1 v1.5 block. */
    RSA_PKCS1_SHA256("SHA256withRSA"),

    /** ecdsa-with-SHA256 on P-256; the value is DER `SEQUENCE { r, s }`, as with the ones below. */
    ECDSA_P256_SHA256("SHA256withECDSA"),

    /** ecdsa-with-SHA384 on P-384. */
    ECDSA_P384_SHA384("SHA384withECDSA"),

    /** ecdsa-with-SHA512 on P-521. */
    ECDSA_P521_SHA512("SHA512withECDSA"),

    /** None that this version knows. */
    UNKNOWN(""),

    ;

    internal companion object {
        fun of(algorithm: FfiSignatureAlgorithm): SignatureAlgorithm = when (algorithm) {
            FfiSignatureAlgorithm.RSA_PKCS1_SHA256 -> RSA_PKCS1_SHA256
            FfiSignatureAlgorithm.ECDSA_P256_SHA256 -> ECDSA_P256_SHA256
            FfiSignatureAlgorithm.ECDSA_P384_SHA384 -> ECDSA_P384_SHA384
            FfiSignatureAlgorithm.ECDSA_P521_SHA512 -> ECDSA_P521_SHA512
            FfiSignatureAlgorithm.UNKNOWN -> UNKNOWN
        }
    }
}
