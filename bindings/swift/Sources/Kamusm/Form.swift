import KamusmFFI

/// What is wrong with a field.
public typealias FieldError = KamusmFFI.FieldError

/// Başvuru Bilgileri: a form as the service has it, with the rules that are checked here before anything is sent.
public struct Form: Sendable {
    /// A part of the form.
    public typealias Section = KamusmFFI.Section
    /// A field of the form.
    public typealias Field = KamusmFFI.Field

    private let object: KamusmFFI.Form
    /// The rules, a JSON Schema (2020-12).
    public let schema: String
    /// What the page shows, in its order.
    public let sections: [Section]
    /// The values by the names of their fields. They hold personal data: keep them out of logs.
    public let values: [String: String]
    /// The fields that only the service changes.
    public let locked: [String]
    /// The tag of this version, for ``Portal/saveForm(_:etag:values:)``.
    public let etag: String

    init(_ object: KamusmFFI.Form) throws {
        self.object = object
        let content = try translating(object.content)
        (schema, sections, values) = (content.schema, content.sections, content.values)
        (locked, etag) = (content.locked, content.etag)
    }

    /// What the form's rules say against these values; nothing is sent.
    public func check(_ values: [String: String]) throws -> [FieldError] {
        try translating { try object.check(values: values) }
    }
}

extension Form: Redacted {
    public var description: String { "Form(\(sections.count) sections)" }
}
