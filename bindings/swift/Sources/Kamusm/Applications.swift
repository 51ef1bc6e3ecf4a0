import KamusmFFI

/// A bearer token of the person's sign-in: keep it out of logs.
public final class PersonToken: Sendable {
    let object: Closable<KamusmFFI.PersonToken>

    /// 1 to 4096 visible ASCII characters (RFC 6750 2.1).
    public init(_ text: String) throws {
        object = Closable(try translating { try KamusmFFI.PersonToken.parse(text: text) })
    }

    /// Lets go of the token, which is wiped.
    public func close() {
        object.close()
    }
}

/// An application with its status. Words of a newer service come as they are.
public typealias Application = KamusmFFI.Application

extension Application {
    /// A status with the service's texts.
    public typealias Status = KamusmFFI.Status
    /// The button of a row.
    public typealias Action = KamusmFFI.Action
    /// A part of a status text.
    public typealias Block = KamusmFFI.Block
    /// A bank and the channels through which it takes the payment.
    public typealias Bank = KamusmFFI.Bank

    /// Asks for all applications of the person, the latest first.
    public static func all(
        of person: PersonToken, config: Config, over transport: some Transport, cancel: CancelToken = CancelToken()
    ) async throws -> [Application] {
        try await transport.perform(ApplicationsCall(of: person, config: config), cancel: cancel)
    }

    /// Asks for one application, such as `SD-13712`; somebody else's is ``Code/notFound``.
    public static func read(
        _ number: String, of person: PersonToken, config: Config, over transport: some Transport,
        cancel: CancelToken = CancelToken()
    ) async throws -> Application {
        try await transport.perform(ApplicationCall(number, of: person, config: config), cancel: cancel)
    }
}

/// Asks for all applications of the person.
public struct ApplicationsCall: Sendable {
    let object: KamusmFFI.ApplicationsCall
    /// What to send, exactly as it stands.
    public let request: Request

    public init(of person: PersonToken, config: Config) throws {
        let person = try person.object.open()
        let object = try translating { try applicationsList(config: config.object, token: person) }
        request = try translating(object.request)
        self.object = object
    }

    /// The applications; a refusal of the service or an answer that is none becomes its error.
    public func decode(_ response: Response) throws -> [Application] {
        try translating { try object.decode(response: response) }
    }
}

/// Asks for one application.
public struct ApplicationCall: Sendable {
    let object: KamusmFFI.ApplicationCall
    /// What to send, exactly as it stands.
    public let request: Request

    public init(_ number: String, of person: PersonToken, config: Config) throws {
        let person = try person.object.open()
        let object = try translating {
            try applicationRead(config: config.object, token: person, number: number)
        }
        request = try translating(object.request)
        self.object = object
    }

    /// The application; a refusal of the service or an answer that is none becomes its error.
    public func decode(_ response: Response) throws -> Application {
        try translating { try object.decode(response: response) }
    }
}
