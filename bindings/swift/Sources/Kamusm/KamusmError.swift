import Foundation
import KamusmFFI

/// What every call throws, by what the caller can do about it. It never holds personal data.
///
/// The members of ``Details`` are members of the error too: `error.code`, `error.pinTriesLeft`.
@dynamicMemberLookup
public enum KamusmError: Error, Hashable, Sendable {
    /// Fix the program.
    case usage(Details)
    /// Retry later.
    case network(Details)
    /// Tell the person; mostly a new code is needed.
    case service(Details)
    /// Tell the person; about the card, its reader, its driver or its PIN.
    case card(Details)
    /// Choose another certificate.
    case certificate(Details)
    /// Report.
    case signature(Details)
    /// The journal.
    case storage(Details)
    /// Report; the object may only be let go.
    case `internal`(Details)

    /// An error with the data that a caller may need.
    public struct Details: Hashable, Sendable {
        /// The number.
        public let code: Code
        /// What happened, for developers, in English.
        public let reason: String
        /// Whether the same call may succeed later without anybody changing anything. A PIN is never retried.
        public let isRetryable: Bool
        /// The service's problem type without its prefix, such as `code-expired`.
        public let problem: String?
        /// The service's number of the request, for its support.
        public let requestID: String?
        /// The HTTP status that carried the problem.
        public let httpStatus: Int?
        /// Seconds after which the service wants to be asked again.
        public let retryAfterSeconds: Int?
        /// The fields of what was sent that are wrong.
        public let fields: [FieldError]
        /// How often a code may still be tried.
        public let attemptsLeft: Int?
        /// Whose service behind the service does not answer, such as `nvi`.
        public let upstream: String?
        /// The CK_RV of the PKCS#11 call that failed.
        public let ckRV: Int64?
        /// PIN tries that are left, where the token tells.
        public let pinTriesLeft: Int?
        /// Whether a PIN try was used, or may have been.
        public let usedPinTry: Bool
        /// The errors behind this one, the nearest first.
        public let causes: [Cause]
    }

    /// An error behind another one.
    public struct Cause: Hashable, Sendable {
        /// The number.
        public let code: Code
        /// What happened, for developers, in English.
        public let reason: String
    }

    /// The data, whatever the category.
    public var details: Details {
        switch self {
        case .usage(let details), .network(let details), .service(let details), .card(let details),
            .certificate(let details), .signature(let details), .storage(let details), .internal(let details):
            return details
        }
    }

    /// Which case it is.
    public var category: Category {
        details.code.category
    }

    public subscript<Value>(dynamicMember member: KeyPath<Details, Value>) -> Value {
        details[keyPath: member]
    }

    /// What happened and what to do, one or two sentences for the person.
    public func sentence(in language: Language) -> String {
        details.code.sentence(in: language)
    }
}

extension KamusmError: LocalizedError {
    /// The sentence for the person, in Turkish if that is the first language of the system, else in English.
    public var errorDescription: String? {
        sentence(in: Language.first(of: Locale.preferredLanguages))
    }
}

extension KamusmError: CustomStringConvertible {
    /// For developers.
    public var description: String {
        "\(details.code): \(details.reason)"
    }
}

extension Language {
    static func first(of tags: [String]) -> Language {
        let language = tags.first?.prefix { $0 != "-" && $0 != "_" }
        return language == "tr" ? .turkish : .english
    }
}

extension KamusmError {
    /// An error of this layer or of the program.
    init(_ code: Code, _ reason: String) {
        self.init(
            Details(
                code: code, reason: reason, isRetryable: code.isRetryable, problem: nil, requestID: nil,
                httpStatus: nil, retryAfterSeconds: nil, fields: [], attemptsLeft: nil, upstream: nil, ckRV: nil,
                pinTriesLeft: nil, usedPinTry: false, causes: []
            )
        )
    }

    init(_ details: ErrorDetails) {
        self.init(
            Details(
                code: Code(rawValue: details.code), reason: details.reason, isRetryable: details.retryable,
                problem: details.problem, requestID: details.requestId, httpStatus: details.httpStatus.map(Int.init),
                retryAfterSeconds: details.retryAfterS.map { Int($0) }, fields: details.fields,
                attemptsLeft: details.attemptsLeft.map { Int($0) }, upstream: details.upstream, ckRV: details.ckRv,
                pinTriesLeft: details.pinTriesLeft.map(Int.init), usedPinTry: details.usedPinTry,
                causes: details.causes.map { Cause(code: Code(rawValue: $0.code), reason: $0.reason) }
            )
        )
    }

    private init(_ details: Details) {
        switch details.code.category {
        case .usage: self = .usage(details)
        case .network: self = .network(details)
        case .service: self = .service(details)
        case .card: self = .card(details)
        case .certificate: self = .certificate(details)
        case .signature: self = .signature(details)
        case .storage: self = .storage(details)
        case .internal: self = .internal(details)
        }
    }
}

/// Calls into the library; whatever it throws becomes ours.
func translating<Value>(_ call: () throws -> Value) throws -> Value {
    do {
        return try call()
    } catch let error as KamusmFFI.KamusmError {
        switch error {
        case .Usage(let details), .Network(let details), .Service(let details), .Card(let details),
            .Certificate(let details), .Signature(let details), .Storage(let details), .Internal(let details):
            throw KamusmError(details)
        }
    } catch {
        // A panic, which the generated code tells in words of its own.
        throw KamusmError(.internal, "the library broke off a call")
    }
}
