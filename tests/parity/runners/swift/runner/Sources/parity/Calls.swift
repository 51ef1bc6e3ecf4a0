import Foundation
import Kamusm

/// The sign-in by e-Devlet under way, from one scenario to the next.
private actor Begun {
    static let shared = Begun()
    private var edevlet: EDevlet?

    func set(_ begun: EDevlet) {
        edevlet = begun
    }

    func take() -> EDevlet? {
        defer { edevlet = nil }
        return edevlet
    }
}

/// Kind `call`: one call of the whole application, by its name.
struct Going {
    private let scenario: Scenario
    private let config: Config
    private let person: PersonToken
    private let portal: Portal
    private let transport: any Transport

    init(_ scenario: Scenario) throws {
        self.scenario = scenario
        config = try Config(scenario)
        // The sign-in is what has no token yet.
        person = try PersonToken(scenario.get("person_token") ?? "none")
        portal = Portal(of: person, config: config)
        transport = try parity.transport(scenario, config)
    }

    static func trace(_ scenario: Scenario) async -> Trace {
        do {
            guard let message = try await Going(scenario).perform() else {
                return ["unsupported": scenario.text("call")]
            }
            return ["message": message, "thrown": NSNull()]
        } catch let error as KamusmError {
            return ["message": NSNull(), "thrown": refusal(error)]
        } catch {
            fatalError("\(error)")
        }
    }

    /// The message; nothing where the name is not known.
    private func perform() async throws -> Any? {
        if let told = try await ofPerson() { return told }
        if let told = try await ofInstitution() { return told }
        return try await ofApplication(scenario.text("number"))
    }

    private func ofPerson() async throws -> Any? {
        switch scenario.text("call") {
        case "me.read": return message(try await ask(portal.me()))
        case "me.refresh": return message(try await ask(portal.refreshIdentity()))
        case "me.consent": return message(try await ask(portal.consentToEonay(accepted: isTrue("accepted"))))
        case "reference.list":
            let choices = try await ask(portal.choices(scenario.text("list"), province: scenario.get("province")))
            return choices.map { ["code": $0.code, "title": $0.title] }
        case "edevlet.address": return try await begin()
        case "edevlet.sign_in": return try await signIn()
        default: return nil
        }
    }

    private func ofApplication(_ number: String) async throws -> Any? {
        let (id, etag) = (scenario.text("id"), scenario.text("etag"))
        switch scenario.text("call") {
        case "application.read": return message(try await ask(portal.application(number)))
        case "application.watch":
            return orNull(try await ask(portal.watchApplication(number, etag: etag)).map { message($0) })
        case "application.cancel": return message(try await ask(portal.cancelApplication(number)))
        case "form.read": return try message(try await ask(portal.form(number)))
        case "form.check": return fields(try await ask(portal.form(number)).check(values))
        case "form.save": return try message(try await ask(portal.saveForm(number, etag: etag, values: values)))
        case "phone.start": return message(try await ask(portal.startPhoneVerification(number)))
        case "phone.attempt":
            return try await ask(portal.tryPhoneCode(number, id: id, code: scenario.text("sms_code")))
        case "approval.read": return message(try await ask(portal.approval(number)))
        case "approval.approve":
            let digest = scenario.text("form_digest")
            let call = try portal.approve(number, viewIDs: views, formDigest: digest, accepted: isTrue("accepted"))
            return message(try await ask(call))
        case "commitment.content": return try await ask(portal.commitment(commitment(number)))
        case "commitment.view":
            let commitment = try await commitment(number)
            return try await ask(portal.viewCommitment(number, commitment, readToEnd: isTrue("read_to_end")))
        case "sign_code.issue": return try message(try await ask(portal.issueSignCode(number, viewIDs: views)))
        case "sign_code.read": return try message(try await ask(portal.signCode(number, id: id)))
        case "sign_code.watch": return try message(try await ask(portal.watchSignCode(number, id: id)))
        case "sign_code.confirm":
            let confirmed = isTrue("confirmed")
            return try message(try await ask(portal.confirmSignCode(number, id: id, confirmed: confirmed)))
        case "sign_code.withdraw":
            try await ask(portal.withdrawSignCode(number, id: id))
            return NSNull()
        case "result.read": return message(try await ask(portal.result(number)))
        case "payment.read": return message(try await ask(portal.payment(number)))
        case "payment.start": return message(try await ask(portal.startPayment(number)))
        case "event.list":
            return try await ask(portal.events(number)).map { ["at": $0.at, "code": $0.code, "text": $0.text] }
        case "evidence.list": return try await ask(portal.evidence(number)).map { message($0) }
        case "evidence.download":
            let list = try await ask(portal.evidence(number))
            guard let one = list.first(where: { $0.id == id }) else { fatalError("the list has no \(id)") }
            return sha256(try await ask(portal.downloadEvidence(number, one)))
        default: return nil
        }
    }

    private func ofInstitution() async throws -> Any? {
        let (institution, number) = (scenario.text("institution"), scenario.text("number"))
        switch scenario.text("call") {
        case "institution.csv": return try rows().map { message($0) }
        case "institution.submit":
            let good = try rows().compactMap { try? $0.result.get() }
            return try await ask(portal.submit(good, to: institution)).map { message($0) }
        case "institution.list": return try await ask(portal.staffApplications(of: institution)).map { message($0) }
        case "institution.read": return message(try await ask(portal.staffApplication(number, of: institution)))
        case "institution.watch":
            let etag = scenario.text("etag")
            let call = try portal.watchStaffApplication(number, of: institution, etag: etag)
            return orNull(try await ask(call).map { message($0) })
        case "follow": return try await follow(institution)
        default: return nil
        }
    }

    /// Until each number is known or refused once.
    private func follow(_ institution: String) async throws -> Trace {
        let follow = try Follow(
            scenario.all("number"), of: institution, person: person, config: config,
            parallel: scenario.number("parallel") ?? 1
        )
        var statuses: Trace = [:]
        while statuses.count < Int(try follow.progress.total) {
            guard let change = try await transport.perform(follow, cancel: CancelToken()) else { break }
            switch change.result {
            case .success(let status): statuses[change.number] = status.code
            case .failure(let error): statuses[change.number] = refusal(error)
            }
        }
        let progress = try follow.progress
        return ["known": Int(progress.known), "refused": Int(progress.refused), "statuses": statuses]
    }

    private func begin() async throws -> Trace {
        let edevlet = try EDevlet(
            clientID: scenario.text("client_id"), redirectURI: scenario.text("redirect_uri"), config: config
        )
        await Begun.shared.set(edevlet)
        return ["address": edevlet.address]
    }

    private func signIn() async throws -> Trace {
        guard let edevlet = await Begun.shared.take() else { fatalError("no sign-in was begun") }
        let signedIn = try await ask(edevlet.returned(scenario.text("returned")))
        return ["name": signedIn.name, "tckn": signedIn.tckn, "expires_in_s": Int(signedIn.expiresIn)]
    }

    private func ask<Value>(_ call: Call<Value>) async throws -> Value {
        try await transport.perform(call)
    }

    private func commitment(_ number: String) async throws -> Commitment {
        guard let first = try await ask(portal.approval(number)).commitments.first else { fatalError("no commitment") }
        return first
    }

    private func rows() throws -> [PreApplication.Row] {
        try PreApplication.rows(csv: scenario.file("csv"))
    }

    private func isTrue(_ key: String) -> Bool {
        scenario.get(key) == "true"
    }

    private var views: [String] {
        scenario.all("view")
    }

    private var values: [String: String] {
        let pairs = scenario.all("value").map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        return Dictionary(pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }) { $1 }
    }
}
