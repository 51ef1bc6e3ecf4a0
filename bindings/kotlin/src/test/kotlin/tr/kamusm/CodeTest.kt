package tr.kamusm

import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import tr.kamusm.ffi.errorCodes

class CodeTest {
    @Test
    fun `the table is the library's`() {
        val ours = Code.entries.map { listOf(it.number, it.name, it.category.number, it.isRetryable) }
        val theirs = native { errorCodes() }.map { listOf(it.number, it.name, it.category, it.retryable) }
        assertEquals(theirs, ours)
        assertTrue(ours.size > 100)
    }

    @Test
    fun `every code has its sentences and its class`() {
        for (code in Code.entries) {
            val error = KamusmException.of(code, "why")
            assertEquals(code, error.code)
            assertEquals(code.category.name, error.javaClass.simpleName.uppercase(Locale.ROOT))
            assertTrue(error.sentence(Language.TURKISH).endsWith("."))
            assertTrue(error.sentence(Language.ENGLISH) != error.sentence(Language.TURKISH))
        }
        assertEquals("Yanıt, bitmiş bir adıma geldi. Hiçbir şey değişmedi.", Code.STALE.sentence(Language.TURKISH))
    }

    @Test
    fun `the message is the sentence in the system's language and nothing else`() {
        val error = assertThrows<KamusmException> { VerificationCode.parse("not a code") }
        assertInstanceOf(KamusmException.Service::class.java, error)
        assertEquals(Code.CODE_MALFORMED, error.code)
        val language = if (Locale.getDefault().language == "tr") Language.TURKISH else Language.ENGLISH
        assertEquals(Code.CODE_MALFORMED.sentence(language), error.message)
        assertEquals("KamusmException.Service: CODE_MALFORMED (-232): ${error.reason}", error.toString())
        assertTrue("not a code" !in error.toString())
    }

    @Test
    fun `a number of a newer library is an internal error`() {
        assertEquals(Code.INTERNAL, Code.of(-99_999))
        assertEquals(Code.PIN_LOCKED, Code.of(-318))
    }
}
