import XCTest
@testable import Kamusm

/// The whole application, from the form to the evidence, and what is refused on the way.
final class PortalTests: XCTestCase {
    private func opened() throws -> (Portal, HTTPClient, Config) {
        let config = try Sandbox.config()
        return (Portal(of: try PersonToken(Sandbox.setting("PERSON_TOKEN")), config: config), try HTTPClient(config), config)
    }

    /// What the person types, with a phone that nobody else verifies.
    private var answers: [String: String] {
        [
            "certificate_duration": "3y", "card_reader": "none", "publish_certificate": "no",
            "email": "deneme@example.org", "gsm": "0534 \(Int.random(in: 1_000_000...9_999_999))",
            "operator": "turkcell", "info_channel": "sms", "institution": "Deneme Kurumu", "unit": "Bilgi İşlem",
            "job_title": "Mühendis", "work_phone": "0262 648 18 18", "extension": "1234", "province": "41",
            "delivery_method": "office",
        ]
    }

    /// A TCKN that nobody has, with right check digits.
    private func newTCKN() -> String {
        var digits = (0..<9).map { _ in Int.random(in: 1...9) }
        let (odd, even) = (stride(from: 0, to: 9, by: 2), stride(from: 1, to: 8, by: 2))
        let tenth = (7 * odd.map { digits[$0] }.reduce(0, +) - even.map { digits[$0] }.reduce(0, +)) % 10
        digits.append((tenth + 10) % 10)
        return (digits + [digits.reduce(0, +) % 10]).map(String.init).joined()
    }

    private func error(_ call: () async throws -> Void) async -> KamusmError? {
        do {
            try await call()
            return nil
        } catch {
            return error as? KamusmError
        }
    }

    func testFormAndPhone() async throws {
        let (portal, http, _) = try opened()
        let order = try await Sandbox.order()
        let form = try await http.perform(portal.form(order))
        XCTAssertEqual(form.sections.first?.title, "Ürün Bilgileri")
        let values = form.values.merging(answers) { $1 }
        XCTAssertTrue(try form.check(values).isEmpty)
        let wrong = values.merging(["email": "adres değil"]) { $1 }
        let fields = [FieldError(pointer: "/values/email", code: "format")]
        XCTAssertEqual(try form.check(wrong), fields)
        let invalid = await error { _ = try await http.perform(portal.saveForm(order, etag: form.etag, values: wrong)) }
        XCTAssertEqual(invalid?.code, .formInvalid)
        XCTAssertEqual(invalid?.fields, fields)
        _ = try await http.perform(portal.saveForm(order, etag: form.etag, values: values))
        await assertThrows(.formChanged) {
            _ = try await http.perform(portal.saveForm(order, etag: form.etag, values: values))
        }
        let provinces = try await http.perform(portal.choices("provinces"))
        XCTAssertEqual(provinces.first { $0.code == "41" }?.title, "Kocaeli")

        let sent = try await http.perform(portal.startPhoneVerification(order))
        let code = try await Sandbox.smsCode()
        let other = String(code.map { $0 == "9" ? "0" : "9" })
        let refused = await error { _ = try await http.perform(portal.tryPhoneCode(order, id: sent.id, code: other)) }
        XCTAssertEqual(refused?.code, .smsCodeWrong)
        XCTAssertEqual(refused?.attemptsLeft, 2)
        let verified = try await http.perform(portal.tryPhoneCode(order, id: sent.id, code: code))
        XCTAssertTrue(verified)
        let application = try await URLSessionTransport().perform(portal.application(order))
        XCTAssertEqual(application.state, "phone_verified")
        let events = try await http.perform(portal.events(order))
        XCTAssertFalse(events.isEmpty)
    }

    func testApprovalByEOnay() async throws {
        let (portal, http, _) = try opened()
        let order = try await Sandbox.order()
        await assertThrows(.notAccepted) { _ = try await http.perform(portal.consentToEonay(accepted: false)) }
        let consent = try await http.perform(portal.consentToEonay(accepted: true))
        let me = try await http.perform(portal.me())
        XCTAssertEqual(me.eonayConsent, consent)
        XCTAssertFalse("\(me)".contains(me.tckn))
        let approval = try await http.perform(portal.approval(order))
        let commitment = try XCTUnwrap(approval.commitments.first)
        let text = try await http.perform(portal.commitment(commitment))
        XCTAssertEqual(Int64(text.utf8.count), commitment.length)
        await assertThrows(.notRead) {
            _ = try await http.perform(portal.viewCommitment(order, commitment, readToEnd: false))
        }
        let view = try await http.perform(portal.viewCommitment(order, commitment, readToEnd: true))
        let approve = try portal.approve(order, viewIDs: [view], formDigest: approval.formDigest, accepted: true)
        // The same call is the same act.
        for _ in 1...2 {
            let result = try await http.perform(approve)
            XCTAssertEqual(result.state, "done")
        }
        let watch = try portal.watchApplication(order, etag: "\"1\"")
        XCTAssertNil(try watch.decode(Response(status: 304, headers: [], body: Data())))
        let cancelled = try await http.perform(portal.cancelApplication(order))
        XCTAssertEqual(cancelled.state, "cancelled")
    }

    func testFromTheCodeToTheEvidence() async throws {
        let (portal, http, config) = try opened()
        let order = try await Sandbox.order()
        let commitment = try await http.perform(portal.approval(order)).commitments[0]
        let view = try await http.perform(portal.viewCommitment(order, commitment, readToEnd: true))
        let issued = try await http.perform(portal.issueSignCode(order, viewIDs: [view]))
        let code = try XCTUnwrap(issued.code)
        XCTAssertEqual(try VerificationCode(code.written).environment, .sandbox)
        let person = TestPerson(try await Sandbox.token())
        let outcome = try await Session(code: code, config: config).run(person, over: http)
        XCTAssertEqual(outcome.kind, .accepted)
        let result = try await http.perform(portal.result(order))
        XCTAssertEqual(result.receipt, outcome.receipt?.jws)
        let evidence = try await http.perform(portal.evidence(order))
        let signature = try await http.perform(portal.downloadEvidence(order, evidence[0]))
        XCTAssertEqual([signature], outcome.signatures)
        var policy = CadesPolicy(anchors: [try Sandbox.file("TRUST_ANCHOR")])
        policy.intermediates = [try Sandbox.file("INTERMEDIATE")]
        policy.isRevocationRequired = false
        XCTAssertEqual(try policy.validate(signature).map(\.indication), [.totalPassed])
        let payment = try await http.perform(portal.payment(order))
        XCTAssertEqual(payment.amountKurus, 60_000)
        let intent = try await http.perform(portal.startPayment(order))
        XCTAssertTrue(intent.address.hasPrefix(try Sandbox.baseURL))
    }

    func testSignIn() async throws {
        let (_, http, config) = try opened()
        let person = TestPerson(try await Sandbox.token())
        let outcome = try await Session.signIn(config: config).run(person, over: http)
        XCTAssertEqual(outcome.kind, .accepted)
        let signedIn = try XCTUnwrap(outcome.signedIn)
        let me = try await http.perform(Portal(of: signedIn.token, config: config).me())
        XCTAssertEqual(me.tckn, signedIn.tckn)
        let back = "http://127.0.0.1:49152/giris"
        let edevlet = try EDevlet(clientID: "kamusm-sdk", redirectURI: back, config: config)
        XCTAssertTrue(edevlet.address.hasPrefix(try Sandbox.baseURL))
        XCTAssertTrue(try edevlet.isReturn("\(back)?code=x"))
        await assertThrows(.forbidden) { _ = try edevlet.returned("\(back)?code=abc&state=somebody-elses") }
    }

    func testStaffFromAFileToTheFollower() async throws {
        let (portal, http, config) = try opened()
        let file = """
            Kimlik Numarası;Ad Soyad;E-Posta;Başvuru Nedeni
            \(newTCKN());Işıl Öğünç;isil@kurum.example;İlk Sertifika
            ;;;
            """
        let rows = try PreApplication.rows(csv: Data(file.utf8))
        let good = try rows[0].result.get()
        XCTAssertFalse("\(good)".contains(good.tckn))
        XCTAssertThrowsError(try rows[1].result.get()) { error in
            let wrong = FieldError(pointer: "/email", code: "required")
            XCTAssertTrue((error as? KamusmError)?.fields.contains(wrong) == true)
        }
        let office = "kurum-\(Int.random(in: 100_000...999_999))"
        let institution: [String: Any] = ["name": "Deneme Kurumu", "officers": [Sandbox.applicant]]
        try await Sandbox.door("PUT", "/institutions/\(office)", institution)
        let placed = try await http.perform(portal.submit([good], to: office))
        let number = try placed[0].result.get()
        let person = try PersonToken(Sandbox.setting("PERSON_TOKEN"))
        let follow = try Follow([number, "SD-90001"], of: office, person: person, config: config, parallel: 2)
        var changes: [String: Result<Application.Status, KamusmError>] = [:]
        for try await change in follow.changes(over: http) {
            changes[change.number] = change.result
            if changes.count == 2 { break }
        }
        let one = try await http.perform(portal.staffApplication(number, of: office))
        XCTAssertEqual(try changes[number]?.get(), one.status)
        XCTAssertEqual(try follow.progress.refused, 1)
    }
}
