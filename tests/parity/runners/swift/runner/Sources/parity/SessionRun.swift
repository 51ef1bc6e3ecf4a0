import Foundation
import Kamusm

/// A whole session, as the scenario wants it. One task at a time uses it.
final class SessionRun: @unchecked Sendable {
    private let scenario: Scenario
    private let cancel = CancelToken()
    private var session: Session?
    private var token: Token?
    private var pins: [String]
    private var leftOut = false
    private var kinds: [String] = []
    private var waits: [String] = []
    private var pinErrors: [Trace] = []
    private var seen: Trace = [:]

    init(_ scenario: Scenario) {
        self.scenario = scenario
        pins = scenario.all("pin")
    }

    func trace() async -> Trace {
        var (outcome, thrown): (Outcome?, KamusmError?)
        do {
            outcome = try await run()
        } catch let error as KamusmError {
            thrown = error
        } catch {
            fatalError("\(error)")
        }
        let end: Trace = [
            "kinds": kinds,
            "waits": waits,
            "pin_errors": pinErrors,
            "outcome": orNull(outcome.map { name($0.kind) }),
            "error": orNull((outcome?.error).map(parity.trace)),
            "return_to": orNull(outcome?.returnTo),
            "receipt": orNull((outcome?.receipt).map(parity.trace)),
            "signed_in": orNull((outcome?.signedIn).map { ["name": $0.name, "tckn": $0.tckn] }),
            "cms": orNull(outcome?.signatures.map(hex)),
            "may_have_arrived": orNull(outcome?.mayHaveArrived),
            "thrown": orNull(thrown.map(parity.trace)),
        ]
        let absent = ["show", "choose", "sign", "countdown", "stale", "log"].map { ($0, NSNull() as Any) }
        return Trace(uniqueKeysWithValues: absent).merging(seen) { $1 }.merging(end) { $1 }
    }

    private func run() async throws -> Outcome {
        let config = try Config(scenario)
        defer {
            if scenario.has("log") { seen["log"] = (try? config.readLog())?.lines.map(\.text) }
        }
        let transport = try transport(scenario, config)
        let session = try opened(config)
        self.session = session
        token = scenario.has("token") ? try await Token.open(scenario) : nil
        return try await session.run(self, over: transport, cancel: cancel)
    }

    private func opened(_ config: Config) throws -> Session {
        if scenario.text("kind") == "sign_in" { return try Session.signIn(config: config) }
        return try Session(code: VerificationCode(scenario.text("code")), config: config)
    }

    private func isAt(_ key: String, _ kind: String) -> Bool {
        scenario.get(key) == kind
    }

    /// Who cancels the session instead of answering.
    private func cancelSession(at kind: String) throws {
        if isAt("cancel_session_at", kind) { throw CancellationError() }
    }
}

extension SessionRun: Person {
    func begins(_ step: Step) async {
        let kind: String
        switch step {
        case .send: kind = "send"
        case .wait(let wait):
            kind = "wait"
            if !waits.contains(name(wait.reason)) { waits.append(name(wait.reason)) }
        case .show(let show):
            kind = "show"
            seen["show"] = parity.trace(show)
        case .choose(let choose):
            kind = "choose"
            seen["choose"] = parity.trace(choose)
        case .sign(let sign):
            kind = "sign"
            seen["sign"] = parity.trace(sign)
        case .done: kind = "done"
        case .unknown: kind = "unknown"
        }
        if kind != "wait" && kinds.last != kind { kinds.append(kind) }
        if (kind == "send" || kind == "wait") && isAt("cancel_at", kind) { cancel.cancel() }
    }

    func show(_ step: ShowStep) async throws -> Answer {
        if let count = scenario.number("countdown") {
            seen["countdown"] = await step.deadline.countdown.prefix(count).reduce(into: []) { $0.append($1) }
        }
        try cancelSession(at: "show")
        if isAt("cancel_at", "show") { return try step.cancelled() }
        let answer = try scenario.has("decline") ? step.decline() : step.accept()
        if scenario.has("answer_twice"), let session {
            try session.answer(answer)
            do { try session.answer(answer) } catch let error as KamusmError { seen["stale"] = parity.trace(error) }
        }
        return answer
    }

    func choose(_ step: ChooseStep) async throws -> Answer {
        try cancelSession(at: "choose")
        if isAt("cancel_at", "choose") { return try step.cancelled() }
        if scenario.has("signer") {
            if step.refusals.isEmpty { return try step.certificate(scenario.file("certificate")) }
        } else if let wanted = scenario.get("pick") {
            let picked = try await token?.identities().first { hex($0.fingerprint) == wanted }
            if let picked, !step.refusals.contains(where: { $0.fingerprint == picked.fingerprint }) {
                return try step.certificate(picked.certificate)
            }
        } else if let token {
            return try await token.choose(step)
        }
        return try step.failed(.noSigningCertificate, reason: "no certificate is left")
    }

    func sign(_ step: SignStep, after error: KamusmError?) async throws -> Answer {
        try cancelSession(at: "sign")
        if isAt("cancel_at", "sign") { return try step.cancelled() }
        if let address = scenario.get("signer") { return try await signRemotely(step, address) }
        guard let token, !pins.isEmpty else { return try step.cancelled() }
        var digits = Array(pins.removeFirst().utf8)
        let options = Token.SignOptions(allowFinalTry: scenario.has("allow_final_try"))
        do {
            return try await token.sign(step, pin: Pin(wiping: &digits), options: options, cancel: cancel)
        } catch let error as KamusmError {
            pinErrors.append(parity.trace(error))
            throw error
        }
    }

    private func signRemotely(_ step: SignStep, _ address: String) async throws -> Answer {
        var values: [Data?] = []
        for item in step.items { values.append(try await remoteSignature(address, item.toBeSigned)) }
        if scenario.has("partial") && values.count > 1 && !leftOut {
            leftOut = true
            values[values.count - 1] = nil
        }
        return try step.signatures(values)
    }
}

extension Token {
    static func open(_ scenario: Scenario) async throws -> Token {
        let path = scenario.text("token_path")
        var password = scenario.get("token_password").map { Array($0.utf8) } ?? []
        switch scenario.text("token") {
        case "module": return try await Token.module(path)
        case "pkcs12": return try await Token.pkcs12(scenario.file("token_path"), password: Pin(wiping: &password))
        default:
            let pin = password.isEmpty ? nil : Pin(wiping: &password)
            return try await Token.pem(scenario.file("token_path"), pin: pin)
        }
    }
}
