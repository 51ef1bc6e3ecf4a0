package tr.kamusm

import java.util.concurrent.CopyOnWriteArrayList
import tr.kamusm.ffi.CancelToken as FfiCancelToken

/**
 * Ends what waits: requests, pauses, calls to a card. The one object that is made to be used while others wait with it.
 * Once cancelled it stays so.
 */
public class CancelToken private constructor(internal val held: Held<FfiCancelToken>) : Handle(held) {
    private val listeners = CopyOnWriteArrayList<Runnable>()

    /** A token that nobody has cancelled. */
    public constructor() : this(native { Held(FfiCancelToken()) })

    /** Whether somebody has cancelled. */
    public val isCancelled: Boolean get() = held { it.isCancelled() }

    /** Cancels from any thread; whoever waits comes back. */
    public fun cancel() {
        held { it.cancel() }
        listeners.forEach(::tell)
    }

    /**
     * Runs `listener` once when somebody cancels, at once if somebody has; for transports and signers of one's own.
     * Closing what is returned takes it back.
     */
    public fun onCancel(listener: Runnable): AutoCloseable {
        listeners.add(listener)
        if (isCancelled) {
            tell(listener)
        }
        return AutoCloseable { listeners.remove(listener) }
    }

    /** Whoever takes it off the list runs it, so that it runs once. */
    private fun tell(listener: Runnable) {
        if (listeners.remove(listener)) {
            listener.run()
        }
    }
}
