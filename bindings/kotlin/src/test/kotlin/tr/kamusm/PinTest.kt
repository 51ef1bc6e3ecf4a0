package tr.kamusm

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class PinTest {
    @Test
    fun `the arrays are wiped`() {
        val octets = "1234".toByteArray()
        Pin.of(octets).use { assertEquals(4, it.length) }
        assertArrayEquals(ByteArray(4), octets)
        val characters = "ğ123".toCharArray()
        Pin.of(characters).use { assertEquals(5, it.length) }
        assertArrayEquals(CharArray(4), characters)
    }

    @Test
    fun `a keypad pushes, corrects and clears`() {
        Pin().use { pin ->
            pin.push('1'.code)
            pin.push(255)
            assertEquals(2, pin.length)
            assertTrue(pin.pop())
            assertTrue(pin.pop())
            assertFalse(pin.pop())
            pin.push('7'.code)
            pin.clear()
            assertEquals(0, pin.length)
            assertEquals(Code.RANGE, assertThrows<KamusmException.Usage> { pin.push(256) }.code)
        }
    }

    @Test
    fun `the octets arrive as they are`() {
        val (certificate, key) = Sandbox.person("p256")
        Token.openPem((certificate + key).toByteArray(), Pin.of("şifre".toCharArray())).use { token ->
            val item = token.identities().single()
            assertEquals(0, Pin.of(ByteArray(0)).use { it.length })
            assertTrue(item.refusal == null)
        }
        // The password of the file, as octets and as characters.
        Token.openPkcs12(Sandbox.pkcs12, Pin.of(Sandbox.PIN.toByteArray())).close()
        Token.openPkcs12(Sandbox.pkcs12, Pin.of(Sandbox.PIN.toCharArray())).close()
        val wrong = assertThrows<KamusmException.Card> { Token.openPkcs12(Sandbox.pkcs12, Pin.of("0000".toCharArray())) }
        assertEquals(Code.PIN_INCORRECT, wrong.code)
    }
}
