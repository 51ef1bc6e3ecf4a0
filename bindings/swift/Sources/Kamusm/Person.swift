import KamusmFFI

/// What only the person and the card can answer. Each answer is made by its step.
public protocol Person: Sendable {
    /// Shows the texts; `step.accept()` or `step.decline()`.
    func show(_ step: ShowStep) async throws -> Answer

    /// Chooses a certificate; `step.identity(…)` or `step.certificate(…)`.
    func choose(_ step: ChooseStep) async throws -> Answer

    /// Asks for the PIN and signs; `token.sign(step, pin: pin)`, or `step.signatures(…)` of a signer of one's own.
    ///
    /// `error` is what the attempt before threw about the PIN, ``Code/pinIncorrect`` most of all: tell it and ask
    /// again. Never give the same PIN twice: a card locks after three wrong ones.
    func sign(_ step: SignStep, after error: KamusmError?) async throws -> Answer

    /// Is told of each step before it is performed, to show what happens: a wait has a reason.
    func begins(_ step: Step) async
}

extension Person {
    public func begins(_ step: Step) async {}
}
