package tr.kamusm

import tr.kamusm.ffi.PhoneVerification as FfiPhoneVerification

/** A code that was sent to the person's phone. */
public class PhoneVerification internal constructor(verification: FfiPhoneVerification) {
    /** Its id. */
    public val id: String = verification.id

    /** Where it was sent, masked. */
    public val gsm: String = verification.gsm

    /** Seconds for which the code is good. */
    public val expiresInSeconds: Long = verification.expiresIn

    /** How often it may be tried. */
    public val attemptsLeft: Long = verification.attemptsLeft

    /** Seconds after which another one may be asked for. */
    public val resendInSeconds: Long = verification.resendIn
}
