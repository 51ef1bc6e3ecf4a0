import Kamusm

/// A person who accepts and signs with the PINs given, in their order; without one left they cancel.
struct TestPerson: Person {
    let token: Token
    let pins = Notes<String>()
    let steps = Notes<Step>()
    let told = Notes<KamusmError?>()
    var whenShown: @Sendable (ShowStep) async throws -> Answer = { try $0.accept() }
    var whenBegun: @Sendable (Step) async -> Void = { _ in }

    init(_ token: Token, pins: [String] = [Sandbox.pin]) {
        self.token = token
        pins.forEach(self.pins.add)
    }

    func show(_ step: ShowStep) async throws -> Answer {
        try await whenShown(step)
    }

    func choose(_ step: ChooseStep) async throws -> Answer {
        try await token.choose(step)
    }

    func sign(_ step: SignStep, after error: KamusmError?) async throws -> Answer {
        let attempt = told.all.count
        told.add(error)
        guard attempt < pins.all.count else { return try step.cancelled() }
        return try await token.sign(step, pin: Pin(pins.all[attempt]))
    }

    func begins(_ step: Step) async {
        steps.add(step)
        await whenBegun(step)
    }

    /// The kinds of the steps without waits, equal neighbours once.
    var kinds: [String] {
        steps.all.map(\.kind).filter { $0 != "wait" }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}

extension Step {
    var kind: String {
        switch self {
        case .send: return "send"
        case .wait: return "wait"
        case .show: return "show"
        case .choose: return "choose"
        case .sign: return "sign"
        case .done: return "done"
        case .unknown: return "unknown"
        }
    }

    var isWait: Bool {
        kind == "wait"
    }
}
