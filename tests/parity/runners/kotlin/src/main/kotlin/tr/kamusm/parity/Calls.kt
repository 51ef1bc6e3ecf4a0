package tr.kamusm.parity

import java.security.MessageDigest
import tr.kamusm.Call
import tr.kamusm.Code
import tr.kamusm.Commitment
import tr.kamusm.EDevlet
import tr.kamusm.Follow
import tr.kamusm.HttpClient
import tr.kamusm.KamusmException
import tr.kamusm.PersonToken
import tr.kamusm.Portal
import tr.kamusm.PreApplication

/** The sign-in by e-Devlet under way, from one scenario to the next. */
private var begun: EDevlet? = null

/** Kind `call`: one call of the whole application, by its name. */
internal fun called(scenario: Scenario): Map<String, Any?> {
    val name = scenario.text("call")
    val perform = CALLS[name] ?: return mapOf("unsupported" to name)
    return try {
        mapOf("message" to Going(scenario).perform(), "thrown" to null)
    } catch (error: KamusmException) {
        mapOf("message" to null, "thrown" to refusal(error))
    }
}

/** One scenario on its way: what it is given, and who performs its requests. */
internal class Going(val scenario: Scenario) {
    val config = scenario.config()

    // The sign-in is what has no token yet.
    val token = PersonToken.parse(scenario["person_token"] ?: "none")
    val portal = Portal(config, token)
    val number = scenario.text("number")
    val id = scenario.text("id")
    val etag = scenario.text("etag")
    val institution = scenario.text("institution")
    val views get() = scenario.all("view")
    val values get() = scenario.all("value").associate { it.substringBefore('=') to it.substringAfter('=', "") }
    private val own = "http" in scenario
    private val http by lazy { HttpClient(config) }

    fun isTrue(key: String) = scenario[key] == "true"

    fun <T> ask(call: Call<T>): T = if (own) call.perform(OwnTransport()) else call.perform(http)

    fun ask(follow: Follow) = if (own) follow.ask(OwnTransport()) else follow.ask(http)

    fun commitment(): Commitment = ask(portal.approval(number)).commitments.first()

    fun rows() = PreApplication.fromCsv(scenario.file("csv"))
}

private val CALLS: Map<String, Going.() -> Any?> = mapOf(
    "me.read" to { me(ask(portal.me())) },
    "me.refresh" to { identityRefresh(ask(portal.refreshIdentity())) },
    "me.consent" to { consent(ask(portal.consentToEonay(isTrue("accepted")))) },
    "application.read" to { wholeApplication(ask(portal.application(number))) },
    "application.watch" to { ask(portal.watchApplication(number, etag))?.let(::wholeApplication) },
    "application.cancel" to { wholeApplication(ask(portal.cancelApplication(number))) },
    "form.read" to { form(ask(portal.form(number))) },
    "form.check" to { fields(ask(portal.form(number)).check(values)) },
    "form.save" to { form(ask(portal.saveForm(number, etag, values))) },
    "reference.list" to {
        ask(portal.choices(scenario.text("list"), scenario["province"])).map { mapOf("code" to it.code, "title" to it.title) }
    },
    "phone.start" to { phone(ask(portal.startPhoneVerification(number))) },
    "phone.attempt" to { ask(portal.tryPhoneCode(number, id, scenario.text("sms_code"))) },
    "approval.read" to { approval(ask(portal.approval(number))) },
    "approval.approve" to {
        result(ask(portal.approve(number, views, scenario.text("form_digest"), isTrue("accepted"))))
    },
    "commitment.content" to { ask(portal.commitment(commitment())) },
    "commitment.view" to { ask(portal.viewCommitment(number, commitment(), isTrue("read_to_end"))) },
    "sign_code.issue" to { signCode(ask(portal.issueSignCode(number, views))) },
    "sign_code.read" to { signCode(ask(portal.signCode(number, id))) },
    "sign_code.watch" to { signCode(ask(portal.watchSignCode(number, id))) },
    "sign_code.confirm" to { signCode(ask(portal.confirmSignCode(number, id, isTrue("confirmed")))) },
    "sign_code.withdraw" to { ask(portal.withdrawSignCode(number, id)).let { null } },
    "result.read" to { result(ask(portal.result(number))) },
    "payment.read" to { payment(ask(portal.payment(number))) },
    "payment.start" to { paymentIntent(ask(portal.startPayment(number))) },
    "event.list" to {
        ask(portal.events(number)).map { mapOf("at" to it.at, "code" to it.code, "text" to it.text) }
    },
    "evidence.list" to { ask(portal.evidence(number)).map(::evidence) },
    "evidence.download" to { download() },
    "institution.csv" to { rows().map(::csvRow) },
    "institution.submit" to {
        ask(portal.submitPreApplications(institution, rows().mapNotNull { it.item })).map(::placed)
    },
    "institution.list" to { ask(portal.staffApplications(institution)).map(::ofStaff) },
    "institution.read" to { ofStaff(ask(portal.staffApplication(institution, number))) },
    "institution.watch" to { ask(portal.watchStaffApplication(institution, number, etag))?.let(::ofStaff) },
    "follow" to { follow() },
    "edevlet.address" to {
        val edevlet = EDevlet(config, scenario.text("client_id"), scenario.text("redirect_uri"))
        begun = edevlet
        mapOf("address" to edevlet.address)
    },
    "edevlet.sign_in" to {
        val edevlet = checkNotNull(begun) { "no sign-in was begun" }
        begun = null
        val signedIn = ask(edevlet.returned(scenario.text("returned")))
        mapOf("name" to signedIn.name, "tckn" to signedIn.tckn, "expires_in_s" to signedIn.expiresInSeconds)
    },
)

private fun Going.download(): String {
    val one = ask(portal.evidence(number)).single { it.id == id }
    return hex(MessageDigest.getInstance("SHA-256").digest(ask(portal.downloadEvidence(number, one))))
}

/** Until each number is known or refused once. */
private fun Going.follow(): Map<String, Any?> {
    val parallel = scenario["parallel"]?.toInt() ?: 1
    val follow = Follow(config, token, institution, scenario.all("number"), parallel)
    val statuses = mutableMapOf<String, Any?>()
    while (statuses.size < follow.progress.total) {
        val change = ask(follow) ?: break
        statuses[change.number] = change.error?.let(::refusal) ?: change.status?.code
    }
    val progress = follow.progress
    return mapOf("known" to progress.known, "refused" to progress.refused, "statuses" to statuses)
}
