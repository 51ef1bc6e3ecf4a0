package tr.kamusm

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** [Token.identities] as a suspending function. */
public suspend fun Token.awaitIdentities(timeout: Duration = 10.seconds): List<Identity> =
    withContext(Dispatchers.IO) { identities(timeout.inWholeMilliseconds) }

/** [Token.sign] as a suspending function; cancelling the coroutine cancels `cancel`. */
public suspend fun Token.awaitSign(
    step: SignStep,
    pin: Pin?,
    options: SignOptions = SignOptions(),
    cancel: CancelToken = CancelToken(),
): Answer = cancelling(cancel) { withContext(Dispatchers.IO) { sign(step, pin, options, cancel) } }

/** While the block runs, cancelling the coroutine cancels the token. */
internal suspend fun <R> cancelling(cancel: CancelToken, block: suspend () -> R): R = coroutineScope {
    var isOver = false
    // Unconfined: the thread that cancels also tells the token, whatever the coroutine's own one does.
    val watch = launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) {
        try {
            awaitCancellation()
        } finally {
            if (!isOver) cancel.cancel()
        }
    }
    try {
        block()
    } finally {
        isOver = true
        watch.cancel()
    }
}
