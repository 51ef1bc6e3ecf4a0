import KamusmFFI

/// A bearer token of the person's sign-in: keep it out of logs.
public final class PersonToken: Sendable {
    let object: Closable<KamusmFFI.PersonToken>

    /// 1 to 4096 visible ASCII characters (RFC 6750 2.1).
    public init(_ text: String) throws {
        object = Closable(try translating { try KamusmFFI.PersonToken.parse(text: text) })
    }

    init(_ object: KamusmFFI.PersonToken) {
        self.object = Closable(object)
    }

    /// Lets go of the token, which is wiped.
    public func close() {
        object.close()
    }
}
