import KamusmFFI

/// One request to the service with the decoder of its answer; ``Portal`` makes them, a ``Transport`` performs them.
///
/// Where an act must not happen twice the call holds its key: performed again after a lost answer it is the same act.
public struct Call<Value: Sendable>: Sendable {
    let object: KamusmFFI.Call
    /// What to send, exactly as it stands.
    public let request: Request
    private let told: @Sendable (Message) throws -> Value?

    init(_ object: KamusmFFI.Call, _ told: @escaping @Sendable (Message) throws -> Value?) throws {
        self.object = object
        self.told = told
        request = try translating(object.request)
    }

    /// What the service says; a refusal of it, or an answer that is none, becomes its error.
    public func decode(_ response: Response) throws -> Value {
        try tell(try translating { try object.decode(response: response) })
    }

    func tell(_ message: Message) throws -> Value {
        guard let value = try told(message) else { throw KamusmError(.internal, "the message is of another kind") }
        return value
    }
}
