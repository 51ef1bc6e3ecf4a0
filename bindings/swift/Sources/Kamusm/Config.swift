import Foundation
import KamusmFFI

/// A checked configuration; any number of sessions and tasks may share it.
public final class Config: Sendable {
    let object: KamusmFFI.Config

    /// What a configuration is made from. Only the first two have to be said.
    public struct Settings: Sendable {
        /// `https://…`; plain http only on loopback with the sandbox.
        public var baseURL: String
        /// Which codes belong to the service.
        public var environment: Environment
        /// PEM certificates that the service's TLS certificate must lead to; else the platform's own are used.
        public var trustRootsPEM: Data?
        /// PEM certificates of authorities from which the chain above the signer's certificate is completed.
        public var intermediatesPEM: String?
        /// How the network is reached.
        public var proxy: Proxy = .system
        /// How long one exchange with the service may take, 1 to 300 seconds; 30 without this.
        public var timeout: TimeInterval?
        /// The program; the service and the portal show it to the person.
        public var client: Client?
        /// The language of the service's own sentences.
        public var language: Language = .turkish
        /// RFC 7638 thumbprints of the keys that may sign receipts; with at least one no other key is taken.
        public var receiptKeys: [String] = []
        /// Lets texts outside the signed-text profile through; `profileChecked` of a text tells them.
        public var otherTextProfiles = false
        /// How many lines the log keeps, 0 to 65536; 256 without this.
        public var logLines: Int?

        public init(baseURL: String, environment: Environment) {
            self.baseURL = baseURL
            self.environment = environment
        }
    }

    /// How the network is reached.
    public enum Proxy: Hashable, Sendable {
        /// As the system is set up.
        case system
        /// Directly.
        case none
        /// Through this one.
        case url(String)
    }

    /// The program: name and version, 1 to 64 printable ASCII characters each.
    public struct Client: Hashable, Sendable {
        public var name: String
        public var version: String

        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// Checks all settings.
    public init(_ settings: Settings) throws {
        object = try translating { try KamusmFFI.Config(settings: settings.record) }
    }

    /// A configuration for the service at this address; `change` says what else there is to say.
    public convenience init(
        baseURL: String, environment: Environment, _ change: (inout Settings) -> Void = { _ in }
    ) throws {
        var settings = Settings(baseURL: baseURL, environment: environment)
        change(&settings)
        try self.init(settings)
    }

    /// Takes the lines out of the log of this configuration's sessions; each line comes once.
    public func readLog() throws -> Log {
        try translating(object.log)
    }
}

/// Lines of a log: steps, answers, numbers of errors; no personal data.
public typealias Log = KamusmFFI.LogLines

extension Config.Settings {
    fileprivate var record: ConfigSettings {
        ConfigSettings(
            baseUrl: baseURL, environment: environment, trustRootsPem: trustRootsPEM,
            intermediatesPem: intermediatesPEM, proxy: proxy.word,
            // What is no duration is too short, which the library refuses.
            timeoutMs: timeout.map { Int64(exactly: ($0 * 1000).rounded()) ?? 0 },
            clientName: client?.name, clientVersion: client?.version, language: language, receiptKeys: receiptKeys,
            otherTextProfiles: otherTextProfiles, logLines: logLines.map(Int64.init)
        )
    }
}

extension Config.Proxy {
    fileprivate var word: String {
        switch self {
        case .system: return "system"
        case .none: return "none"
        case .url(let address): return address
        }
    }
}
