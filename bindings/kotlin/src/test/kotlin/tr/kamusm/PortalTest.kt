package tr.kamusm

import kotlin.random.Random
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** The whole application, from the form to the evidence, and what is refused on the way. */
class PortalTest {
    private val config = Sandbox.config()
    private val http = HttpClient(config)
    private val person = PersonToken.parse(Sandbox.personToken())
    private val portal = Portal(config, person)

    /** What the person types, with a phone that nobody else verifies. */
    private fun answers() = mapOf(
        "certificate_duration" to "3y", "card_reader" to "none", "publish_certificate" to "no",
        "email" to "deneme@example.org", "gsm" to "0533 ${Random.nextInt(1_000_000, 9_999_999)}",
        "operator" to "turkcell", "info_channel" to "sms", "institution" to "Deneme Kurumu", "unit" to "Bilgi İşlem",
        "job_title" to "Mühendis", "work_phone" to "0262 648 18 18", "extension" to "1234", "province" to "41",
        "delivery_method" to "office",
    )

    @Test
    fun `the person's applications with their status`() {
        val order = Sandbox.order()
        val list = runBlocking { portal.applications().await(http) }
        val row = list.single { it.no == order }
        assertEquals("Deneme Kurumu", row.institution)
        assertEquals("first", row.reason)
        assertNull(row.etag)
        val read = runBlocking { portal.application(order).await(OwnTest.JavaTransport()) }
        assertEquals("form_and_payment_pending", read.status.code)
        assertEquals("complete", read.status.action.code)
        assertEquals(row.state, read.state)
        assertTrue(read.state.isNotEmpty() && read.form.isNotEmpty() && read.production.state.isNotEmpty())
        assertNotNull(read.etag)
        assertTrue(read.status.title.isNotEmpty() && read.status.body.any { it is Block.Paragraph })
        assertTrue(list.any { application -> application.status.body.any { it is Block.Channels && it.banks.isNotEmpty() } })
        assertTrue(list.any { it.status.cancelledBy != null })
        val stranger = assertThrows<KamusmException.Service> { portal.application("SD-90001").perform(http) }
        assertEquals(Code.NOT_FOUND, stranger.code)
        assertEquals(Code.RANGE, assertThrows<KamusmException.Usage> { portal.application("../x") }.code)
    }

    @Test
    fun `a token of nobody`() {
        val error = assertThrows<KamusmException.Service> {
            Portal(config, PersonToken.parse("nobody")).me().perform(http)
        }
        assertEquals(Code.UNAUTHENTICATED, error.code)
        assertEquals(401, error.httpStatus)
    }

    @Test
    fun `wrong fields are told before and after sending`() {
        val order = Sandbox.order()
        val form = portal.form(order).perform(http)
        assertEquals("Ürün Bilgileri", form.sections.first().title)
        val province = form.sections.flatMap { it.fields }.single { it.name == "province" }
        assertEquals(listOf("İl", "choice", "provinces"), listOf(province.label, province.kind, province.optionsList))
        assertTrue(province.isRequired && "tckn" in form.locked && "type" in form.schema)
        assertEquals("Kocaeli", portal.choices("provinces").perform(http).single { it.code == "41" }.title)
        assertTrue(portal.choices("delivery-methods", "41").perform(http).isNotEmpty())
        val values = form.values + answers()
        assertTrue(form.check(values).isEmpty())
        val wrong = values + ("email" to "adres değil")
        val told = listOf("/values/email" to "format")
        assertEquals(told, form.check(wrong).map { it.pointer to it.code })
        val error = assertThrows<KamusmException.Service> { portal.saveForm(order, form.etag, wrong).perform(http) }
        assertEquals(Code.FORM_INVALID, error.code)
        assertEquals(told, error.fields.map { it.pointer to it.code })
        val saved = portal.saveForm(order, form.etag, values + ("unit" to "Şube ğüşiöç İI")).perform(http)
        assertEquals("Şube ğüşiöç İI", saved.values["unit"])
        val stale = assertThrows<KamusmException.Service> { portal.saveForm(order, form.etag, values).perform(http) }
        assertEquals(Code.FORM_CHANGED, stale.code)
    }

    @Test
    fun `the phone is verified by the code of an SMS`() {
        val order = Sandbox.order()
        val form = portal.form(order).perform(http)
        portal.saveForm(order, form.etag, form.values + answers()).perform(http)
        val sent = portal.startPhoneVerification(order).perform(http)
        assertEquals(3, sent.attemptsLeft)
        val code = Sandbox.smsCode()
        val wrong = code.map { if (it == '9') '0' else '9' }.joinToString("")
        val error = assertThrows<KamusmException.Service> { portal.tryPhoneCode(order, sent.id, wrong).perform(http) }
        assertEquals(Code.SMS_CODE_WRONG, error.code)
        assertEquals(2, error.attemptsLeft)
        assertThrows<KamusmException.Usage> { portal.tryPhoneCode(order, sent.id, "12345") }
        assertTrue(portal.tryPhoneCode(order, sent.id, code).perform(http))
        assertEquals("phone_verified", portal.application(order).perform(http).state)
        assertTrue(portal.events(order).perform(http).isNotEmpty())
    }

    @Test
    fun `an approval by e-onay`() {
        val order = Sandbox.order()
        val refused = assertThrows<KamusmException.Service> { portal.consentToEonay(false).perform(http) }
        assertEquals(Code.NOT_ACCEPTED, refused.code)
        assertTrue(portal.consentToEonay(true).perform(http).isGiven)
        val me = portal.me().perform(http)
        assertTrue(me.eonayConsent.givenAt != null && "*" in me.tckn)
        val approval = portal.approval(order).perform(http)
        assertEquals(setOf("e_onay", "e_imza"), approval.methods.map { it.code }.toSet())
        val commitment = approval.commitments.single()
        val text = portal.commitment(commitment).perform(http)
        assertEquals(commitment.length, text.toByteArray().size.toLong())
        val unread = assertThrows<KamusmException.Service> { portal.viewCommitment(order, commitment, false).perform(http) }
        assertEquals(Code.NOT_READ, unread.code)
        val view = portal.viewCommitment(order, commitment, true).perform(http)
        val approve = portal.approve(order, listOf(view), approval.formDigest, true)
        assertEquals("done", approve.perform(http).state)
        // The same call is the same act.
        assertEquals("done", approve.perform(http).state)
        val cancel = portal.cancelApplication(order)
        assertEquals("cancelled", cancel.perform(http).state)
    }

    @Test
    fun `from the doğrulama kodu to evidence and payment`() {
        val order = Sandbox.order()
        val view = portal.viewCommitment(order, portal.approval(order).perform(http).commitments.single(), true).perform(http)
        val issued = portal.issueSignCode(order, listOf(view)).perform(http)
        val code = checkNotNull(issued.code)
        assertEquals(Environment.SANDBOX, VerificationCode.parse(code.written()).environment)
        val outcome = runBlocking { Session(code, config).use { it.run(Accepting(Sandbox.token()), http) } }
        assertEquals(OutcomeKind.ACCEPTED, outcome.kind)
        assertNull(outcome.signedIn)
        val redeemed = portal.signCode(order, issued.id).perform(http)
        assertNull(redeemed.code)
        assertEquals("kotlin-test", redeemed.session?.client?.name)
        assertEquals(outcome.receipt?.jws, portal.result(order).perform(http).receipt)
        val evidence = portal.evidence(order).perform(http).single()
        val signature = portal.downloadEvidence(order, evidence).perform(http)
        assertArrayEquals(outcome.signatures.single(), signature)
        val policy = CadesPolicy(listOf(Sandbox.anchorPem), System.currentTimeMillis() / 1000).revocationRequired(false)
        assertEquals(Indication.TOTAL_PASSED, policy.validate(signature).single().indication)
        val payment = portal.payment(order).perform(http)
        assertEquals(listOf("pending", 60_000L, "TRY"), listOf(payment.state, payment.amountKurus, payment.currency))
        assertTrue(portal.startPayment(order).perform(http).address.startsWith(Sandbox.baseUrl))
    }

    @Test
    fun `a code is withdrawn, an application watched`() {
        val order = Sandbox.order()
        val view = portal.viewCommitment(order, portal.approval(order).perform(http).commitments.single(), true).perform(http)
        val issued = portal.issueSignCode(order, listOf(view)).perform(http)
        assertThrows<KamusmException.Service> { portal.confirmSignCode(order, issued.id, true).perform(http) }
        portal.withdrawSignCode(order, issued.id).perform(http)
        assertEquals("cancelled", portal.watchSignCode(order, issued.id).perform(http).state)
        val watch = portal.watchApplication(order, portal.application(order).perform(http).etag!!)
        assertNull(watch.decode(Response(304, emptyList(), ByteArray(0))))
        portal.cancelApplication(order).perform(http)
        assertEquals("cancelled", watch.perform(http)?.state)
    }

    @Test
    fun `the register answers or not`() {
        assertTrue(!portal.refreshIdentity().perform(http).isChanged)
        val answer = """{"type":"urn:kamusm:problem:upstream-unavailable","title":"?","status":503,"upstream":"nvi"}"""
        val headers = listOf("content-type" to "application/problem+json")
        val error = assertThrows<KamusmException> {
            portal.refreshIdentity().decode(Response(503, headers, answer.toByteArray()))
        }
        assertEquals("nvi", error.upstream)
    }

    @Test
    fun `sign-in by e-imza and by e-Devlet`() {
        val outcome = runBlocking { Session.signIn(config).use { it.run(Accepting(Sandbox.token()), http) } }
        assertEquals(OutcomeKind.ACCEPTED, outcome.kind)
        val byCard = checkNotNull(outcome.signedIn)
        assertEquals(byCard.tckn, Portal(config, byCard.token).me().perform(http).tckn)
        val back = "http://127.0.0.1:49152/giris"
        val edevlet = EDevlet(config, "kamusm-sdk", back)
        val returned = Sandbox.throughEdevlet(edevlet.address)
        assertTrue(edevlet.isReturn(returned) && !edevlet.isReturn("http://127.0.0.1:49152/other"))
        val byEdevlet = edevlet.returned(returned).perform(http)
        assertEquals(byCard.tckn, byEdevlet.tckn)
        assertTrue(byEdevlet.expiresInSeconds > 0)
        val forged = assertThrows<KamusmException> { edevlet.returned("$back?code=abc&state=somebody-elses") }
        assertEquals(Code.FORBIDDEN, forged.code)
    }

    @Test
    fun `an institution's staff, from a file to the follower`() {
        val rows = PreApplication.fromCsv(
            """
            Kimlik Numarası;Ad Soyad;E-Posta;Başvuru Nedeni;Cep Telefonu
            ${Sandbox.newTckn()};Işıl Öğünç;isil@kurum.example;İlk Sertifika;0532 123 45 67
            ;;;;
            ${Sandbox.newTckn()};Işıl Öğünç;isil@kurum.example;İlk Sertifika;
            """.trimIndent().toByteArray(),
        )
        val good = checkNotNull(rows[0].item)
        assertEquals("+905321234567", good.gsm)
        assertEquals("+90", Value.parse("0532 123 45 67", ValueKind.GSM).masked.take(3))
        assertEquals(3, rows[1].line)
        assertTrue(rows[1].error!!.fields.any { it.pointer == "/email" && it.code == "required" })
        val office = Sandbox.office()
        assertTrue(portal.me().perform(http).institutions.any { it.id == office })
        val placed = portal.submitPreApplications(office, rows.mapNotNull { it.item }).perform(http)
        val numbers = placed.map { checkNotNull(it.number) { "${it.error} ${it.error?.fields?.map { field -> field.pointer + field.code }}" } }
        assertEquals(numbers.toSet(), portal.staffApplications(office).perform(http).map { it.no }.toSet())
        val one = portal.staffApplication(office, numbers[0]).perform(http)
        assertTrue("*" in one.tckn)
        val watch = portal.watchStaffApplication(office, numbers[0], one.etag!!)
        assertNull(watch.decode(Response(304, emptyList(), ByteArray(0))))
        val follow = Follow(config, person, office, numbers, parallel = 2)
        val changes = runBlocking { follow.changes(http).take(2).toList() }
        assertEquals(numbers.toSet(), changes.map { it.number }.toSet())
        assertTrue(changes.all { it.status?.code == one.status.code && it.error == null })
        val own = Follow(config, person, office, numbers + "SD-90001")
        val asked = List(3) { own.ask(OwnTest.JavaTransport()) }
        assertEquals(Code.NOT_FOUND, asked.single { it?.number == "SD-90001" }?.error?.code)
        assertEquals(1, own.progress.refused)
    }
}
