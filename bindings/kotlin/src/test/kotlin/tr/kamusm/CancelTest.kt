package tr.kamusm

import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CancelTest {
    private val config = Sandbox.config()
    private val http = HttpClient(config)
    private val token = Sandbox.token()

    @AfterEach
    fun clear() {
        Sandbox.clearFaults()
    }

    @Test
    fun `cancelling the coroutine while the person reads tells the service`() = runBlocking {
        val cancel = CancelToken()
        val reading = CompletableDeferred<Unit>()
        val work = async(Dispatchers.Default) {
            Session(VerificationCode.parse(Sandbox.code()), config).use { session ->
                session.run(object : Accepting(token) {
                    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? {
                        reading.complete(Unit)
                        awaitCancellation()
                    }
                }, http, cancel)
            }
        }
        reading.await()
        work.cancelAndJoin()
        assertTrue(work.isCancelled && cancel.isCancelled)
        assertTold(config)
    }

    @Test
    fun `cancelling the coroutine ends a request at once`() = runBlocking {
        Sandbox.fault("POST", "/redemption", """"kind": "latency", "seconds": 20""")
        Sandbox.fault("POST", "/sign-sessions", """"kind": "latency", "seconds": 20""")
        val work = async(Dispatchers.Default) {
            Session(VerificationCode.parse(Sandbox.code()), config).use { it.run(Accepting(token), http) }
        }
        delay(1_000)
        assertFalse(work.isCompleted)
        val began = System.nanoTime()
        work.cancelAndJoin()
        assertTrue(System.nanoTime() - began < 3_000_000_000)
    }

    @Test
    fun `the end of the work leaves the token as it is`() = runBlocking {
        val cancel = CancelToken()
        Session(VerificationCode.parse(Sandbox.code()), config).run(Accepting(token), http, cancel)
        assertFalse(cancel.isCancelled)
    }

    @Test
    fun `a cancelled token asks nobody`() = runBlocking {
        val cancel = CancelToken()
        val person = object : Accepting(token) {
            override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? {
                cancel.cancel()
                return step.accept()
            }

            override suspend fun choose(step: ChooseStep, cancel: CancelToken) = error("nobody is asked")
        }
        val outcome = Session(VerificationCode.parse(Sandbox.code()), config).run(person, http, cancel)
        assertEquals(OutcomeKind.CANCELLED, outcome.kind)
        assertEquals(Code.CANCELLED, outcome.error!!.code)
    }

    @Test
    fun `an interrupted thread ends its session`() {
        val reading = CountDownLatch(1)
        var thrown: Throwable? = null
        val worker = thread {
            try {
                Session(VerificationCode.parse(Sandbox.code()), config).use { session ->
                    session.runBlocking(object : BlockingAccepting(token) {
                        override fun show(step: ShowStep, cancel: CancelToken): Answer? {
                            reading.countDown()
                            Thread.sleep(60_000)
                            return null
                        }
                    }, http)
                }
            } catch (error: Throwable) {
                thrown = error
            }
        }
        assertTrue(reading.await(30, TimeUnit.SECONDS))
        worker.interrupt()
        worker.join(10_000)
        assertTrue(thrown is InterruptedException, "$thrown")
    }

    @Test
    fun `listeners run once`() {
        val cancel = CancelToken()
        val ran = mutableListOf<String>()
        cancel.onCancel { ran += "kept" }
        cancel.onCancel { ran += "taken back" }.close()
        cancel.cancel()
        cancel.cancel()
        cancel.onCancel { ran += "late" }
        assertEquals(listOf("kept", "late"), ran)
    }
}

open class BlockingAccepting(private val token: Token) : BlockingPerson {
    override fun show(step: ShowStep, cancel: CancelToken): Answer? = step.accept()

    override fun choose(step: ChooseStep, cancel: CancelToken): Answer? = step.firstOf(token.identities())

    override fun sign(step: SignStep, cancel: CancelToken): Answer? =
        Pin.of(Sandbox.PIN.toCharArray()).use { token.sign(step, it, SignOptions(), cancel) }

    override fun pinRefused(error: KamusmException) = throw error
}
