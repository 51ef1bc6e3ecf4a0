import KamusmFFI

/// Which service a code belongs to.
public typealias Environment = KamusmFFI.Environment

/// A doğrulama kodu whose check symbol is right. It is a credential: keep it out of logs.
public final class VerificationCode: Sendable {
    let object: Closable<KamusmFFI.VerificationCode>
    /// The service that issued the code.
    public let environment: Environment

    /// Reads what the person pasted: spaces, dashes and letters that look alike are put right.
    ///
    /// Worth handling: ``Code/codeMalformed``, let the person paste again.
    public convenience init(_ text: String) throws {
        try self.init(try translating { try KamusmFFI.VerificationCode.parse(text: text) })
    }

    init(_ object: KamusmFFI.VerificationCode) throws {
        environment = try translating(object.environment)
        self.object = Closable(object)
    }

    /// The code as it is shown to the person, in groups of four.
    public var written: String {
        get throws {
            try translating(object.open().written)
        }
    }

    /// Lets go of the code, which is wiped.
    public func close() {
        object.close()
    }
}
