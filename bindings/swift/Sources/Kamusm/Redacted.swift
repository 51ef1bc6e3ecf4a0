import KamusmFFI

// What holds the code, a token or personal data is never printed: not by `print`, not inside another value, not by
// `dump`.

/// A value that prints as what it is and not as what it holds.
protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension KamusmFFI.Request: Redacted {
    public var description: String { "Request(\(method), \(body.count) octets)" }
}

extension KamusmFFI.Header: Redacted {
    public var description: String { "Header(\(name))" }
}

extension KamusmFFI.Response: Redacted {
    public var description: String { "Response(\(status), \(body.count) octets)" }
}

extension KamusmFFI.Text: Redacted {
    public var description: String { "Text(\(octets.count) octets)" }
}

extension KamusmFFI.Facts: Redacted {
    public var description: String { "Facts(\(application))" }
}

extension KamusmFFI.Application: Redacted {
    public var description: String { "Application(\(no))" }
}

extension Identity: Redacted {
    public var description: String { "Identity" }
}
