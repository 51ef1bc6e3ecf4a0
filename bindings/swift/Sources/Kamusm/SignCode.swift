import KamusmFFI

/// The page's side of a doğrulama kodu: the code and what became of it.
public struct SignCode: Sendable {
    /// The session that a code was redeemed for.
    public typealias Session = KamusmFFI.CodeSession
    /// The program that redeemed a code.
    public typealias Client = KamusmFFI.CodeClient

    /// Its id.
    public let id: String
    /// What became of it, such as `redeemed`.
    public let state: String
    /// The code, while it may be shown: ``VerificationCode/written``.
    public let code: VerificationCode?
    /// When it was issued, RFC 3339.
    public let createdAt: String
    /// Seconds for which it is good.
    public let expiresIn: Int64
    /// How often somebody else tried to redeem it.
    public let secondRedemptions: Int64
    /// The session that it was redeemed for.
    public let session: Session?

    init(_ code: KamusmFFI.SignCode) throws {
        (id, state) = (code.id, code.state)
        self.code = try code.code.map { try VerificationCode($0) }
        (createdAt, expiresIn) = (code.createdAt, code.expiresIn)
        (secondRedemptions, session) = (code.secondRedemptions, code.session)
    }
}
