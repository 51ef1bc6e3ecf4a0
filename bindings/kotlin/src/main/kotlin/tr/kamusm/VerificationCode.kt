package tr.kamusm

import tr.kamusm.ffi.Environment as FfiEnvironment
import tr.kamusm.ffi.VerificationCode as FfiVerificationCode

/** A doğrulama kodu whose check symbol is right. It is a credential: keep it out of logs. */
public class VerificationCode internal constructor(internal val held: Held<FfiVerificationCode>) :
    Handle(held) {
    /** The service that issued the code. */
    public val environment: Environment
        get() = when (held { it.environment() }) {
            FfiEnvironment.PRODUCTION -> Environment.PRODUCTION
            FfiEnvironment.SANDBOX -> Environment.SANDBOX
        }

    /** The code as it is shown to the person, in groups of four. */
    public fun written(): String = held { it.written() }

    public companion object {
        /**
         * Reads what the person pasted: spaces, dashes and letters that look alike are put right.
         *
         * @throws KamusmException.Service [Code.CODE_MALFORMED]: let the person paste again
         */
        @JvmStatic
        public fun parse(text: String): VerificationCode =
            VerificationCode(native { Held(FfiVerificationCode.parse(text)) })
    }
}

/** Which service a code belongs to; its first symbol says so. */
public enum class Environment {
    /** Codes begin with K. */
    PRODUCTION,

    /** Codes begin with S. */
    SANDBOX,

    ;

    internal fun toFfi(): FfiEnvironment =
        if (this == PRODUCTION) FfiEnvironment.PRODUCTION else FfiEnvironment.SANDBOX
}
