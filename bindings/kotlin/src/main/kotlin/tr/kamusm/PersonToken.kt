package tr.kamusm

import tr.kamusm.ffi.PersonToken as FfiPersonToken

/** A bearer token of the person's sign-in. It is a credential: keep it out of logs. */
public class PersonToken internal constructor(internal val held: Held<FfiPersonToken>) : Handle(held) {
    public companion object {
        /** 1 to 4096 visible ASCII characters (RFC 6750 2.1). */
        @JvmStatic
        public fun parse(text: String): PersonToken = PersonToken(native { Held(FfiPersonToken.parse(text)) })
    }
}
