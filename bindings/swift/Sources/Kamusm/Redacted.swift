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

extension KamusmFFI.PreApplication: Redacted {
    public var description: String { "PreApplication(\(reason))" }
}

extension KamusmFFI.StaffApplication: Redacted {
    public var description: String { "StaffApplication(\(no))" }
}

extension KamusmFFI.Me: Redacted {
    public var description: String { "Me" }
}

extension KamusmFFI.IdentityRefresh: Redacted {
    public var description: String { "IdentityRefresh(\(changed))" }
}

extension KamusmFFI.PaymentIntent: Redacted {
    public var description: String { "PaymentIntent(\(id))" }
}

extension KamusmFFI.Value: Redacted {
    public var description: String { masked }
}
