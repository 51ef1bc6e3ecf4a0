package tr.kamusm.parity

import java.nio.file.Files
import java.nio.file.Path
import tr.kamusm.Config
import tr.kamusm.Environment
import tr.kamusm.Language
import tr.kamusm.Pin
import tr.kamusm.Token

/** Every key of the table; a runner that does not know one says so. */
private val KEYS = setOf(
    "name", "kind", "base_url", "code", "client", "client_version", "environment", "language", "timeout_ms",
    "receipt_key", "intermediates", "other_text_profiles", "proxy", "trust_roots", "log_lines", "token", "token_path",
    "token_password", "pin", "allow_final_try", "pick", "signer", "certificate", "partial", "http", "decline",
    "cancel_at", "cancel_session_at", "answer_twice", "countdown", "person_token", "number", "content", "attached",
    "signing_time", "cms", "anchor", "crl", "ocsp", "at", "log",
    "call", "id", "etag", "list", "province", "value", "view", "form_digest", "accepted", "read_to_end", "confirmed",
    "sms_code", "institution", "csv", "client_id", "redirect_uri", "returned", "parallel",
)

/** One scenario: keys with values, in the order in which they came. */
internal class Scenario(lines: List<String>) {
    private val pairs = lines.map { it.substringBefore(' ') to it.substringAfter(' ', "") }

    fun unknownKey(): String? = pairs.map { it.first }.firstOrNull { it !in KEYS }

    fun all(key: String): List<String> = pairs.filter { it.first == key }.map { it.second }

    operator fun get(key: String): String? = all(key).firstOrNull()

    operator fun contains(key: String): Boolean = get(key) != null

    /** The value, or nothing in it. */
    fun text(key: String): String = get(key).orEmpty()

    fun files(key: String): List<ByteArray> = all(key).map { Files.readAllBytes(Path.of(it)) }

    fun file(key: String): ByteArray = files(key).first()

    fun config(): Config {
        val environment = if (get("environment") == "production") Environment.PRODUCTION else Environment.SANDBOX
        val builder = Config.builder(text("base_url"), environment)
        get("client")?.let { builder.client(it, get("client_version") ?: "1.0") }
        get("language")?.let { builder.language(if (it == "en") Language.ENGLISH else Language.TURKISH) }
        get("timeout_ms")?.let { builder.timeoutMs(it.toLong()) }
        get("log_lines")?.let { builder.logLines(it.toLong()) }
        get("proxy")?.let { builder.proxy(it) }
        if ("intermediates" in this) builder.intermediatesPem(file("intermediates").decodeToString())
        if ("trust_roots" in this) builder.trustRootsPem(file("trust_roots"))
        return builder.receiptKeys(all("receipt_key")).otherTextProfiles("other_text_profiles" in this).build()
    }

    fun token(): Token? {
        val password = get("token_password")?.let { Pin.of(it.toCharArray()) }
        return when (get("token")) {
            null -> null
            "module" -> Token.openModule(text("token_path"))
            "pkcs12" -> Token.openPkcs12(file("token_path"), password ?: Pin())
            else -> Token.openPem(file("token_path"), password)
        }
    }
}
