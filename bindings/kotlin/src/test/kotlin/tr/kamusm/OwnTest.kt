package tr.kamusm

import java.io.IOException
import java.net.SocketTimeoutException
import java.net.URI
import java.net.http.HttpClient as JavaHttp
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.KeyFactory
import java.security.MessageDigest
import java.security.Signature
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import javax.net.ssl.SSLHandshakeException
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** A transport and a key of the program's own. */
class OwnTest {
    private val config = Sandbox.config()

    internal open class JavaTransport : Transport {
        private val http = JavaHttp.newBuilder().version(JavaHttp.Version.HTTP_1_1).build()
        val sent = mutableListOf<String>()

        override fun perform(request: Request, cancel: CancelToken): Response {
            sent += "${request.method} ${URI(request.url).path.substringAfterLast('/')}"
            val builder = HttpRequest.newBuilder(URI(request.url))
            request.headers.forEach { (name, value) -> builder.header(name, value) }
            builder.method(request.method, HttpRequest.BodyPublishers.ofByteArray(request.body))
            val response = http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray())
            val headers = response.headers().map().flatMap { (name, values) -> values.map { name to it } }
            return Response(response.statusCode(), headers, response.body())
        }
    }

    private class JavaKey(key: String) : Person {
        private val pem = Sandbox.person(key)
        private val octets = { text: String ->
            Base64.getMimeDecoder().decode(text.lines().filter { "-----" !in it }.joinToString("\n"))
        }
        private val privateKey = KeyFactory.getInstance(if (key == "rsa2048") "RSA" else "EC")
            .generatePrivate(PKCS8EncodedKeySpec(octets(pem.second)))
        var failures = 0
        var leavesOut = false

        override suspend fun show(step: ShowStep, cancel: CancelToken) = step.accept()

        override suspend fun choose(step: ChooseStep, cancel: CancelToken) = step.certificate(octets(pem.first))

        override suspend fun sign(step: SignStep, cancel: CancelToken): Answer {
            if (step.failure != null) failures++
            val values = step.items.map { item ->
                Signature.getInstance(item.algorithm.jcaName).run {
                    initSign(privateKey)
                    update(item.toBeSigned)
                    sign()
                }
            }
            return step.signatures(if (leavesOut && values.size > 1) values.dropLast(1) + null else values)
        }

        override suspend fun pinRefused(error: KamusmException) = throw error
    }

    private fun run(person: Person, transport: Transport, texts: Int = 1) = runBlocking {
        Session(VerificationCode.parse(Sandbox.code(texts)), config).use { it.run(person, transport) }
    }

    @Test
    fun `java's HTTP and java's keys`() {
        for (key in listOf("p256", "p384", "rsa2048")) {
            val transport = JavaTransport()
            assertEquals(OutcomeKind.ACCEPTED, run(JavaKey(key), transport, texts = 2).kind, key)
            assertTrue("PUT submission" in transport.sent, "${transport.sent}")
        }
    }

    @Test
    fun `a value that is left out is asked for again`() {
        val person = JavaKey("p256").apply { leavesOut = true }
        assertEquals(OutcomeKind.ACCEPTED, run(person, JavaTransport(), texts = 2).kind)
    }

    @Test
    fun `what a transport throws is a failure of the network`() {
        val failures = mapOf(
            TransportException(TransportFailure.TOO_LARGE) to Code.RESPONSE_TOO_LARGE,
            SSLHandshakeException("refused") to Code.TLS,
            SocketTimeoutException() to Code.TIMEOUT,
            IOException("broken") to Code.UNREACHABLE,
        )
        for ((failure, code) in failures) {
            val broken = object : Transport {
                override fun perform(request: Request, cancel: CancelToken) = throw failure
            }
            val token = PersonToken.parse("token")
            val error = assertThrows<KamusmException.Network> { Portal(config, token).applications().perform(broken) }
            assertEquals(code, error.code)
            assertSame(failure, error.cause)
        }
        // The machine tries again after a pause, and the second attempt goes through.
        var isFirst = true
        val once = object : JavaTransport() {
            override fun perform(request: Request, cancel: CancelToken): Response {
                if (isFirst) throw IOException("broken").also { isFirst = false }
                return super.perform(request, cancel)
            }
        }
        assertEquals(OutcomeKind.ACCEPTED, run(JavaKey("p256"), once).kind)
    }

    @Test
    fun `the service is told of a cancellation by a transport too`() {
        val transport = JavaTransport()
        val cancel = CancelToken()
        val code = Sandbox.code()
        val outcome = runBlocking {
            Session(VerificationCode.parse(code), config).run(object : Accepting(Sandbox.token()) {
                override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? = null.also { cancel.cancel() }
            }, transport, cancel)
        }
        assertEquals(Code.CANCELLED, outcome.error!!.code)
        for (attempt in 1..50) if ("POST cancellation" !in transport.sent) Thread.sleep(100)
        assertEquals("POST cancellation", transport.sent.last())
    }

    @Test
    fun `a signature file in two phases`() {
        val (certificate, key) = Sandbox.person("p256")
        val der = { text: String -> Base64.getMimeDecoder().decode(text.lines().filter { "-----" !in it }.joinToString("\n")) }
        val content = "Beyan ederim.".toByteArray()
        val now = System.currentTimeMillis() / 1000
        CadesSigning(content, der(certificate), now, attached = true).use { signing ->
            val value = Signature.getInstance(signing.item.algorithm.jcaName).run {
                initSign(KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(der(key))))
                update(signing.item.toBeSigned)
                sign()
            }
            val policy = CadesPolicy(listOf(Sandbox.anchorPem), now)
                .intermediates(listOf(Sandbox.intermediatePem.toByteArray())).revocationRequired(false)
            val report = policy.validate(signing.finish(value)).single()
            assertEquals(Indication.TOTAL_PASSED, report.indication, report.reason)
            assertEquals(now, report.signingTimeUnixSeconds)
            assertArrayEquals(der(certificate), report.signer)
            val digest = MessageDigest.getInstance("SHA-256").digest(der(certificate))
            assertArrayEquals(digest, report.signerFingerprint)
            assertEquals("CAdES-BASELINE-B", report.level)
            val other = policy.validate(signing.finish(value), "Başka.".toByteArray()).single()
            assertEquals(Indication.TOTAL_FAILED, other.indication)
            assertEquals("HASH_FAILURE", other.subIndication)
            val strict = policy.revocationRequired(true).validate(signing.finish(value)).single()
            assertEquals(Indication.INDETERMINATE, strict.indication)
            value[value.size - 1] = (value.last() + 1).toByte()
            assertEquals(Code.SELF_CHECK, assertThrows<KamusmException.Signature> { signing.finish(value) }.code)
        }
    }
}
