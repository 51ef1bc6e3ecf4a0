import KamusmFFI

/// Follows the pre-applications of an institution cheaply.
///
/// ``changes(over:)`` runs it. Who wants a loop of their own performs it with a ``Transport``, a question at a time, or
/// takes ``next()`` and gives ``answer(_:_:)`` or ``failed(_:_:)``.
public final class Follow: Sendable {
    /// What to ask.
    public typealias Question = KamusmFFI.Question
    /// How far a follower is.
    public typealias Progress = KamusmFFI.Progress

    /// A pre-application whose status is new, or that cannot be followed any longer.
    public struct Change: Sendable {
        /// Sipariş No.
        public let number: String
        /// The status, or why it is not followed any longer.
        public let result: Result<Application.Status, KamusmError>

        init(_ change: KamusmFFI.Change) throws {
            number = change.number
            result = try Kamusm.result(change.status, change.error)
        }
    }

    let object: KamusmFFI.Follow
    private let parallel: Int

    /// Begins to follow; at most `parallel` questions are open at once.
    public init(
        _ numbers: [String], of institution: String, person: PersonToken, config: Config, parallel: Int = 8
    ) throws {
        let person = try person.object.open()
        self.parallel = parallel
        object = try translating {
            try KamusmFFI.Follow(
                config: config.object, token: person, institution: institution, numbers: numbers,
                parallel: Int64(parallel)
            )
        }
    }

    /// The next question that is due.
    public func next() throws -> Question? {
        try translating(object.next)
    }

    /// Takes the answer to a question: what it changed.
    public func answer(_ question: Question, _ response: Response) throws -> Change? {
        try translating { try object.answer(index: question.index, response: response, failure: nil) }.map(Change.init)
    }

    /// Takes that there is no answer to a question; it is asked again later.
    public func failed(_ question: Question, _ failure: TransportFailure) throws -> Change? {
        try translating { try object.answer(index: question.index, response: nil, failure: failure) }.map(Change.init)
    }

    /// When the next question is due; `nil` while as many as may be wait for their answer.
    public var deadline: Deadline? {
        get throws {
            try translating(object.deadline).map(Deadline.init(monotonicMs:))
        }
    }

    /// How far it is.
    public var progress: Progress {
        get throws {
            try translating(object.progress)
        }
    }

    /// Each change as it comes, until nothing can be followed any longer; who stops to listen ends what is asked.
    public func changes(over transport: some Transport) -> AsyncThrowingStream<Change, any Error> {
        AsyncThrowingStream { stream in
            let task = Task {
                do {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<max(parallel, 1) {
                            group.addTask { try await self.ask(transport) { stream.yield($0) } }
                        }
                        try await group.waitForAll()
                    }
                    stream.finish()
                } catch {
                    stream.finish(throwing: error)
                }
            }
            stream.onTermination = { _ in task.cancel() }
        }
    }

    private func ask(_ transport: some Transport, _ tell: (Change) -> Void) async throws {
        let cancel = CancelToken()
        while try progress.refused < progress.total {
            try Task.checkCancellation()
            if let change = try await transport.perform(self, cancel: cancel) {
                tell(change)
            } else {
                // Another one has it, or none is due.
                try await Task.sleep(nanoseconds: 100_000_000)
            }
        }
    }
}
