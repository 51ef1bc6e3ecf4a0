package tr.kamusm

import tr.kamusm.ffi.EDevlet as FfiEDevlet
import tr.kamusm.ffi.Message as FfiMessage
import tr.kamusm.ffi.SignedIn as FfiSignedIn

/** A person who signed in, by [EDevlet] or by [Session.signIn]. */
public class SignedIn internal constructor(signedIn: FfiSignedIn) {
    /** What the person's calls are made with: [Portal]. */
    public val token: PersonToken = PersonToken(Held(signedIn.token))

    /** Seconds for which it is good. */
    public val expiresInSeconds: Long = signedIn.expiresInS

    /** Ad Soyad, masked. */
    public val name: String = signedIn.name

    /** The TCKN, masked. */
    public val tckn: String = signedIn.tckn
}

/**
 * One sign-in by e-Devlet: open [address] in the person's browser, give the address that it comes back to to [returned].
 */
public class EDevlet private constructor(private val held: Held<FfiEDevlet>) : Handle(held) {
    /**
     * Begins a sign-in for the client with this id, whose registered address is a loopback address or a scheme of the
     * program's own (RFC 8252 7).
     */
    public constructor(config: Config, clientId: String, redirectUri: String) :
        this(config.held { Held(FfiEDevlet(it, clientId, redirectUri)) })

    /** The page to open in the person's browser. */
    public val address: String = held { it.address() }

    /** Whether this address is the one that the browser comes back to. */
    public fun isReturn(address: String): Boolean = held { it.isReturn(address) }

    /**
     * Takes the address that the browser came back to; its code is good once. Worth handling: [Code.CANCELLED], the
     * person did not want to; [Code.FORBIDDEN], somebody else made the address.
     */
    public fun returned(address: String): Call<SignedIn> =
        callOf(held { it.returned(address) }) { it: FfiMessage.SignedIn -> SignedIn(it.signedIn) }
}
