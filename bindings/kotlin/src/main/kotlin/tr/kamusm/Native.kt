package tr.kamusm

import com.sun.jna.Native
import java.io.IOException
import tr.kamusm.ffi.InternalException
import tr.kamusm.ffi.KamusmException as FfiException

/**
 * Calls the library; what it throws becomes ours. The strings of its exceptions never reach a person: UniFFI makes them
 * from the fields.
 */
internal inline fun <R> native(call: () -> R): R {
    Library.isReady
    try {
        return call()
    } catch (error: FfiException) {
        throw error.toPublic()
    } catch (error: InternalException) {
        throw KamusmException.of(Code.INTERNAL, "a defect of the library").apply { initCause(error) }
    }
}

/** The native library: the one in our own jar, whatever `LD_LIBRARY_PATH` says. */
internal object Library {
    private const val NAME = "kamusm_uniffi"
    private const val OVERRIDE = "uniffi.component.$NAME.libraryOverride"

    /** True; to ask is to load. */
    val isReady: Boolean = true

    init {
        if (System.getProperty(OVERRIDE) == null) {
            inJar()?.let { System.setProperty(OVERRIDE, it) }
        }
    }

    /** Absent on Android, where the system unpacks the libraries of an app and JNA finds them. */
    private fun inJar(): String? = try {
        Native.extractFromResourcePath(NAME, Library::class.java.classLoader).absolutePath
    } catch (_: IOException) {
        null
    }
}
