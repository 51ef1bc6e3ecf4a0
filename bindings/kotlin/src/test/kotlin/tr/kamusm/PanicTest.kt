package tr.kamusm

import com.sun.jna.Library as JnaLibrary
import com.sun.jna.Native
import java.lang.reflect.InvocationTargetException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import tr.kamusm.ffi.InternalException
import tr.kamusm.ffi.UniffiNullRustCallStatusErrorHandler
import tr.kamusm.ffi.UniffiRustCallStatus

/** A library with a function that panics, which is in no library that is shipped. */
@Suppress("FunctionName")
internal interface Planted : JnaLibrary {
    fun uniffi_kamusm_uniffi_fn_func_planted_panic(status: UniffiRustCallStatus)
}

class PanicTest {
    @Test
    fun `a panic is an internal error and the process goes on`() {
        val error = assertThrows<KamusmException.Internal> { native { panic() } }
        assertEquals(Code.INTERNAL, error.code)
        assertInstanceOf(InternalException::class.java, error.cause)
        assertTrue("planted" !in "$error" && "planted" !in error.message!!)
        assertEquals("0.1.0", version())
    }

    /** As the generated code calls: its function for that is private, and its source has no such call. */
    private fun panic() {
        val planted = Native.load(System.getenv("KAMUSM_TEST_PLANTED"), Planted::class.java)
        val call = Class.forName("tr.kamusm.ffi.Kamusm_uniffiKt").declaredMethods
            .single { it.name == "uniffiRustCallWithError" && it.parameterCount == 2 }
        call.isAccessible = true
        val panicking = { status: UniffiRustCallStatus -> planted.uniffi_kamusm_uniffi_fn_func_planted_panic(status) }
        try {
            call.invoke(null, UniffiNullRustCallStatusErrorHandler, panicking)
        } catch (error: InvocationTargetException) {
            throw error.targetException
        }
    }
}
