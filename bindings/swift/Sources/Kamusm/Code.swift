import KamusmFFI

/// The number of an error: what it means stands in docs/errors.md. Numbers are never reused.
public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Every error that this version knows, in the order of docs/errors.md.
    public static var all: [Code] {
        names.keys.sorted { $0.rawValue > $1.rawValue }
    }

    /// Such as `PIN_INCORRECT`; `nil` for a number that this version does not know.
    public var name: String? {
        Self.names[self]
    }

    /// What a caller can do about it.
    public var category: Category {
        Category(of: self)
    }

    /// Whether the same call may succeed later without anybody changing anything.
    public var isRetryable: Bool {
        let rows = try? errorCodes()
        return rows?.first { $0.number == rawValue }?.retryable ?? false
    }

    /// What happened and what to do, one or two sentences for the person.
    public func sentence(in language: Language) -> String {
        let text = try? errorText(code: rawValue, language: language)
        return text ?? (try? errorText(code: Code.internal.rawValue, language: language)) ?? "\(self)"
    }
}

extension Code: CustomStringConvertible {
    public var description: String {
        "\(name ?? "UNKNOWN") (\(rawValue))"
    }
}

/// What a caller can do about an error.
public enum Category: Int, Sendable, CaseIterable {
    /// Fix the program.
    case usage = 0
    /// Retry later.
    case network = 1
    /// Tell the person; mostly a new code is needed.
    case service = 2
    /// Tell the person; about the card, its reader, its driver or its PIN.
    case card = 3
    /// Choose another certificate.
    case certificate = 4
    /// Report.
    case signature = 5
    /// The journal.
    case storage = 6
    /// Report; the object may only be let go.
    case `internal` = 9

    /// Each category has a hundred numbers.
    init(of code: Code) {
        self = Category(rawValue: Int(-code.rawValue) / 100) ?? .internal
    }
}

/// The languages of the sentences.
public typealias Language = KamusmFFI.Language
