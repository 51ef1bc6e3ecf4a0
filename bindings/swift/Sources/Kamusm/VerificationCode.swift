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
    public init(_ text: String) throws {
        let object = try translating { try KamusmFFI.VerificationCode.parse(text: text) }
        environment = try translating(object.environment)
        self.object = Closable(object)
    }

    /// Lets go of the code, which is wiped.
    public func close() {
        object.close()
    }
}
