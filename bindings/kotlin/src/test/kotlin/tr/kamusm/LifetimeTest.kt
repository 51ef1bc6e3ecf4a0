package tr.kamusm

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertDoesNotThrow
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

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

    private fun assertNoGrowth(once: () -> Unit) {
        repeat(5_000) { once() }
        val before = residentKib()
        repeat(10_000) { number ->
            once()
            // The collector knows nothing of what it could free outside of its heap.
            if (number % 1_000 == 0) System.gc()
        }
        val grown = residentKib() - before
        assertTrue(grown < 24_000, "it grew by $grown KiB")
    }

    private fun residentKib(): Long {
        System.gc()
        Thread.sleep(200)
        System.gc()
        val line = Files.readAllLines(Path.of("/proc/self/status")).first { it.startsWith("VmRSS:") }
        return line.filter(Char::isDigit).toLong()
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
            HttpClient(config).let { it to { Applications(config, PersonToken.parse("t"), it).list() } },
            token to { token.identities() },
            step to { step.cancelled() },
            answer to { session.answer(answer) },
            session to { session.step() },
            session to { runBlocking { session.run(Accepting(token), HttpClient(config)) } },
            PersonToken.parse("t").let { it to { Applications(config, it, HttpClient(config)).list() } },
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
