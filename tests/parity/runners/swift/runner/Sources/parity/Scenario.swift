import Foundation

/// One scenario: keys with values, in the order in which they came.
struct Scenario: Sendable {
    /// Every key of the table; a runner that does not know one says so.
    private static let keys: Set<String> = [
        "name", "kind", "base_url", "code", "client", "client_version", "environment", "language", "timeout_ms",
        "receipt_key", "intermediates", "other_text_profiles", "proxy", "trust_roots", "log_lines", "token",
        "token_path", "token_password", "pin", "allow_final_try", "pick", "signer", "certificate", "partial", "http",
        "decline", "cancel_at", "cancel_session_at", "answer_twice", "countdown", "person_token", "number", "content",
        "attached", "signing_time", "cms", "anchor", "crl", "ocsp", "at", "log", "call", "id", "etag", "list", "province",
        "value", "view", "form_digest", "accepted", "read_to_end", "confirmed", "sms_code", "institution", "csv",
        "client_id", "redirect_uri", "returned", "parallel",
    ]

    private let pairs: [(key: String, value: String)]

    init(_ lines: [String]) {
        pairs = lines.map { line in
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    var unknownKey: String? {
        pairs.map(\.key).first { !Self.keys.contains($0) }
    }

    func get(_ key: String) -> String? {
        pairs.first { $0.key == key }?.value
    }

    func has(_ key: String) -> Bool {
        get(key) != nil
    }

    func all(_ key: String) -> [String] {
        pairs.filter { $0.key == key }.map(\.value)
    }

    /// The value, or nothing in it.
    func text(_ key: String) -> String {
        get(key) ?? ""
    }

    func number(_ key: String) -> Int? {
        get(key).flatMap { Int($0) }
    }

    /// The octets of the file that the key names.
    func file(_ key: String) -> Data {
        read(text(key))
    }

    /// The octets of every file that the key names.
    func files(_ key: String) -> [Data] {
        all(key).map(read)
    }

    private func read(_ path: String) -> Data {
        guard let octets = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            fatalError("the table names files that are there")
        }
        return octets
    }
}
