import KamusmFFI

/// A person who signed in, by ``EDevlet`` or by ``Session/signIn(config:)``.
public struct SignedIn: Sendable {
    /// What the person's calls are made with: ``Portal``.
    public let token: PersonToken
    /// Seconds for which it is good.
    public let expiresIn: Int64
    /// Ad Soyad, masked.
    public let name: String
    /// The TCKN, masked.
    public let tckn: String

    init(_ signedIn: KamusmFFI.SignedIn) {
        token = PersonToken(signedIn.token)
        (expiresIn, name, tckn) = (signedIn.expiresInS, signedIn.name, signedIn.tckn)
    }
}

/// One sign-in by e-Devlet: open ``address`` in the person's browser, give what it comes back to to ``returned(_:)``.
public struct EDevlet: Sendable {
    private let object: KamusmFFI.EDevlet
    /// The page to open in the person's browser.
    public let address: String

    /// Begins a sign-in for the client with this id, whose registered address is a loopback address or a scheme of the
    /// program's own (RFC 8252 7).
    public init(clientID: String, redirectURI: String, config: Config) throws {
        object = try translating {
            try KamusmFFI.EDevlet(config: config.object, clientId: clientID, redirectUri: redirectURI)
        }
        address = try translating(object.address)
    }

    /// Whether this address is the one that the browser comes back to.
    public func isReturn(_ address: String) throws -> Bool {
        try translating { try object.isReturn(address: address) }
    }

    /// Takes the address that the browser came back to; its code is good once.
    ///
    /// Worth handling: ``Code/cancelled``, the person did not want to; ``Code/forbidden``, somebody else made the address.
    public func returned(_ address: String) throws -> Call<SignedIn> {
        try Call(try translating { try object.returned(address: address) }) {
            if case .signedIn(let signedIn) = $0 { SignedIn(signedIn) } else { nil }
        }
    }
}
