package tr.kamusm

import tr.kamusm.ffi.ValueKind as FfiValueKind
import tr.kamusm.ffi.valueOf

/** What a person types, parsed as the service parses it, to be told before anything is sent. */
public class Value private constructor(
    /** As it is sent. */
    public val text: String,
    /** As it may be shown and logged. */
    public val masked: String,
) {
    public companion object {
        /** Parses a text. Worth handling: [Code.RANGE], let the person type it again. */
        @JvmStatic
        public fun parse(text: String, kind: ValueKind): Value =
            native { valueOf(text, kind.ffi) }.let { Value(it.text, it.masked) }
    }
}

/** What a text is meant to be. */
public enum class ValueKind(internal val ffi: FfiValueKind) {
    /** A T.C. Kimlik Numarası with right check digits. */
    TCKN(FfiValueKind.TCKN),

    /** Eleven digits in the form of a T.C. Kimlik Numarası; whether the check digits are right is not looked at. */
    UNCHECKED_TCKN(FfiValueKind.UNCHECKED_TCKN),

    /** A mobile number. */
    GSM(FfiValueKind.GSM),

    /** An e-mail address. */
    EMAIL(FfiValueKind.EMAIL),
}
