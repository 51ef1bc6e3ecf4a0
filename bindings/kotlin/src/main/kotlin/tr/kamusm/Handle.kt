package tr.kamusm

/** Something of the library that is let go by [close]; afterwards every use is the error [Code.CLOSED]. */
public abstract class Handle internal constructor(private val held: Held<*>) : AutoCloseable {
    /** Closing twice is no error; what another thread is doing with the object comes to its end first. */
    override fun close() {
        held.close()
    }
}

/**
 * An object of the generated layer while it lives. That layer checks the object of a call but not its arguments, so
 * that a closed argument would crash the process; here none is reached but through [invoke].
 */
internal class Held<F : AutoCloseable>(private val ffi: F) {
    private var users = 0
    private var isClosed = false

    operator fun <R> invoke(call: (F) -> R): R {
        begin()
        try {
            return native { call(ffi) }
        } finally {
            end()
        }
    }

    fun close() {
        val isLast = synchronized(this) {
            if (isClosed) return
            isClosed = true
            users == 0
        }
        if (isLast) ffi.close()
    }

    private fun begin() = synchronized(this) {
        if (isClosed) throw KamusmException.of(Code.CLOSED, "the object was closed")
        users++
    }

    private fun end() {
        val isLast = synchronized(this) { --users == 0 && isClosed }
        if (isLast) ffi.close()
    }
}

/** The same for an argument that may be left out. */
internal fun <F : AutoCloseable, R> Held<F>?.orNone(call: (F?) -> R): R =
    if (this == null) call(null) else this(call)
