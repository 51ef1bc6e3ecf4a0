import Foundation
import KamusmFFI

/// Choose the certificate to sign with.
public struct ChooseStep: Sendable {
    /// A certificate that was refused before any PIN was asked for.
    public struct Refusal: Hashable, Sendable {
        /// SHA-256 of the certificate.
        public let fingerprint: Data
        /// Why.
        public let error: KamusmError
    }

    let object: KamusmFFI.ChooseStep
    /// The applicant's TCKN, masked; the service compares the whole one.
    public let applicantTCKN: String
    /// Certificates that were refused in this session.
    public let refusals: [Refusal]
    /// When the window (Kalan Süre) is over.
    public let deadline: Deadline

    init(_ object: KamusmFFI.ChooseStep) throws {
        self.object = object
        applicantTCKN = try translating(object.applicantTckn)
        refusals = try translating(object.refusals).map {
            Refusal(fingerprint: $0.fingerprint, error: KamusmError($0.error))
        }
        deadline = Deadline(monotonicMs: try translating(object.deadlineMs))
    }

    /// The chosen certificate, DER, with the certificates above it as far as they are at hand.
    public func certificate(_ der: Data, chain: [Data] = []) throws -> Answer {
        try answering { try object.certificate(der: der, chain: chain) }
    }

    /// The chosen identity; one that cannot sign is refused here, before any PIN.
    public func identity(_ identity: Identity) throws -> Answer {
        try answering { try object.identity(identity: identity.record) }
    }

    /// No certificate can be chosen, for this reason: words for developers without personal data.
    public func failed(_ code: Code, reason: String) throws -> Answer {
        try answering { try object.failed(code: code.rawValue, reason: reason) }
    }

    /// The person cancelled.
    public func cancelled() throws -> Answer {
        try answering(object.cancelled)
    }
}
