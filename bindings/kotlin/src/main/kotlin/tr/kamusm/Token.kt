package tr.kamusm

import tr.kamusm.ffi.Identity as FfiIdentity
import tr.kamusm.ffi.InitPolicy as FfiInitPolicy
import tr.kamusm.ffi.PadTrust as FfiPadTrust
import tr.kamusm.ffi.Purpose as FfiPurpose
import tr.kamusm.ffi.SignOptions as FfiSignOptions
import tr.kamusm.ffi.Token as FfiToken

/** A signer: a smart card, or a software key. Any number of sessions and threads share it; its calls take turns. */
public class Token private constructor(private val held: Held<FfiToken>) : Handle(held) {
    /**
     * Lists every certificate that the token holds, also those that cannot sign. It blocks and never asks for a PIN.
     *
     * @throws KamusmException.Card [Code.NO_READER], [Code.NO_TOKEN]: ask for reader or card and call again
     */
    @JvmOverloads
    public fun identities(timeoutMs: Long = 10_000): List<Identity> =
        held { it.identities(timeoutMs) }.map(::Identity)

    /**
     * Performs a Sign step: signs all items with one PIN entry. It blocks until the window is over at the latest. The
     * PIN is empty afterwards, whatever comes of it. A card that was pulled and time that is over are answers.
     *
     * @throws KamusmException where [KamusmException.asksForPinAgain], the same step comes again: ask the person again
     */
    @JvmOverloads
    public fun sign(
        step: SignStep,
        pin: Pin?,
        options: SignOptions = SignOptions(),
        cancel: CancelToken? = null,
    ): Answer = held { token ->
        step.held { step ->
            pin?.held.orNone { pin ->
                cancel?.held.orNone { cancel -> Answer(token.sign(step, pin, options.toFfi(), cancel)) }
            }
        }
    }

    public companion object {
        /**
         * Loads a PKCS#11 module and starts it. It stays loaded until the process ends.
         *
         * @throws KamusmException.Card [Code.MODULE_NOT_FOUND], [Code.MODULE_LOAD]: the driver is not installed
         */
        @JvmStatic
        @JvmOverloads
        public fun openModule(path: String, initPolicy: InitPolicy = InitPolicy.TOLERANT): Token =
            Token(native { Held(FfiToken.openModule(path, initPolicy.ffi)) })

        /**
         * Opens a PKCS#12 file. The password is empty afterwards; it is asked for again, as PIN, at each signature.
         *
         * @throws KamusmException.Card [Code.PIN_INCORRECT]: the password is wrong or the file is damaged
         */
        @JvmStatic
        public fun openPkcs12(octets: ByteArray, password: Pin): Token =
            Token(password.held { Held(FfiToken.openPkcs12(octets, it)) })

        /**
         * Opens PEM text with one private key, not encrypted, and its certificate. The PIN, if there is one, is what
         * signing will ask for; it is empty afterwards.
         */
        @JvmStatic
        @JvmOverloads
        public fun openPem(octets: ByteArray, pin: Pin? = null): Token =
            Token(pin?.held.orNone { pin -> native { Held(FfiToken.openPem(octets, pin)) } })
    }
}

/** A certificate whose private key a token holds. Its texts hold personal data: keep them out of logs. */
public class Identity internal constructor(internal val ffi: FfiIdentity) {
    /** The certificate, DER. */
    public val certificate: ByteArray get() = ffi.certificate

    /** SHA-256 of the certificate. */
    public val fingerprint: ByteArray get() = ffi.fingerprint

    /** The person's name in the certificate; empty where it has none. */
    public val commonName: String get() = ffi.commonName

    /** Label of the token; empty for a software key. */
    public val tokenLabel: String get() = ffi.tokenLabel

    /** Name of the reader; empty for a software key. */
    public val reader: String get() = ffi.reader

    /** From when the certificate is valid, seconds since 1970-01-01T00:00:00Z. */
    public val notBeforeUnixSeconds: Long get() = ffi.notBeforeUnixS

    /** Until when the certificate is valid, seconds since 1970-01-01T00:00:00Z. */
    public val notAfterUnixSeconds: Long get() = ffi.notAfterUnixS

    /** What the certificate's key usage is for. */
    public val purpose: Purpose
        get() = when (ffi.purpose) {
            FfiPurpose.SIGNING -> Purpose.SIGNING
            FfiPurpose.AUTHENTICATION -> Purpose.AUTHENTICATION
            FfiPurpose.OTHER -> Purpose.OTHER
        }

    /** Why the certificate cannot sign, to tell the person who misses it; none if it can. */
    public val refusal: KamusmException? = ffi.refusal?.let(KamusmException::of)

    /** Whether the PIN is typed on the reader's own PIN pad. */
    public val hasPinPad: Boolean get() = ffi.hasPinPad

    /** PIN tries that are left, where the token tells. */
    public val pinTriesLeft: Int? get() = ffi.pinTriesLeft
}

/** What the key usage of a certificate is for (RFC 5280 4.2.1.3). */
public enum class Purpose {
    /** nonRepudiation: signatures that bind. */
    SIGNING,

    /** digitalSignature alone: signing in. */
    AUTHENTICATION,

    /** Anything else: encryption, certificates of authorities. */
    OTHER,
}

/** How to sign. It starts with the careful side of everything. */
public class SignOptions @JvmOverloads constructor(
    /** The PIN is typed on the PIN pad of the reader; none is given here. */
    public val usePad: Boolean = false,
    /** Whether to believe the token about its PIN pad. */
    public val padTrust: PadTrust = PadTrust.AS_TOKEN,
    /** Lets the last PIN try be used too. The person must know that it is the last. */
    public val allowFinalTry: Boolean = false,
    /** Signs even if the host program is logged in at the token already, so that no PIN is checked. */
    public val allowHostLogin: Boolean = false,
) {
    internal fun toFfi() = FfiSignOptions(
        usePad = usePad,
        padPolicy = padTrust.ffi,
        allowFinalTry = allowFinalTry,
        allowHostLogin = allowHostLogin,
    )
}

/** Readers lie about their PIN pad, in both directions. */
public enum class PadTrust(internal val ffi: FfiPadTrust) {
    /** As the token says. */
    AS_TOKEN(FfiPadTrust.AS_TOKEN),

    /** There is none, whatever the token says. */
    IGNORE(FfiPadTrust.IGNORE),

    /** There is one, whatever the token says. */
    ASSUME(FfiPadTrust.ASSUME),
}

/** Who calls C_Initialize of a PKCS#11 module. C_Finalize is never called: it would end the sessions of others. */
public enum class InitPolicy(internal val ffi: FfiInitPolicy) {
    /** We do; if somebody in the process already has, that is fine too. */
    TOLERANT(FfiInitPolicy.TOLERANT),

    /** The host program has, before it opens the token. */
    HOST_MANAGED(FfiInitPolicy.HOST_MANAGED),

    /** We do; if somebody in the process already has, that is an error. */
    STRICT(FfiInitPolicy.STRICT),
}
