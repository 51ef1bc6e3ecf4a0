package tr.kamusm

import java.io.File
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class LibraryTest {
    @Test
    fun `the library is the one on the class path`() {
        assertEquals("0.1.0", version())
        val used = File(System.getProperty("uniffi.component.kamusm_uniffi.libraryOverride"))
        val ours = Library::class.java.getResource("/linux-x86-64/libkamusm_uniffi.so")!!.readBytes()
        assertTrue(used.readBytes().contentEquals(ours))
    }

    @Test
    fun `a module that is not there`() {
        val error = assertThrows<KamusmException.Card> { Token.openModule("/nowhere/libakisp11.so") }
        assertEquals(Code.MODULE_NOT_FOUND, error.code)
        assertEquals("tr" == Locale.getDefault().language, error.message == error.sentence(Language.TURKISH))
    }
}
