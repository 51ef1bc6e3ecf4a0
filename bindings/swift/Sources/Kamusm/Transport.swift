import KamusmFFI

/// Performs requests: ``HTTPClient``, ``URLSessionTransport``, or a ``Carrier`` of the program's own.
public protocol Transport: Sendable {
    /// Performs a Send step; a lost network and a cancelled wait are answers.
    func perform(_ step: SendStep, cancel: CancelToken) async throws -> Answer

    /// Performs a call of ``Portal``.
    func perform<Value>(_ call: Call<Value>, cancel: CancelToken) async throws -> Value

    /// Asks the next question of the follower if one is due, and tells what its answer changed.
    func perform(_ follow: Follow, cancel: CancelToken) async throws -> Follow.Change?
}

/// A transport of the program's own: it carries a request there and its answer back, nothing else.
public protocol Carrier: Transport {
    /// Sends the request as it stands and throws a ``TransportFailure`` where no answer came, or `CancellationError`.
    ///
    /// A redirect is an answer too. A request marked `afterCancel` is sent even though `cancel` is cancelled.
    func send(_ request: Request, cancel: CancelToken) async throws -> Response
}

extension Transport {
    /// Performs a call of ``Portal``; a cancelled task ends it.
    public func perform<Value>(_ call: Call<Value>) async throws -> Value {
        try await perform(call, cancel: CancelToken())
    }
}

extension TransportFailure: Error {}

extension Carrier {
    public func perform(_ step: SendStep, cancel: CancelToken) async throws -> Answer {
        do {
            return try step.response(try await send(step.request, cancel: cancel))
        } catch let failure as TransportFailure {
            return try step.failed(failure)
        } catch is CancellationError {
            return try step.cancelled()
        }
    }

    public func perform<Value>(_ call: Call<Value>, cancel: CancelToken) async throws -> Value {
        try call.decode(try await response(to: call.request, cancel: cancel))
    }

    public func perform(_ follow: Follow, cancel: CancelToken) async throws -> Follow.Change? {
        guard let question = try follow.next() else { return nil }
        do {
            return try follow.answer(question, try await send(question.request, cancel: cancel))
        } catch let failure as TransportFailure {
            return try follow.failed(question, failure)
        } catch is CancellationError {
            // The question is asked again later, if anybody still follows.
            _ = try follow.failed(question, .unreachable)
            throw KamusmError(.cancelled, "cancelled")
        }
    }

    private func response(to request: Request, cancel: CancelToken) async throws -> Response {
        do {
            return try await send(request, cancel: cancel)
        } catch let failure as TransportFailure {
            throw KamusmError(failure.code, "there is no answer: \(failure)")
        } catch is CancellationError {
            throw KamusmError(.cancelled, "cancelled")
        }
    }
}

extension TransportFailure {
    fileprivate var code: Code {
        switch self {
        case .unreachable: return .unreachable
        case .tls: return .tls
        case .timeout: return .timeout
        case .tooLarge: return .responseTooLarge
        case .malformed: return .badResponse
        }
    }
}
