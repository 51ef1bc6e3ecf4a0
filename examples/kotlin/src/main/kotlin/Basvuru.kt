// The whole application by e-onay: basvuru BASE_URL KEY.pem NUMBER
// Signs in with the key, lists the applications, saves the form, verifies the phone, shows the taahhütname, approves.
// Lines of standard input: the PIN; what to fill, `name=value`, until an empty line; the code that comes by SMS.

import java.nio.file.Files
import java.nio.file.Path
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import tr.kamusm.Answer
import tr.kamusm.CancelToken
import tr.kamusm.ChooseStep
import tr.kamusm.Config
import tr.kamusm.Environment
import tr.kamusm.Form
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.Language
import tr.kamusm.Person
import tr.kamusm.PersonToken
import tr.kamusm.Pin
import tr.kamusm.Portal
import tr.kamusm.Session
import tr.kamusm.ShowStep
import tr.kamusm.SignStep
import tr.kamusm.Token
import tr.kamusm.await
import tr.kamusm.awaitIdentities
import tr.kamusm.awaitSign

private class WithKey(private val token: Token, private val pin: CharArray) : Person {
    // A real program shows the text and asks.
    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer = step.accept()

    override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer = step.firstOf(token.awaitIdentities())

    override suspend fun sign(step: SignStep, cancel: CancelToken): Answer =
        Pin.of(pin).use { token.awaitSign(step, it, cancel = cancel) }

    override suspend fun pinRefused(error: KamusmException) = throw error
}

private suspend fun signIn(config: Config, http: HttpClient, key: ByteArray): PersonToken {
    val pin = readln().toCharArray()
    val token = Token.openPem(key, Pin.of(pin.copyOf()))
    val outcome = Session.signIn(config).use { it.run(WithKey(token, pin), http) }
    val person = outcome.signedIn ?: throw checkNotNull(outcome.error) { "it ended without a reason" }
    println(person.name)
    return person.token
}

/** Lines `name=value` until an empty one. */
private fun typed(): Map<String, String> = generateSequence(::readLine)
    .takeWhile { it.isNotEmpty() }
    .associate { it.substringBefore('=') to it.substringAfter('=') }

private fun print(form: Form) {
    for (section in form.sections) {
        println(section.title)
        section.fields.forEach { println("  ${it.label} (${it.name}): ${form.values[it.name].orEmpty()}") }
    }
}

private suspend fun verifyPhone(portal: Portal, number: String, http: HttpClient) {
    // A number that was verified and stays needs no other code.
    if (portal.application(number).await(http).state == "phone_verified") return
    val sent = portal.startPhoneVerification(number).await(http)
    println("SMS kodu (${sent.gsm}):")
    portal.tryPhoneCode(number, sent.id, readln()).await(http)
}

/** The person has read the taahhütname to its end and ticked the box. */
private suspend fun approve(portal: Portal, number: String, http: HttpClient): String {
    val approval = portal.approval(number).await(http)
    val views = approval.commitments.map { commitment ->
        println(portal.commitment(commitment).await(http))
        portal.viewCommitment(number, commitment, readToEnd = true).await(http)
    }
    portal.consentToEonay(accepted = true).await(http)
    return portal.approve(number, views, approval.formDigest, accepted = true).await(http).title
}

fun main(arguments: Array<String>) {
    if (arguments.size != 3) {
        System.err.println("basvuru BASE_URL KEY.pem NUMBER")
        exitProcess(2)
    }
    val number = arguments[2]
    try {
        runBlocking {
            val config = Config.builder(arguments[0], Environment.SANDBOX).build()
            val http = HttpClient(config)
            val portal = Portal(config, signIn(config, http, Files.readAllBytes(Path.of(arguments[1]))))
            portal.applications().await(http).forEach { println("${it.no}: ${it.status.title}") }
            val form = portal.form(number).await(http)
            print(form)
            portal.saveForm(number, form.etag, form.values + typed()).await(http)
            verifyPhone(portal, number, http)
            println(approve(portal, number, http))
        }
    } catch (error: KamusmException) {
        error.fields.forEach { System.err.println("${it.pointer}: ${it.code}") }
        System.err.println(error.sentence(Language.TURKISH))
        exitProcess(1)
    }
}
