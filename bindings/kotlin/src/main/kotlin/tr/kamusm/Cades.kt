package tr.kamusm

import tr.kamusm.ffi.CadesPolicy as FfiCadesPolicy
import tr.kamusm.ffi.CadesProfile
import tr.kamusm.ffi.CadesSigning as FfiCadesSigning
import tr.kamusm.ffi.Indication as FfiIndication
import tr.kamusm.ffi.SignatureReport as FfiSignatureReport
import tr.kamusm.ffi.cadesValidate

/** A CAdES-B-B signature that lacks only its value (EN 319 122-1 clause 6), for keys that are not here. */
public class CadesSigning private constructor(private val held: Held<FfiCadesSigning>) : Handle(held) {
    /**
     * Builds what the signer has to sign.
     *
     * @param certificate the signer's, DER
     * @param signingTimeUnixSeconds what the signer claims, seconds since 1970-01-01T00:00:00Z
     * @param attached whether the content travels inside the signature
     * @param chain the certificates above the signer's, DER
     */
    @JvmOverloads
    public constructor(
        content: ByteArray,
        certificate: ByteArray,
        signingTimeUnixSeconds: Long,
        attached: Boolean = false,
        chain: List<ByteArray> = emptyList(),
    ) : this(
        native {
            Held(FfiCadesSigning(content, certificate, chain, CadesProfile(attached, signingTimeUnixSeconds)))
        },
    )

    /** What to sign and how. */
    public val item: SignItem =
        held { SignItem(it.toBeSigned(), it.digest(), SignatureAlgorithm.of(it.algorithm())) }

    /**
     * The finished signature file, DER, after the value was verified with the certificate.
     *
     * @throws KamusmException.Signature [Code.SELF_CHECK]: another key signed, or other octets
     */
    public fun finish(signature: ByteArray): ByteArray = held { it.finish(signature) }
}

/** What a signature is judged by (EN 319 102-1). Certificates are DER, one each, or PEM text with any number. */
public class CadesPolicy(
    private val anchors: List<ByteArray>,
    private val atUnixSeconds: Long,
) {
    private var intermediates = emptyList<ByteArray>()
    private var crls = emptyList<ByteArray>()
    private var ocspResponses = emptyList<ByteArray>()
    private var isRevocationRequired = true
    private var isQualifiedRequired = true

    /** Further certificates for building paths, trusted by nobody. */
    public fun intermediates(certificates: List<ByteArray>): CadesPolicy = apply { intermediates = certificates }

    /** CRLs, DER. */
    public fun crls(crls: List<ByteArray>): CadesPolicy = apply { this.crls = crls }

    /** OCSP responses, DER. */
    public fun ocspResponses(responses: List<ByteArray>): CadesPolicy = apply { ocspResponses = responses }

    /** Whether revocation data must be at hand for every certificate of the path; true without this. */
    public fun revocationRequired(required: Boolean): CadesPolicy = apply { isRevocationRequired = required }

    /** Whether the signer needs a nitelikli elektronik sertifika; true without this. */
    public fun qualifiedRequired(required: Boolean): CadesPolicy = apply { isQualifiedRequired = required }

    /**
     * Judges every signer of a CMS file, BER or DER. Never empty: a file without a readable signer has one verdict
     * that failed.
     *
     * @param detached the content if the file does not hold it; if it holds it too, both must be equal
     */
    @JvmOverloads
    public fun validate(cms: ByteArray, detached: ByteArray? = null): List<SignatureReport> {
        val policy = FfiCadesPolicy(
            anchors = anchors, atUnixS = atUnixSeconds, intermediates = intermediates, crls = crls,
            ocsps = ocspResponses, revocationRequired = isRevocationRequired,
            qualifiedRequired = isQualifiedRequired,
        )
        return native { cadesValidate(cms, detached, policy) }.map(::SignatureReport)
    }
}

/** The verdict on one signer. */
public class SignatureReport internal constructor(report: FfiSignatureReport) {
    /** The main status. */
    public val indication: Indication = when (report.indication) {
        FfiIndication.TOTAL_PASSED -> Indication.TOTAL_PASSED
        FfiIndication.INDETERMINATE -> Indication.INDETERMINATE
        FfiIndication.TOTAL_FAILED -> Indication.TOTAL_FAILED
    }

    /** The code of the standard that explains it, such as `HASH_FAILURE`; none if the signature passed. */
    public val subIndication: String? = report.subIndication

    /** What was found, for developers, in English; none if the signature passed. */
    public val reason: String? = report.reason

    /** Oddities that change no verdict, such as `policy-not-processed`. */
    public val warnings: List<String> = report.warnings

    /** The form of the signature, such as `CAdES-BASELINE-B`; what is there, not whether it is valid. */
    public val level: String = report.level

    /** The certificate that the signature was made with, DER. */
    public val signer: ByteArray? = report.signer

    /** SHA-256 of that certificate. */
    public val signerFingerprint: ByteArray? = report.signerFingerprint

    /** When the signer says to have signed, seconds since 1970-01-01T00:00:00Z; only a claim. */
    public val signingTimeUnixSeconds: Long? = report.signingTimeUnixS
}

/** The main status of one signature. */
public enum class Indication {
    /** All checks passed. */
    TOTAL_PASSED,

    /** What is known does not suffice for either verdict. */
    INDETERMINATE,

    /** The signature is broken or was made with an unusable certificate. */
    TOTAL_FAILED,
}
