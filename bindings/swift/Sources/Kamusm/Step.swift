import KamusmFFI

/// The next thing to do.
public enum Step: Sendable {
    /// Perform an HTTP request.
    case send(SendStep)
    /// Wait.
    case wait(WaitStep)
    /// Show the texts to the person, who accepts or declines.
    case show(ShowStep)
    /// Choose the certificate to sign with.
    case choose(ChooseStep)
    /// Ask for the PIN, here and not before, and sign.
    case sign(SignStep)
    /// The end.
    case done(Outcome)
    /// A kind that this version does not know: cancel the session.
    case unknown

    init(_ step: KamusmFFI.Step) throws {
        switch step {
        case .send(let send): self = .send(try SendStep(send))
        case .wait(let wait): self = .wait(try WaitStep(wait))
        case .show(let show): self = .show(try ShowStep(show))
        case .choose(let choose): self = .choose(try ChooseStep(choose))
        case .sign(let sign): self = .sign(try SignStep(sign))
        case .done(let outcome): self = .done(Outcome(outcome))
        case .unknown: self = .unknown
        }
    }
}

/// A request to perform as it stands: no redirects, no cookies, no header added but `Host` and lengths.
///
/// Address, headers and body hold the code, a token and personal data: keep all of it out of logs.
public typealias Request = KamusmFFI.Request
/// One header.
public typealias Header = KamusmFFI.Header
/// The service's answer.
public typealias Response = KamusmFFI.Response

/// Why there is no answer.
public typealias TransportFailure = KamusmFFI.TransportFailure

/// Perform its request.
public struct SendStep: Sendable {
    let object: KamusmFFI.SendStep
    /// What to send, exactly as it stands.
    public let request: Request

    init(_ object: KamusmFFI.SendStep) throws {
        self.object = object
        request = try translating(object.request)
    }

    /// The service answered, with whatever status; hand over every header.
    public func response(_ response: Response) throws -> Answer {
        try answering { try object.response(response: response) }
    }

    /// There is no answer; the machine decides about a retry.
    public func failed(_ failure: TransportFailure) throws -> Answer {
        try answering { try object.failed(failure: failure) }
    }

    /// The person cancelled.
    public func cancelled() throws -> Answer {
        try answering(object.cancelled)
    }
}

/// Wait until its moment.
public struct WaitStep: Sendable {
    /// What is waited for.
    public typealias Reason = KamusmFFI.WaitReason

    let object: KamusmFFI.WaitStep
    /// Until when to wait.
    public let until: Deadline
    /// What is waited for, to tell the person.
    public let reason: Reason

    init(_ object: KamusmFFI.WaitStep) throws {
        self.object = object
        until = Deadline(monotonicMs: try translating(object.untilMs))
        reason = try translating(object.reason)
    }

    /// Waits until the moment has come or somebody cancels.
    public func perform(cancel: CancelToken = CancelToken()) async throws -> Answer {
        let object = object
        return Answer(object: try await blocking(cancelledBy: cancel) {
            try waitPerform(wait: object, cancel: cancel.object)
        })
    }

    /// The time came.
    public func elapsed() throws -> Answer {
        try answering(object.elapsed)
    }

    /// The person cancelled.
    public func cancelled() throws -> Answer {
        try answering(object.cancelled)
    }
}
