import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
import Kamusm

extension Config {
    convenience init(_ scenario: Scenario) throws {
        let environment: Kamusm.Environment = scenario.get("environment") == "production" ? .production : .sandbox
        try self.init(baseURL: scenario.text("base_url"), environment: environment) { settings in
            if let name = scenario.get("client") {
                settings.client = .init(name: name, version: scenario.get("client_version") ?? "1.0")
            }
            if let language = scenario.get("language") { settings.language = language == "en" ? .english : .turkish }
            settings.timeout = scenario.number("timeout_ms").map { TimeInterval($0) / 1000 }
            settings.logLines = scenario.number("log_lines")
            if scenario.has("intermediates") {
                settings.intermediatesPEM = String(decoding: scenario.file("intermediates"), as: UTF8.self)
            }
            if scenario.has("trust_roots") { settings.trustRootsPEM = scenario.file("trust_roots") }
            switch scenario.get("proxy") {
            case nil, "system"?: settings.proxy = .system
            case "none"?: settings.proxy = .none
            case let url?: settings.proxy = .url(url)
            }
            settings.receiptKeys = scenario.all("receipt_key")
            settings.otherTextProfiles = scenario.has("other_text_profiles")
        }
    }
}

/// The SDK's transport, or one that knows nothing of it.
func transport(_ scenario: Scenario, _ config: Config) throws -> any Transport {
    if scenario.has("http") { return OwnHTTP() }
    return try HTTPClient(config)
}

/// Performs requests with nothing but `URLSession`.
struct OwnHTTP: Carrier {
    func send(_ request: Request, cancel: CancelToken) async throws -> Response {
        var message = URLRequest(url: URL(string: request.url)!)
        message.httpMethod = request.method
        for header in request.headers { message.setValue(header.value, forHTTPHeaderField: header.name) }
        if !request.body.isEmpty { message.httpBody = request.body }
        guard let (body, answer) = try? await URLSession.shared.data(for: message),
            let response = answer as? HTTPURLResponse
        else { throw TransportFailure.unreachable }
        let headers = response.allHeaderFields.map { Header(name: "\($0.key)", value: "\($0.value)") }
        return Response(status: Int32(response.statusCode), headers: headers, body: body)
    }
}

/// What the signing service answers: the signature over these octets.
func remoteSignature(_ address: String, _ toBeSigned: Data) async throws -> Data {
    var message = URLRequest(url: URL(string: address)!)
    message.httpMethod = "POST"
    message.httpBody = toBeSigned
    return try await URLSession.shared.data(for: message).0
}
