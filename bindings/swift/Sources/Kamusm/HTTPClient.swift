#if KAMUSM_HTTP
import KamusmFFI

/// The library's own HTTP client with one kept connection; it follows no redirects. Any number of sessions and tasks
/// may share it.
public final class HTTPClient: Transport {
    private let object: Closable<KamusmFFI.HttpClient>

    /// A client with the configuration's trust roots and proxy.
    public init(_ config: Config) throws {
        object = Closable(try translating { try KamusmFFI.HttpClient(config: config.object) })
    }

    /// Lets go of the connection. Using the client afterwards is an error, ``Code/closed``.
    public func close() {
        object.close()
    }

    public func perform(_ step: SendStep, cancel: CancelToken = CancelToken()) async throws -> Answer {
        let object = try object.open()
        return Answer(object: try await blocking(cancelledBy: cancel) {
            try object.perform(send: step.object, cancel: cancel.object)
        })
    }

    public func perform<Value>(_ call: Call<Value>, cancel: CancelToken = CancelToken()) async throws -> Value {
        let object = try object.open()
        return try call.tell(try await blocking(cancelledBy: cancel) {
            try object.call(call: call.object, cancel: cancel.object)
        })
    }

    public func perform(_ follow: Follow, cancel: CancelToken = CancelToken()) async throws -> Follow.Change? {
        let object = try object.open()
        return try await blocking(cancelledBy: cancel) {
            try object.follow(follow: follow.object, cancel: cancel.object)
        }.map(Follow.Change.init)
    }
}
#endif
