package tr.kamusm

import java.net.URI
import java.net.http.HttpClient as JavaHttp
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import org.junit.jupiter.api.Assertions.assertTrue

/** The running reference service, by its addresses in the environment and its admin door. */
object Sandbox {
    const val TCKN = "10000000146"
    const val PIN = "1234"

    val baseUrl = setting("KAMUSM_TEST_BASE_URL")
    val anchorPem: ByteArray = Files.readAllBytes(Path.of(setting("KAMUSM_TEST_ANCHOR")))
    val intermediatePem: String = Files.readString(Path.of(setting("KAMUSM_TEST_INTERMEDIATE")))
    val pkcs12: ByteArray = Files.readAllBytes(Path.of(setting("KAMUSM_TEST_PKCS12")))

    private val adminToken = setting("KAMUSM_TEST_ADMIN_TOKEN")
    private val http = JavaHttp.newHttpClient()
    private val orders = AtomicInteger(Random.nextInt(100_000, 900_000))

    /** A code for a new order with this many texts. */
    fun code(texts: Int = 1, tckn: String = TCKN): String = codeOf(order(texts, tckn))

    fun order(texts: Int = 1, tckn: String = TCKN): String {
        val no = "SD-${orders.incrementAndGet()}"
        admin("POST", "/persons/$tckn/orders", """{"no": "$no", "texts": $texts, "form": [["Ünvan", "Mühendis"]]}""")
        return no
    }

    fun codeOf(order: String): String = member(admin("POST", "/orders/$order/sign-codes"), "code")

    fun personToken(): String = member(admin("POST", "/persons/$TCKN/tokens"), "token")

    /** The code in the last SMS. */
    fun smsCode(): String {
        val messages = Regex("""\{[^{}]*"kind":"sms"[^{}]*\}""").findAll(admin("GET", "/outbox")).map { it.value }
        return messages.mapNotNull { Regex("""(?<![-\d])\d{6}\b""").find(member(it, "text"))?.value }.last()
    }

    /** A TCKN that nobody has, with right check digits. */
    fun newTckn(): String {
        val digits = List(9) { Random.nextInt(1, 10) }
        val tenth = Math.floorMod(7 * digits.slice(0..8 step 2).sum() - digits.slice(1..7 step 2).sum(), 10)
        return (digits + tenth + (digits.sum() + tenth) % 10).joinToString("")
    }

    /** A new institution whose e-imza sorumlusu the person is. */
    fun office(): String {
        val id = "kurum-${orders.incrementAndGet()}"
        admin("PUT", "/institutions/$id", """{"name": "Deneme Kurumu", "officers": ["$TCKN"]}""")
        return id
    }

    /** The person signs in at e-Devlet's page: where the browser is sent back to. */
    fun throughEdevlet(address: String): String {
        val (page, query) = address.split('?', limit = 2)
        val typed = HttpRequest.BodyPublishers.ofString("$query&tckn=$TCKN&password=deneme&action=giris")
        val request = HttpRequest.newBuilder(URI(page)).header("content-type", "application/x-www-form-urlencoded")
        val response = http.send(request.POST(typed).build(), HttpResponse.BodyHandlers.ofString())
        return response.headers().firstValue("location").orElseThrow()
    }

    /** Certificate and key in PEM. */
    fun person(key: String, tckn: String = TCKN): Pair<String, String> {
        val issued = admin("POST", "/persons/$tckn/certificates", """{"key": "$key"}""")
        return member(issued, "certificate") to member(issued, "private_key")
    }

    fun fault(method: String, pathEnd: String, kind: String) {
        admin("POST", "/faults", """{"method": "$method", "path_end": "$pathEnd", "times": 1, $kind}""")
    }

    fun clearFaults() = admin("DELETE", "/faults")

    fun switches(body: String) = admin("PUT", "/switches", body)

    fun config(): Config = Config.builder(baseUrl, Environment.SANDBOX).client("kotlin-test", "1.0")
        .intermediatesPem(intermediatePem).build()

    fun token(key: String = "p256", pin: String? = PIN): Token {
        val (certificate, privateKey) = person(key)
        return Token.openPem((certificate + privateKey).toByteArray(), pin?.let { Pin.of(it.toCharArray()) })
    }

    private fun admin(method: String, path: String, body: String = ""): String {
        val request = HttpRequest.newBuilder(URI("$baseUrl/admin/v1$path"))
            .header("authorization", "Bearer $adminToken").header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)).build()
        val response = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(response.statusCode() in 200..299) { "$method $path: ${response.statusCode()} ${response.body()}" }
        return response.body()
    }

    private fun member(json: String, name: String): String {
        val value = Regex("\"$name\":\"([^\"]*)\"").find(json) ?: error("no $name")
        return value.groupValues[1].replace("\\n", "\n")
    }

    private fun setting(name: String): String =
        System.getenv(name) ?: error("$name is not set: run `cargo xtask test --only kotlin`")
}

/** The service heard of the cancellation. */
fun assertTold(config: Config) {
    val lines = config.log().lines.map { it.text }
    assertTrue(lines.last().startsWith("Farewell(Cancelled) <- Answer("), lines.joinToString("\n"))
}

/** A person who accepts and signs with the token; each function can be replaced. */
open class Accepting(private val token: Token, vararg pins: String) : Person {
    val steps = mutableListOf<String>()
    val pinErrors = mutableListOf<KamusmException>()
    var texts: List<Text> = emptyList()
    private val pins = ArrayDeque(if (pins.isEmpty()) listOf(Sandbox.PIN) else pins.toList())

    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? {
        texts = step.texts
        return step.accept()
    }

    override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer? =
        step.firstOf(token.awaitIdentities())

    override suspend fun sign(step: SignStep, cancel: CancelToken): Answer? {
        val typed = pins.removeFirstOrNull() ?: return step.cancelled()
        return Pin.of(typed.toCharArray()).use { token.awaitSign(step, it, cancel = cancel) }
    }

    override suspend fun pinRefused(error: KamusmException) {
        pinErrors += error
    }

    override suspend fun begins(step: Step) {
        steps += step.javaClass.simpleName
    }
}
