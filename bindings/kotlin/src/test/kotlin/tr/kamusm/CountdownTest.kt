package tr.kamusm

import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CountdownTest {
    @Test
    fun `one value per full second down to 0`() = runBlocking {
        val began = System.nanoTime()
        fun now() = (System.nanoTime() - began) / 1_000_000
        val values = mutableListOf<Pair<Int, Long>>()
        countdownTo(2_300, ::now).collect { values += it to now() }
        assertEquals(listOf(3, 2, 1, 0), values.map { it.first })
        for ((value, at) in values) {
            // Never before its second.
            assertTrue(at >= 2_300 - value * 1_000, "$value at $at")
        }
        assertTrue(values[2].second < 2_300)
    }

    @Test
    fun `what is over is 0 and the begun second counts`() = runBlocking {
        assertEquals(listOf(0), countdownTo(0) { 5_000 }.toList())
        assertEquals(listOf(150), countdownTo(150_000) { 0 }.take(1).toList())
        assertEquals(listOf(150), countdownTo(150_000) { 999 }.take(1).toList())
        assertEquals(listOf(149), countdownTo(150_000) { 1_000 }.take(1).toList())
    }

    @Test
    fun `the window of the service is 150 seconds`() = runBlocking {
        var left = 0 to emptyList<Int>()
        val token = Sandbox.token()
        val config = Sandbox.config()
        Session(VerificationCode.parse(Sandbox.code()), config).run(object : Accepting(token) {
            override suspend fun show(step: ShowStep, cancel: CancelToken): Answer {
                left = step.secondsLeft() to step.countdown().take(2).toList()
                return step.decline()
            }
        }, HttpClient(config))
        assertTrue(left.first in 145..150, "$left")
        assertEquals(listOf(left.second[0], left.second[0] - 1), left.second)
    }
}
