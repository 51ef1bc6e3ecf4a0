/// The loop over a session's steps, written once.
struct Loop<Somebody: Person, Carrier: Transport> {
    let session: Session
    let person: Somebody
    let transport: Carrier
    let cancel: CancelToken
    /// What the person has yet to be told about the PIN.
    private var wrongPIN: KamusmError?

    init(session: Session, person: Somebody, transport: Carrier, cancel: CancelToken) {
        self.session = session
        self.person = person
        self.transport = transport
        self.cancel = cancel
    }

    /// What became of a step.
    private enum Result {
        case answer(Answer)
        /// The session is to be cancelled.
        case cancel
        /// A wrong PIN is no answer: the same step comes again, and the person is asked again.
        case again(KamusmError)
    }

    mutating func run() async throws -> Outcome {
        while true {
            let step = try session.step()
            await person.begins(step)
            if case .done(let outcome) = step { return outcome }
            switch try await perform(step) {
            case .answer(let answer): try take(answer)
            case .cancel: try session.cancel()
            case .again(let error): wrongPIN = error
            }
        }
    }

    private func take(_ answer: Answer) throws {
        do {
            try session.answer(answer)
        } catch let error as KamusmError where error.code == .stale {
            // A late answer changed nothing; the step of now comes.
        }
    }

    private mutating func perform(_ step: Step) async throws -> Result {
        do {
            switch step {
            case .send(let send): return .answer(try await perform(send))
            case .wait(let wait): return .answer(try await wait.perform(cancel: cancel))
            case .show(let show): return .answer(try await person.show(show))
            case .choose(let choose): return .answer(try await person.choose(choose))
            case .sign(let sign): return try await perform(sign)
            case .done, .unknown: return .cancel
            }
        } catch is CancellationError {
            return .cancel
        }
    }

    /// What is sent after a cancellation is not ended by it.
    private func perform(_ send: SendStep) async throws -> Answer {
        guard send.request.afterCancel else { return try await transport.perform(send, cancel: cancel) }
        let (transport, cancel) = (transport, cancel)
        return try await Task.detached { try await transport.perform(send, cancel: cancel) }.value
    }

    private mutating func perform(_ sign: SignStep) async throws -> Result {
        do {
            let answer = try await person.sign(sign, after: wrongPIN)
            wrongPIN = nil
            return .answer(answer)
        } catch let error as KamusmError where Code.mendedByThePIN.contains(error.code) {
            return .again(error)
        }
    }
}

extension Code {
    /// What another PIN entry mends; `Token.sign` throws these and answers with all others.
    static let mendedByThePIN: Set<Code> = [
        .pinRequired, .pinIncorrect, .pinFinalTry, .pinLength, .pinCancelled, .padTimeout, .padUnavailable,
        .padRequired,
    ]
}
