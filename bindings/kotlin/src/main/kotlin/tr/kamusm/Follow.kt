package tr.kamusm

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.launch
import tr.kamusm.ffi.Change as FfiChange
import tr.kamusm.ffi.Follow as FfiFollow
import tr.kamusm.ffi.Question as FfiQuestion

private const val PATIENCE_MS = 100L

/**
 * Follows the pre-applications of an institution cheaply; at most `parallel` questions are open at once. [changes] runs
 * it. Java and programs with a loop of their own call [ask], or take [next] and give [answer] or [failed].
 */
public class Follow private constructor(internal val held: Held<FfiFollow>, private val parallel: Int) : Handle(held) {
    /** Begins to follow. */
    @JvmOverloads
    public constructor(
        config: Config,
        token: PersonToken,
        institution: String,
        numbers: List<String>,
        parallel: Int = 8,
    ) : this(
        config.held { config ->
            token.held { Held(FfiFollow(config, it, institution, numbers, parallel.toLong())) }
        },
        parallel,
    )

    /** When the next question is due, on the monotonic clock; none while as many as may be wait for their answer. */
    public val deadlineMs: Long? get() = held { it.deadline() }

    /** How far it is. */
    public val progress: Progress get() = held { it.progress() }.let { Progress(it.total, it.known, it.refused, it.open) }

    /** Each change as it comes, until nothing can be followed any longer; who stops to collect ends what is asked. */
    public fun changes(http: HttpClient): Flow<Change> = changes(BuiltIn(http))

    /** The same with the program's own transport. */
    public fun changes(transport: Transport): Flow<Change> = changes(Own(transport))

    /** Asks the next question if one is due, and tells what its answer changed. It blocks. */
    @JvmOverloads
    public fun ask(http: HttpClient, cancel: CancelToken = CancelToken()): Change? = BuiltIn(http).ask(this, cancel)

    /** The same with the program's own transport. */
    @JvmOverloads
    public fun ask(transport: Transport, cancel: CancelToken = CancelToken()): Change? =
        Own(transport).ask(this, cancel)

    /** The next question that is due. */
    public fun next(): Question? = held { it.next() }?.let(::Question)

    /** Takes the answer to a question: what it changed. */
    public fun answer(question: Question, response: Response): Change? =
        held { it.answer(question.index, response.toFfi(), null) }?.let(::Change)

    /** Takes that there is no answer to a question; it is asked again later. */
    public fun failed(question: Question, failure: TransportFailure): Change? =
        held { it.answer(question.index, null, failure.ffi) }?.let(::Change)

    private fun changes(exchange: Exchange): Flow<Change> = channelFlow {
        val cancel = CancelToken()
        repeat(parallel.coerceAtLeast(1)) {
            launch(Dispatchers.IO) {
                cancelling(cancel) {
                    while (progress.refused < progress.total) {
                        val left = deadlineMs?.let { it - monotonicMs() } ?: PATIENCE_MS
                        if (left > 0) delay(left.coerceAtMost(PATIENCE_MS)) else exchange.ask(this@Follow, cancel)?.let { send(it) }
                    }
                }
            }
        }
    }
}

/** A pre-application whose status is new, or that cannot be followed any longer. */
public class Change internal constructor(change: FfiChange) {
    /** Sipariş No. */
    public val number: String = change.number

    /** The status. */
    public val status: Status? = change.status?.let(::Status)

    /** Why it is not followed any longer. */
    public val error: KamusmException? = change.error?.let(KamusmException::of)
}

/** How far a follower is. */
public class Progress internal constructor(
    /** How many are followed. */
    public val total: Long,
    /** How many statuses are known. */
    public val known: Long,
    /** How many cannot be followed. */
    public val refused: Long,
    /** How many questions wait for their answer. */
    public val open: Long,
)

/** What to ask. */
public class Question internal constructor(question: FfiQuestion) {
    internal val index: Long = question.index

    /** What to send, exactly as it stands. */
    public val request: Request = Request(question.request)
}
