// Signs one application with a transport and a key of the program's own: own BASE_URL KEYSTORE
// The doğrulama kodu and the keystore's password are lines of standard input.

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import okhttp3.OkHttpClient
import tr.kamusm.Answer
import tr.kamusm.CancelToken
import tr.kamusm.ChooseStep
import tr.kamusm.Config
import tr.kamusm.KamusmException
import tr.kamusm.OutcomeKind
import tr.kamusm.Person
import tr.kamusm.Session
import tr.kamusm.ShowStep
import tr.kamusm.SignStep
import tr.kamusm.VerificationCode

private class WithKeyStore(private val signer: KeyStoreSigner, private val password: String) : Person {
    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer {
        step.texts.forEach { println("${it.title}\n${it.text}") }
        return step.accept()
    }

    override suspend fun choose(step: ChooseStep, cancel: CancelToken) = signer.choose(step)

    override suspend fun sign(step: SignStep, cancel: CancelToken): Answer {
        println("imzalanıyor, kalan süre: ${step.secondsLeft()}")
        return signer.sign(step, password.toCharArray())
    }

    override suspend fun pinRefused(error: KamusmException) = throw error
}

fun main(arguments: Array<String>) {
    val (baseUrl, path) = arguments
    val code = VerificationCode.parse(readln())
    val password = readln()
    val store = KeyStore.getInstance("PKCS12")
    Files.newInputStream(Path.of(path)).use { store.load(it, password.toCharArray()) }
    val person = WithKeyStore(KeyStoreSigner(store, store.aliases().nextElement()), password)
    val config = Config.builder(baseUrl, code.environment).build()
    val transport = OkHttpTransport(OkHttpClient())
    val outcome = runBlocking { Session(code, config).use { it.run(person, transport) } }
    println(outcome.error?.toString() ?: "imza teslim edildi; başvuru sayfasına dönün: ${outcome.returnTo}")
    exitProcess(if (outcome.kind == OutcomeKind.ACCEPTED) 0 else 1)
}
