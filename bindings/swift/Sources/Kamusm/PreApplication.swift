import Foundation
import KamusmFFI

/// One of an institution's staff who may apply. It holds personal data: keep it out of logs.
public typealias PreApplication = KamusmFFI.PreApplication
/// An application of one of the staff; what tells who it is comes masked.
public typealias StaffApplication = KamusmFFI.StaffApplication

extension PreApplication {
    /// A row of a CSV file: what it says, or why it is refused.
    public struct Row: Sendable {
        /// The line that it begins at, from 1.
        public let line: Int64
        /// What it says; why it is refused names the columns by its fields, such as `/email`.
        public let result: Result<PreApplication, KamusmError>
    }

    /// What became of a row of a submission.
    public struct Placed: Sendable {
        /// Which row, from 1.
        public let row: Int64
        /// The number of the new application, or why the row is refused.
        public let result: Result<String, KamusmError>
    }

    /// The rows of a CSV file (at most 500 rows and 256 KiB), each with its own result; what is no such file is refused.
    public static func rows(csv: Data) throws -> [Row] {
        try translating { try preApplicationsFromCsv(octets: csv) }.map {
            Row(line: $0.line, result: try result($0.item, $0.error))
        }
    }
}

/// Of the two exactly one is there.
func result<Value>(_ value: Value?, _ error: ErrorDetails?) throws -> Result<Value, KamusmError> {
    if let error { return .failure(KamusmError(error)) }
    guard let value else { throw KamusmError(.internal, "there is neither a value nor an error") }
    return .success(value)
}

/// What a person types, parsed as the service parses it, to be told before anything is sent.
public typealias Value = KamusmFFI.Value

extension Value {
    /// What a text is meant to be.
    public typealias Kind = KamusmFFI.ValueKind

    /// Parses a text. Worth handling: ``Code/range``, let the person type it again.
    public static func parse(_ text: String, as kind: Kind) throws -> Value {
        try translating { try valueOf(text: text, kind: kind) }
    }
}
