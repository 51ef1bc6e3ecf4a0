package tr.kamusm

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import tr.kamusm.ffi.Call as FfiCall
import tr.kamusm.ffi.Message as FfiMessage

/**
 * One request to the service with the decoder of its answer; [Portal] makes them. Where an act must not happen twice the
 * call holds its key: performed again after a lost answer it is the same act.
 */
public class Call<T> internal constructor(
    internal val held: Held<FfiCall>,
    private val told: (FfiMessage) -> T,
) : Handle(held) {
    /** What to send, exactly as it stands. */
    public val request: Request get() = Request(held { it.request() })

    /** What the service says; a refusal, or an answer that is none, is thrown as its error. */
    public fun decode(response: Response): T = tell(held { it.decode(response.toFfi()) })

    /** Performs it by the library's own transport. It blocks. */
    @JvmOverloads
    public fun perform(http: HttpClient, cancel: CancelToken = CancelToken()): T = BuiltIn(http).call(this, cancel)

    /** Performs it by the program's own transport. It blocks. */
    @JvmOverloads
    public fun perform(transport: Transport, cancel: CancelToken = CancelToken()): T =
        Own(transport).call(this, cancel)

    internal fun tell(message: FfiMessage): T = told(message)
}

/** [Call.perform] as a suspending function; cancelling the coroutine cancels `cancel`. */
public suspend fun <T> Call<T>.await(http: HttpClient, cancel: CancelToken = CancelToken()): T =
    cancelling(cancel) { withContext(Dispatchers.IO) { perform(http, cancel) } }

/** The same with the program's own transport. */
public suspend fun <T> Call<T>.await(transport: Transport, cancel: CancelToken = CancelToken()): T =
    cancelling(cancel) { withContext(Dispatchers.IO) { perform(transport, cancel) } }

/** A call whose message is of this kind; the library gives no other. */
internal inline fun <reified M : FfiMessage, T> callOf(call: FfiCall, crossinline told: (M) -> T): Call<T> =
    Call(Held(call)) { message ->
        if (message !is M) throw KamusmException.of(Code.INTERNAL, "the message is of another kind")
        told(message)
    }
