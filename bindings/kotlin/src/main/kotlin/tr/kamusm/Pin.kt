package tr.kamusm

import java.nio.CharBuffer
import tr.kamusm.ffi.Pin as FfiPin

/**
 * A PIN, or the password of a key file: octets that are pushed one by one and wiped, never a text. It is empty again
 * after it was used once, because a PIN is never tried twice, and [close] wipes what was not used.
 */
public class Pin private constructor(internal val held: Held<FfiPin>) : Handle(held) {
    /** A PIN to be typed digit by digit. */
    public constructor() : this(native { Held(FfiPin()) })

    /** How many octets there are. */
    public val length: Int get() = held { it.len() }

    /** Adds one octet, 0 to 255, at the end: of a keypad, the digit's character. */
    public fun push(octet: Int): Unit = held { it.push(octet) }

    /** Removes the last octet and wipes its place; false if there is none. */
    public fun pop(): Boolean = held { it.pop() }

    /** Removes and wipes everything. */
    public fun clear(): Unit = held { it.clear() }

    public companion object {
        /** Takes the octets; the array is wiped. */
        @JvmStatic
        public fun of(octets: ByteArray): Pin {
            val pin = Pin()
            try {
                octets.forEach { pin.push(it.toInt() and 0xff) }
            } finally {
                octets.fill(0)
            }
            return pin
        }

        /** Takes the characters as UTF-8; the array is wiped. */
        @JvmStatic
        public fun of(characters: CharArray): Pin {
            val encoded = Charsets.UTF_8.encode(CharBuffer.wrap(characters))
            characters.fill('\u0000')
            val octets = ByteArray(encoded.remaining()).also { encoded.get(it) }
            encoded.array().fill(0)
            return of(octets)
        }
    }
}
