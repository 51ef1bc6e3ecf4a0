package tr.kamusm.parity

import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import tr.kamusm.Answer
import tr.kamusm.CancelToken
import tr.kamusm.ChooseStep
import tr.kamusm.Code
import tr.kamusm.Config
import tr.kamusm.DoneStep
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.Outcome
import tr.kamusm.Person
import tr.kamusm.Pin
import tr.kamusm.SendStep
import tr.kamusm.Session
import tr.kamusm.ShowStep
import tr.kamusm.SignOptions
import tr.kamusm.SignStep
import tr.kamusm.Step
import tr.kamusm.Token
import tr.kamusm.UnknownStep
import tr.kamusm.VerificationCode
import tr.kamusm.WaitStep
import tr.kamusm.awaitIdentities
import tr.kamusm.awaitSign

/** A whole session, as the scenario wants it. */
internal class SessionRun(private val scenario: Scenario) : Person {
    private val trace = SessionTrace()
    private val pins = ArrayDeque(scenario.all("pin"))
    private val cancelToken = CancelToken()
    private var leftOut = false
    private var late: Answer? = null
    private var token: Token? = null
    private lateinit var session: Session

    fun trace(): Map<String, Any?> {
        try {
            trace.end(run())
        } catch (error: KamusmException) {
            trace.thrown = error
        }
        return trace.fields()
    }

    private fun run(): Outcome {
        val config = scenario.config()
        session = opened(config)
        token = scenario.token()
        try {
            return runBlocking {
                if ("http" in scenario) {
                    session.run(this@SessionRun, OwnTransport(), cancelToken)
                } else {
                    session.run(this@SessionRun, HttpClient(config), cancelToken)
                }
            }
        } finally {
            if ("log" in scenario) trace.log = config.log().lines.map { it.text }
        }
    }

    private fun opened(config: Config): Session =
        if (scenario["kind"] == "sign_in") Session.signIn(config) else Session(VerificationCode.parse(scenario.text("code")), config)

    override suspend fun begins(step: Step) {
        if (step !is ShowStep) late?.let(::giveAgain)
        when (step) {
            is SendStep -> trace.kind("send").also { cancelAt("send") }
            is WaitStep -> trace.wait(step.reason).also { cancelAt("wait") }
            is ShowStep -> trace.kind("show")
            is ChooseStep -> trace.kind("choose")
            is SignStep -> trace.kind("sign")
            is DoneStep, is UnknownStep -> {}
        }
    }

    private fun cancelAt(kind: String) {
        if (scenario["cancel_at"] == kind) cancelToken.cancel()
    }

    private fun giveAgain(answer: Answer) {
        late = null
        try {
            session.answer(answer)
        } catch (error: KamusmException) {
            trace.stale = error
        }
    }

    override suspend fun show(step: ShowStep, cancel: CancelToken): Answer? {
        trace.show = step
        scenario["countdown"]?.let { trace.countdown = step.countdown().take(it.toInt()).toList() }
        if ("answer_twice" in scenario) late = step.accept()
        return unlessSessionCancelled("show") {
            when {
                scenario["cancel_at"] == "show" -> step.cancelled()
                "decline" in scenario -> step.decline()
                else -> step.accept()
            }
        }
    }

    override suspend fun choose(step: ChooseStep, cancel: CancelToken): Answer? {
        trace.choose = step
        return unlessSessionCancelled("choose") {
            when {
                scenario["cancel_at"] == "choose" -> step.cancelled()
                "signer" in scenario -> chooseFile(step)
                else -> chooseIdentity(step)
            }
        }
    }

    private fun chooseFile(step: ChooseStep): Answer =
        if (step.refusals.isEmpty()) step.certificate(scenario.file("certificate")) else noneIsLeft(step)

    private suspend fun chooseIdentity(step: ChooseStep): Answer {
        val identities = token?.awaitIdentities().orEmpty()
        val wanted = scenario["pick"] ?: return step.firstOf(identities)
        val picked = identities.firstOrNull { hex(it.fingerprint) == wanted }
        val isRefused = step.refusals.any { hex(it.fingerprint) == wanted }
        return if (picked == null || isRefused) noneIsLeft(step) else step.certificate(picked.certificate)
    }

    private fun noneIsLeft(step: ChooseStep): Answer = step.failed(Code.NO_SIGNING_CERTIFICATE, "no certificate is left")

    override suspend fun sign(step: SignStep, cancel: CancelToken): Answer? {
        trace.sign = step
        return unlessSessionCancelled("sign") {
            when {
                scenario["cancel_at"] == "sign" -> step.cancelled()
                "signer" in scenario -> signRemotely(step)
                else -> signWithToken(step, cancel)
            }
        }
    }

    private suspend fun signWithToken(step: SignStep, cancel: CancelToken): Answer {
        val token = token ?: return step.cancelled()
        val typed = pins.removeFirstOrNull() ?: return step.cancelled()
        val options = SignOptions(allowFinalTry = "allow_final_try" in scenario)
        return Pin.of(typed.toCharArray()).use { token.awaitSign(step, it, options, cancel) }
    }

    private fun signRemotely(step: SignStep): Answer {
        val values = step.items.map<_, ByteArray?> { remoteSignature(scenario.text("signer"), it.toBeSigned) }
        if ("partial" !in scenario || values.size == 1 || leftOut) return step.signatures(values)
        leftOut = true
        return step.signatures(values.dropLast(1) + null)
    }

    override suspend fun pinRefused(error: KamusmException) {
        trace.pinErrors += error
    }

    private suspend fun unlessSessionCancelled(kind: String, answer: suspend () -> Answer): Answer? {
        if (scenario["cancel_session_at"] != kind) return answer()
        session.cancel()
        return null
    }
}
