package tr.kamusm

import tr.kamusm.ffi.CodeClient as FfiCodeClient
import tr.kamusm.ffi.CodeSession as FfiCodeSession
import tr.kamusm.ffi.SignCode as FfiSignCode

/** The page's side of a doğrulama kodu: the code and what became of it. */
public class SignCode internal constructor(signCode: FfiSignCode) {
    /** Its id. */
    public val id: String = signCode.id

    /** What became of it, such as `redeemed`. */
    public val state: String = signCode.state

    /** The code, while it may be shown: [VerificationCode.written]. */
    public val code: VerificationCode? = signCode.code?.let { VerificationCode(Held(it)) }

    /** When it was issued, RFC 3339. */
    public val createdAt: String = signCode.createdAt

    /** Seconds for which it is good. */
    public val expiresInSeconds: Long = signCode.expiresIn

    /** How often somebody else tried to redeem it. */
    public val secondRedemptions: Long = signCode.secondRedemptions

    /** The session that it was redeemed for. */
    public val session: CodeSession? = signCode.session?.let(::CodeSession)
}

/** The session that a code was redeemed for. */
public class CodeSession internal constructor(session: FfiCodeSession) {
    /** Where it stands, such as `awaiting_confirmation`. */
    public val state: String = session.state

    /** Kontrol sayısı. */
    public val matchCode: String = session.matchCode

    /** The program. */
    public val client: CodeClient = CodeClient(session.client)

    /** When it began, RFC 3339. */
    public val createdAt: String = session.createdAt

    /** Seconds after which it ends whatever happens. */
    public val hardExpiresInSeconds: Long = session.hardExpiresIn
}

/** The program that redeemed a code. */
public class CodeClient internal constructor(client: FfiCodeClient) {
    /** Its name. */
    public val name: String = client.name

    /** Its version. */
    public val version: String = client.version

    /** Where it is. */
    public val network: String = client.network

    /** Whether that is another network than the page's. */
    public val isOtherNetwork: Boolean = client.isOtherNetwork
}
