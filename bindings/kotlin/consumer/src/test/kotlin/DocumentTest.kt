import java.io.File
import java.net.URI
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.KeyFactory
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import kotlin.random.Random
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import tr.kamusm.CancelToken
import tr.kamusm.Config
import tr.kamusm.Environment
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.Language
import tr.kamusm.OutcomeKind
import tr.kamusm.Person
import tr.kamusm.Pin
import tr.kamusm.Portal
import tr.kamusm.ShowStep
import tr.kamusm.Token
import tr.kamusm.VerificationCode

/** Every block of docs/kotlin.md does what the page says, in a project that has the jar only. */
class DocumentTest {
    private val baseUrl = System.getenv("KAMUSM_TEST_BASE_URL")
    private val config = Config.builder(baseUrl, Environment.SANDBOX)
        .intermediatesPem(File(System.getenv("KAMUSM_TEST_INTERMEDIATE")).readText()).build()
    private val issued = door("persons/10000000146/certificates", """{"key": "p256"}""")
    private val pem = member(issued, "certificate") + member(issued, "private_key")

    private fun door(path: String, body: String = "", method: String = "POST"): String {
        val request = HttpRequest.newBuilder(URI("$baseUrl/admin/v1/$path"))
            .header("authorization", "Bearer ${System.getenv("KAMUSM_TEST_ADMIN_TOKEN")}")
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build()
        val response = java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        check(response.statusCode() in 200..299) { response.body() }
        return response.body()
    }

    private fun member(json: String, name: String): String =
        checkNotNull(Regex("\"$name\":\"([^\"]*)\"").find(json)).groupValues[1].replace("\\n", "\n")

    private fun code(): String = member(door("orders/${order()}/sign-codes"), "code")

    private fun order(): String {
        val order = "SD-${Random.nextInt(1_000_000, 9_999_999)}"
        door("persons/10000000146/orders", """{"no": "$order", "texts": 1, "form": []}""")
        return order
    }

    private fun token() = Token.openPem(pem.toByteArray(), Pin.of("1234".toCharArray()))

    private fun typing(lines: String, work: () -> Unit) {
        val before = System.`in`
        System.setIn(lines.byteInputStream())
        try {
            work()
        } finally {
            System.setIn(before)
        }
    }

    @Test
    fun `the program, with a PIN that is wrong at first`() {
        val file = File.createTempFile("signer", ".pem").apply { writeText(pem) }
        val shown = java.io.ByteArrayOutputStream()
        val before = System.out
        System.setOut(java.io.PrintStream(shown, true, "UTF-8"))
        try {
            typing("${code()}\n9999\n1234\n") { main(arrayOf(baseUrl, file.path)) }
        } finally {
            System.setOut(before)
            file.delete()
        }
        val text = shown.toString("UTF-8")
        assertTrue(text.trim().endsWith("Başvuru sayfasına dönün: $baseUrl"), text)
        assertTrue("İmzalanacak Metin 1:" in text && "PIN" in text, text)
    }

    @Test
    fun `the countdown and several sessions at once`() {
        val said = mutableListOf<String>()
        typing("1234\n1234\n1234\n") {
            val codes = listOf(code(), code())
            val outcomes = runBlocking { signAll(codes, config, token()) }
            assertEquals(listOf(OutcomeKind.ACCEPTED, OutcomeKind.ACCEPTED), outcomes.map { it.kind })
            val person = WithCountdown(token()) { said += it }
            val outcome = runBlocking { within(60_000, VerificationCode.parse(code()), config, person) }
            assertEquals(OutcomeKind.ACCEPTED, outcome?.kind)
        }
        assertTrue(said[0].startsWith("Kontrol sayısı"), "$said")
        val left = said.drop(1).map { it.removePrefix("Kalan Süre: ").toInt() }
        assertTrue(left.size >= 2 && left == left.sortedDescending(), "$said")
    }

    @Test
    fun `time that is over`() {
        val reader = object : Person by AtTheTerminal(token()) {
            override suspend fun show(step: ShowStep, cancel: CancelToken) = awaitCancellation()
        }
        assertNull(runBlocking { within(1_500, VerificationCode.parse(code()), config, reader) })
        assertTrue("Farewell" in report(config))
    }

    @Test
    fun `errors by class`() {
        val service = assertThrows(KamusmException.Service::class.java) { VerificationCode.parse("x") }
        assertEquals(service.sentence(Language.TURKISH), advice(service))
        val card = assertThrows(KamusmException.Card::class.java) { Token.openModule("/nowhere") }
        assertTrue(advice(card).endsWith("Kalan hak: bilinmiyor"))
        val usage = assertThrows(KamusmException.Usage::class.java) { Config.builder("x", Environment.SANDBOX).build() }
        assertThrows(KamusmException.Usage::class.java) { advice(usage) }
    }

    @Test
    fun `Java`() {
        val pin = "1234".toCharArray()
        assertEquals(OutcomeKind.ACCEPTED, JavaProgram.sign(code(), config, token(), pin).kind)
        assertTrue(pin.all { it == '\u0000' })
        assertThrows(KamusmException.Card::class.java) {
            JavaProgram.sign(code(), config, token(), "0000".toCharArray())
        }
    }

    @Test
    fun `the whole application`() {
        val http = HttpClient(config)
        val token = runBlocking { signIn(config, http, ::atEdevlet) }
        assertTrue(overview(config, token).any { it.startsWith("SD-13712: ") })
        val order = order()
        val portal = Portal(config, token)
        val asked = mapOf(
            "certificate_duration" to "3y", "card_reader" to "none", "publish_certificate" to "no",
            "email" to "deneme@example.org", "gsm" to "0533 ${Random.nextInt(1_000_000, 9_999_999)}",
            "operator" to "turkcell", "info_channel" to "sms", "institution" to "Deneme Kurumu",
            "unit" to "Bilgi İşlem", "job_title" to "Mühendis", "work_phone" to "0262 648 18 18",
            "extension" to "1234", "province" to "41", "delivery_method" to "office",
        )
        assertEquals("İşlem Başarılı", runBlocking { apply(portal, order, asked, http, ::sms) })
        val wrong = asked + ("email" to "adres değil")
        val error = assertThrows(Refused::class.java) { runBlocking { apply(portal, order(), wrong, http, ::sms) } }
        assertEquals("/values/email: format", error.message)
    }

    /** The person's browser, with the person in it. */
    private fun atEdevlet(address: String): String {
        val (page, query) = address.split('?', limit = 2)
        val typed = HttpRequest.BodyPublishers.ofString("$query&tckn=10000000146&password=deneme&action=giris")
        val request = HttpRequest.newBuilder(URI(page)).header("content-type", "application/x-www-form-urlencoded")
            .POST(typed).build()
        val response = java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding())
        return response.headers().firstValue("location").orElseThrow()
    }

    private fun sms(): String = Regex("\\b\\d{6}\\b").findAll(door("outbox", method = "GET")).last().value

    @Test
    fun `a signature file`() {
        val octets = { name: String ->
            Base64.getMimeDecoder().decode(member(issued, name).lines().filter { "-----" !in it }.joinToString(""))
        }
        val key = KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(octets("private_key")))
        val now = System.currentTimeMillis() / 1000
        val cms = sign("metin".toByteArray(), octets("certificate"), key, now)
        val anchors = File(System.getenv("KAMUSM_TEST_ANCHOR")).readBytes()
        val intermediates = File(System.getenv("KAMUSM_TEST_INTERMEDIATE")).readBytes()
        assertTrue(isGood(cms, anchors, intermediates, now))
        cms[cms.size - 1] = (cms.last() + 1).toByte()
        assertTrue(!isGood(cms, anchors, intermediates, now))
    }
}
