import KamusmFFI

/// Show its texts; the person accepts or declines.
public struct ShowStep: Sendable {
    /// One text to sign: its octets are shown and signed as they are.
    public typealias Text = KamusmFFI.Text
    /// Who signs what, where.
    public typealias Facts = KamusmFFI.Facts

    let object: KamusmFFI.ShowStep
    /// The texts, 1 to 10, in order.
    public let texts: [Text]
    /// Who, what, where.
    public let facts: Facts
    /// When the window (Kalan Süre) is over.
    public let deadline: Deadline

    init(_ object: KamusmFFI.ShowStep) throws {
        self.object = object
        texts = try translating(object.texts)
        facts = try translating(object.facts)
        deadline = Deadline(monotonicMs: facts.deadlineMs)
    }

    /// The person read and accepts all texts.
    public func accept() throws -> Answer {
        try answering(object.accept)
    }

    /// The person does not accept.
    public func decline() throws -> Answer {
        try answering(object.decline)
    }

    /// The person cancelled.
    public func cancelled() throws -> Answer {
        try answering(object.cancelled)
    }
}
