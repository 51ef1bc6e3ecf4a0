import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
import Kamusm

/// The reference service that the suite has started, and its tests' door.
enum Sandbox {
    static let pin = "1234"
    /// Of the first person of the service's list.
    static let applicant = "10000000146"

    static func setting(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment["KAMUSM_TEST_\(name)"], !value.isEmpty else {
            throw Missing(name: name)
        }
        return value
    }

    struct Missing: Error {
        let name: String
    }

    static var baseURL: String {
        get throws { try setting("BASE_URL") }
    }

    static func file(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: try setting(name)))
    }

    static func config(_ change: (inout Config.Settings) -> Void = { _ in }) throws -> Config {
        try Config(baseURL: baseURL, environment: .sandbox) { settings in
            settings.proxy = .none
            change(&settings)
        }
    }

    /// A code for a new application with this many texts.
    static func code(texts: Int = 1, form: [[String]] = []) async throws -> (code: VerificationCode, no: String) {
        let no = try await order(texts: texts, form: form)
        let issued = try await door("POST", "/orders/\(no)/sign-codes")
        guard let code = issued["code"] as? String else { throw Missing(name: "code") }
        return (try VerificationCode(code), no)
    }

    /// A new application with this many texts.
    static func order(texts: Int = 1, form: [[String]] = []) async throws -> String {
        let no = "SD-\(Int.random(in: 10_000_000...99_999_999))"
        try await door("POST", "/persons/\(applicant)/orders", ["no": no, "texts": texts, "form": form])
        return no
    }

    /// The code in the last SMS.
    static func smsCode() async throws -> String {
        let items = try await door("GET", "/outbox")["items"] as? [[String: Any]] ?? []
        let texts = items.filter { $0["kind"] as? String == "sms" }.compactMap { $0["text"] as? String }
        let words = texts.last?.split { !$0.isNumber } ?? []
        guard let code = words.first(where: { $0.count == 6 }) else { throw Missing(name: "SMS") }
        return String(code)
    }

    /// The test person's software key.
    static func token() async throws -> Token {
        try await Token.pem(file("PEM"), pin: Pin(pin))
    }

    /// `/admin/v1`, from this machine and with the admin token.
    @discardableResult
    static func door(_ method: String, _ path: String, _ body: [String: Any]? = nil) async throws -> [String: Any] {
        var request = URLRequest(url: URL(string: "\(try baseURL)/admin/v1\(path)")!)
        request.httpMethod = method
        request.setValue("Bearer \(try setting("ADMIN_TOKEN"))", forHTTPHeaderField: "authorization")
        if let body {
            request.setValue("application/json", forHTTPHeaderField: "content-type")
            request.httpBody = try JSONSerialization.data(withJSONObject: body)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else { throw Missing(name: "\(path): \(status)") }
        return (try? JSONSerialization.jsonObject(with: data) as? [String: Any]) ?? [:]
    }

    /// What happens to the next requests of this kind.
    static func fault(_ method: String, _ pathEnd: String, _ rule: [String: Any]) async throws {
        try await door("POST", "/faults", ["method": method, "path_end": pathEnd].merging(rule) { $1 })
    }
}

extension Pin {
    convenience init(_ digits: String) {
        var octets = Array(digits.utf8)
        self.init(wiping: &octets)
    }
}

/// What tests note from several tasks.
final class Notes<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Value] = []

    func add(_ value: Value) {
        lock.lock()
        values.append(value)
        lock.unlock()
    }

    var all: [Value] {
        lock.lock()
        defer { lock.unlock() }
        return values
    }
}
