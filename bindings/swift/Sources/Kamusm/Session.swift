import Foundation
import KamusmFFI

/// One doğrulama kodu on its way to "İşlem Başarılı", or one sign-in by e-imza.
///
/// ``run(_:over:cancel:)`` carries it to its end. Who wants to be in charge of each step takes ``step(now:)`` and
/// ``answer(_:now:)``: nothing else happens in a session.
public final class Session: Sendable {
    private let object: Closable<KamusmFFI.Session>
    private let turn = Turn()

    /// Begins a session for this code. Nothing is sent yet.
    public init(code: VerificationCode, config: Config) throws {
        let code = try code.object.open()
        object = Closable(try translating { try KamusmFFI.Session(code: code, config: config.object) })
    }

    private init(_ object: KamusmFFI.Session) {
        self.object = Closable(object)
    }

    /// Begins a sign-in by e-imza: one text that says so is shown and signed, and ``Outcome/signedIn`` tells who it is.
    public static func signIn(config: Config) throws -> Session {
        Session(try translating { try KamusmFFI.Session.signIn(config: config.object) })
    }

    /// Tells the next step: the same state gives the same step.
    public func step(now: Now? = nil) throws -> Step {
        let object = try object.open()
        return try Step(try translating { try object.step(now: now ?? clock()) })
    }

    /// Takes the answer of the current step. On an error nothing has changed.
    ///
    /// Worth handling: ``Code/stale``, the step was over; ask for the next one.
    public func answer(_ answer: Answer, now: Now? = nil) throws {
        let object = try object.open()
        try translating { try object.answer(answer: answer.object, now: now ?? clock()) }
    }

    /// Ends the session: the next step tells the service, the one after it is the end.
    public func cancel() throws {
        try translating(object.open().cancel)
    }

    /// When something changes by time alone: the end of a pause or of the window (Kalan Süre).
    public var deadline: Deadline? {
        get throws {
            try translating(object.open().deadline).map(Deadline.init(monotonicMs:))
        }
    }

    /// Lets go of everything. Using the session afterwards is an error, ``Code/closed``.
    public func close() {
        object.close()
    }

    /// Runs the session to its end. One at a time runs a session.
    ///
    /// A cancelled task, or token, ends what waits; the service is told, and the outcome is `cancelled`. An error of
    /// the person is thrown on: the session stands where it was and may be run again.
    public func run(
        _ person: some Person, over transport: some Transport, cancel: CancelToken = CancelToken()
    ) async throws -> Outcome {
        try turn.take()
        defer { turn.giveBack() }
        return try await withTaskCancellationHandler {
            var loop = Loop(session: self, person: person, transport: transport, cancel: cancel)
            return try await loop.run()
        } onCancel: {
            cancel.cancel()
        }
    }
}

/// Whose turn it is to run the session.
private final class Turn: @unchecked Sendable {
    private let lock = NSLock()
    private var isTaken = false

    func take() throws {
        lock.lock()
        defer { lock.unlock() }
        if isTaken { throw KamusmError(.state, "the session runs already") }
        isTaken = true
    }

    func giveBack() {
        lock.lock()
        isTaken = false
        lock.unlock()
    }
}
