package tr.kamusm

import com.sun.jna.Library as JnaLibrary
import com.sun.jna.Native
import com.sun.jna.Structure
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertDoesNotThrow
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** glibc's statistics, malloc.h. */
@Structure.FieldOrder(
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
)
open class Mallinfo2 : Structure(), Structure.ByValue {
    @JvmField var arena = 0L
    @JvmField var ordblks = 0L
    @JvmField var smblks = 0L
    @JvmField var hblks = 0L
    @JvmField var hblkhd = 0L
    @JvmField var usmblks = 0L
    @JvmField var fsmblks = 0L
    @JvmField var uordblks = 0L
    @JvmField var fordblks = 0L
    @JvmField var keepcost = 0L
}

interface Allocator : JnaLibrary {
    fun mallinfo2(): Mallinfo2

    companion object {
        val C: Allocator = Native.load("c", Allocator::class.java)
    }
}

class LifetimeTest {
    private val config = Sandbox.config()
    private val code = VerificationCode.parse("SHYZ-BZZD-YBBM-4EVA")

    @Test
    fun `10 000 sessions opened and closed do not grow`() {
        assertNoGrowth {
            Session(code, config).use { session ->
                session.step().use { step -> (step as SendStep).failed(TransportFailure.UNREACHABLE).use(session::answer) }
            }
        }
    }

    @Test
    fun `10 000 sessions opened and dropped do not grow`() {
        assertNoGrowth {
            val session = Session(code, config)
            session.answer((session.step() as SendStep).failed(TransportFailure.UNREACHABLE))
        }
    }

    /** What leaks grows each time, by 200 octets a session and more; what the JVM takes or gives back, once. */
    private fun assertNoGrowth(once: () -> Unit) {
        val noise = -1_500L..1_500L
        repeat(5_000) { once() }
        val grown = mutableListOf<Long>()
        while (grown.size < 3 && grown.none { it in noise }) grown += grownKib(once)
        assertTrue(grown.last() in noise, "it grew by $grown KiB")
    }

    private fun grownKib(once: () -> Unit): Long {
        val before = usedKib()
        repeat(10_000) { number ->
            once()
            // The collector knows nothing of what it could free outside of its heap.
            if (number % 1_000 == 0) System.gc()
        }
        return usedKib() - before
    }

    /** Of the library's allocator and of the JVM's heap; the collector and its cleaner need several rounds. */
    private fun usedKib(): Long = (1..15).minOf {
        System.gc()
        Thread.sleep(200)
        val heap = Runtime.getRuntime().run { totalMemory() - freeMemory() }
        (Allocator.C.mallinfo2().uordblks + heap) / 1024
    }

    @Test
    fun `use after close is an error`() {
        val token = Sandbox.token()
        val session = Session(code, config)
        val step = session.step() as SendStep
        val answer = step.cancelled()
        val closed = listOf<Pair<Handle, () -> Any?>>(
            Pin().let { it to { it.push(1) } },
            CancelToken().let { it to { it.cancel() } },
            VerificationCode.parse("SHYZ-BZZD-YBBM-4EVA").let { it to { it.environment } },
            Sandbox.config().let { it to { it.log() } },
            Sandbox.config().let { it to { HttpClient(it) } },
            HttpClient(config).let { it to { Portal(config, PersonToken.parse("t")).applications().perform(it) } },
            token to { token.identities() },
            step to { step.cancelled() },
            answer to { session.answer(answer) },
            session to { session.step() },
            session to { runBlocking { session.run(Accepting(token), HttpClient(config)) } },
            PersonToken.parse("t").let { it to { Portal(config, it).applications().perform(HttpClient(config)) } },
        )
        for ((place, pair) in closed.withIndex()) {
            pair.first.close()
            assertDoesNotThrow { pair.first.close() }
            val error = assertThrows<KamusmException.Usage>("number $place") { pair.second() }
            assertEquals(Code.CLOSED, error.code)
        }
        assertEquals("GET", step.request.method, "what a closed step said stays readable")
    }

    @Test
    fun `two threads share everything but the session`() {
        val http = HttpClient(config)
        val token = Sandbox.token()
        val accepted = AtomicInteger()
        val threads = (1..2).map {
            thread {
                repeat(3) {
                    val outcome = Session(VerificationCode.parse(Sandbox.code()), config).use { session ->
                        session.runBlocking(BlockingAccepting(token), http)
                    }
                    if (outcome.kind == OutcomeKind.ACCEPTED) accepted.incrementAndGet()
                }
            }
        }
        threads.forEach(Thread::join)
        assertEquals(6, accepted.get())
    }

    @Test
    fun `one session from two threads takes turns`() {
        Session(code, config).use { session ->
            val steps = AtomicInteger()
            val errors = AtomicInteger()
            val threads = (1..2).map {
                thread {
                    repeat(500) {
                        session.step().use { step ->
                            try {
                                if (step is SendStep) session.answer(step.failed(TransportFailure.UNREACHABLE))
                            } catch (error: KamusmException) {
                                if (error.code != Code.STALE) errors.incrementAndGet()
                            }
                            steps.incrementAndGet()
                        }
                    }
                }
            }
            threads.forEach(Thread::join)
            assertEquals(1_000, steps.get())
            assertEquals(0, errors.get())
        }
    }

    @Test
    fun `a session that is closed while it is used is an error and no crash`() {
        val session = Session(code, config)
        var error: Throwable? = null
        val user = thread {
            try {
                while (true) session.step().close()
            } catch (thrown: KamusmException) {
                error = thrown
            }
        }
        Thread.sleep(200)
        session.close()
        user.join(10_000)
        assertEquals(Code.CLOSED, (error as KamusmException).code)
    }
}
