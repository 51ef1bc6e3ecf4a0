package tr.kamusm

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.flow
import tr.kamusm.ffi.clock

private const val SECOND_MS = 1000L

/** One value when it is collected and then one per full second; it ends with 0. */
internal fun countdownTo(deadlineMs: Long, nowMs: () -> Long = ::monotonicMs): Flow<Int> = flow {
    while (true) {
        val left = deadlineMs - nowMs()
        val seconds = wholeSeconds(left)
        emit(seconds)
        if (seconds == 0) return@flow
        delay(left - (seconds - 1) * SECOND_MS)
    }
}.distinctUntilChanged()

internal fun secondsLeftTo(deadlineMs: Long): Int = wholeSeconds(deadlineMs - monotonicMs())

/** The begun second counts. */
private fun wholeSeconds(leftMs: Long): Int =
    Math.toIntExact(((leftMs + SECOND_MS - 1) / SECOND_MS).coerceIn(0, Int.MAX_VALUE.toLong()))

internal fun monotonicMs(): Long = native { clock() }.monotonicMs
