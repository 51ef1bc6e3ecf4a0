// Signs one application: sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]
// The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.

import java.io.FileInputStream
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import tr.kamusm.Answer
import tr.kamusm.CancelToken
import tr.kamusm.ChooseStep
import tr.kamusm.Config
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.Language
import tr.kamusm.Outcome
import tr.kamusm.OutcomeKind
import tr.kamusm.Person
import tr.kamusm.Pin
import tr.kamusm.Session
import tr.kamusm.ShowStep
import tr.kamusm.SignStep
import tr.kamusm.Token
import tr.kamusm.VerificationCode
import tr.kamusm.awaitIdentities
import tr.kamusm.awaitSign

/** Octet by octet: the lines behind this one are for somebody else. */
private fun InputStream.line(): ByteArray {
    val line = ByteArray(512)
    var size = 0
    while (size < line.size) {
        val octet = read()
        if (octet == -1 || octet == '\n'.code) break
        line[size++] = octet.toByte()
    }
    return line.copyOf(size).also { line.fill(0) }
}

private class AtTheTerminal(kind: String, path: String, private val pins: InputStream) : Person {
    private var typed: ByteArray? = null
    private val token = if (kind == "--module") {
        Token.openModule(path)
    } else {
        // The file's password, which signing asks for again.
        val password = pins.line().also { typed = it.copyOf() }
        Token.openPkcs12(Files.readAllBytes(Path.of(path)), Pin.of(password))
    }

    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer {
        println("${step.facts.service}, başvuru ${step.facts.application}")
        step.texts.forEach { println("\n${it.title}\n${it.text}") }
        println("kontrol sayısı: ${step.facts.matchCode}")
        return step.accept()
    }

    override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer = step.firstOf(token.awaitIdentities())

    override suspend fun sign(step: SignStep, cancel: CancelToken): Answer {
        val pin = typed ?: pins.line()
        typed = null
        if (pin.isEmpty()) return step.cancelled()
        return Pin.of(pin).use { token.awaitSign(step, it, cancel = cancel) }
    }

    /** A wrong PIN is told; the same step comes again, with the next line. */
    override suspend fun pinRefused(error: KamusmException) = System.err.println(error.sentence(Language.TURKISH))
}

private fun finish(outcome: Outcome): Boolean {
    val why = outcome.error
    if (why != null) {
        System.err.println(why.sentence(Language.TURKISH))
    } else {
        println("imza teslim edildi; başvuru sayfasına dönün: ${outcome.returnTo}")
    }
    return outcome.kind == OutcomeKind.ACCEPTED || outcome.kind == OutcomeKind.RECEIVED
}

fun main(arguments: Array<String>) {
    if (arguments.size < 3) {
        System.err.println("sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]")
        exitProcess(2)
    }
    val descriptors = arguments.drop(3).chunked(2).associate { (name, number) -> name to number }
    val input = { name: String -> descriptors[name]?.let { FileInputStream("/dev/fd/$it") } ?: System.`in` }
    val isGood = try {
        VerificationCode.parse(input("--code-fd").line().decodeToString()).use { code ->
            val config = Config.builder(arguments[0], code.environment).build()
            val person = AtTheTerminal(arguments[1], arguments[2], input("--pin-fd"))
            runBlocking { Session(code, config).use { finish(it.run(person, HttpClient(config))) } }
        }
    } catch (error: KamusmException) {
        System.err.println(error.sentence(Language.TURKISH))
        false
    }
    exitProcess(if (isGood) 0 else 1)
}
