package tr.kamusm

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class SessionTest {
    private val config = Sandbox.config()
    private val http = HttpClient(config)
    private val token = Sandbox.token()

    private fun run(code: String, person: Person): Outcome =
        Session(VerificationCode.parse(code), config).use { session -> runBlocking { session.run(person, http) } }

    @Test
    fun `a code becomes a receipt`() {
        val order = Sandbox.order(texts = 3)
        val person = Accepting(token)
        val outcome = run(Sandbox.codeOf(order), person)
        assertEquals(OutcomeKind.ACCEPTED, outcome.kind)
        assertNull(outcome.error)
        assertEquals(order, outcome.receipt!!.application)
        assertTrue(outcome.receipt!!.jws.count { it == '.' } == 2)
        assertEquals(Sandbox.baseUrl, outcome.returnTo)
        assertTrue(outcome.mayHaveArrived)
        assertEquals(3, outcome.signatures.size)
        assertEquals(listOf("ShowStep", "ChooseStep", "SignStep"), person.steps.filter { it in PERSONS })
        assertEquals("İmzalanacak Metin 3:", person.texts[2].title)
        assertTrue("Mühendis" in person.texts[0].text)
        // What was shown is what was signed.
        val verdict = CadesPolicy(listOf(Sandbox.anchorPem), System.currentTimeMillis() / 1000)
            .intermediates(listOf(Sandbox.intermediatePem.toByteArray())).revocationRequired(false)
            .validate(outcome.signatures[2], person.texts[2].octets).single()
        assertEquals(Indication.TOTAL_PASSED, verdict.indication, verdict.reason)
        assertArrayEquals(token.identities().single().certificate, verdict.signer)
    }

    @Test
    fun `who declines signs nothing`() {
        val outcome = run(Sandbox.code(), object : Accepting(token) {
            override suspend fun show(step: ShowStep, cancel: CancelToken) = step.decline()
        })
        assertEquals(OutcomeKind.CANCELLED, outcome.kind)
        assertEquals(Code.DECLINED, outcome.error!!.code)
        assertTrue(!outcome.mayHaveArrived && outcome.signatures.isEmpty())
    }

    @Test
    fun `a wrong PIN is asked for again`() {
        val person = Accepting(token, "0000", Sandbox.PIN)
        assertEquals(OutcomeKind.ACCEPTED, run(Sandbox.code(), person).kind)
        val error = assertInstanceOf(KamusmException.Card::class.java, person.pinErrors.single())
        assertEquals(Code.PIN_INCORRECT, error.code)
        assertTrue(error.asksForPinAgain)
        assertEquals(2, person.steps.count { it == "SignStep" })
    }

    @Test
    fun `who cannot ask again ends the session`() {
        val error = assertThrows<KamusmException.Card> {
            run(Sandbox.code(), object : Accepting(token, "0000", Sandbox.PIN) {
                override suspend fun pinRefused(error: KamusmException) = throw error
            })
        }
        assertEquals(Code.PIN_INCORRECT, error.code)
        assertTold(config)
    }

    @Test
    fun `an exception of the person comes out after the service was told`() {
        val thrown = assertThrows<IllegalArgumentException> {
            run(Sandbox.code(), object : Accepting(token) {
                override suspend fun choose(step: ChooseStep, cancel: CancelToken) =
                    throw IllegalArgumentException("own")
            })
        }
        assertEquals("own", thrown.message)
        assertTold(config)
    }

    @Test
    fun `a code of nobody is the service's error`() {
        val outcome = run("SHYZ-BZZD-YBBM-4EVA", Accepting(token))
        assertEquals(OutcomeKind.FAILED, outcome.kind)
        val error = assertInstanceOf(KamusmException.Service::class.java, outcome.error)
        assertEquals(Code.CODE_UNKNOWN, error.code)
        assertEquals("code-unknown", error.problem)
        assertNotNull(error.requestId)
        assertNotNull(error.httpStatus)
    }

    @Test
    fun `a refused certificate comes back with its reason`() {
        val other = Sandbox.person("p256", "10000010350").let { (certificate, key) ->
            Token.openPem((certificate + key).toByteArray(), Pin.of(Sandbox.PIN.toCharArray()))
        }
        var refusal: Refusal? = null
        val outcome = run(Sandbox.code(), object : Accepting(other) {
            override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer? {
                refusal = step.refusals.firstOrNull() ?: refusal
                return super.choose(step, cancel)
            }
        })
        assertEquals(Code.NO_SIGNING_CERTIFICATE, outcome.error!!.code)
        assertEquals(Code.SIGNER_MISMATCH, refusal!!.error.code)
        assertInstanceOf(KamusmException.Certificate::class.java, refusal!!.error)
        assertArrayEquals(other.identities().single().fingerprint, refusal!!.fingerprint)
    }

    @Test
    fun `an answer of none leaves the step as it is, a late one changes nothing`() {
        var asked = 0
        val code = VerificationCode.parse(Sandbox.code())
        Session(code, config).use { session ->
            lateinit var late: Answer
            val outcome = runBlocking {
                session.run(object : Accepting(token) {
                    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? {
                        if (++asked == 1) return null
                        late = step.accept()
                        return step.accept()
                    }

                    override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer? {
                        val error = assertThrows<KamusmException.Usage> { session.answer(late) }
                        assertEquals(Code.STALE, error.code)
                        return super.choose(step, cancel)
                    }
                }, http)
            }
            assertEquals(OutcomeKind.ACCEPTED, outcome.kind)
            assertEquals(2, asked)
        }
    }

    @Test
    fun `an answer that somebody else gave already does not end the loop`() {
        Session(VerificationCode.parse(Sandbox.code()), config).use { session ->
            val outcome = runBlocking {
                session.run(object : Accepting(token) {
                    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer {
                        session.answer(step.accept())
                        return step.accept()
                    }
                }, http)
            }
            assertEquals(OutcomeKind.ACCEPTED, outcome.kind)
        }
    }

    private companion object {
        val PERSONS = setOf("ShowStep", "ChooseStep", "SignStep")
    }
}
