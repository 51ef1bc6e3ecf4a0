import Foundation
import KamusmFFI

/// How a value is signed.
public typealias SignatureAlgorithm = KamusmFFI.SignatureAlgorithm

/// Ask for the PIN, here and not before, and sign.
public struct SignStep: Sendable {
    /// One value to make.
    public typealias Item = KamusmFFI.SignItem

    let object: KamusmFFI.SignStep
    /// The certificate whose key signs, DER.
    public let certificate: Data
    /// One value per text that has no signature yet.
    public let items: [Item]
    /// İmzalama Tarihi: the service's time.
    public let signingTime: Date
    /// When the window (Kalan Süre) is over.
    public let deadline: Deadline
    /// Why the attempt before this one failed, to tell the person.
    public let failure: KamusmError?

    init(_ object: KamusmFFI.SignStep) throws {
        self.object = object
        certificate = try translating(object.certificate)
        items = try translating(object.items)
        signingTime = Date(timeIntervalSince1970: TimeInterval(try translating(object.signingTimeUnixS)))
        deadline = Deadline(monotonicMs: try translating(object.deadlineMs))
        failure = try translating(object.failure).map(KamusmError.init)
    }

    /// The values in the order of the items, `nil` for one that was not made; each is verified with the certificate.
    ///
    /// RSA: the PKCS#1 v1.5 block. ECDSA: DER `SEQUENCE { r, s }`.
    public func signatures(_ values: [Data?]) throws -> Answer {
        try answering { try object.signatures(values: values) }
    }

    /// Signing failed and the person does not try again in this attempt; the machine decides what follows.
    public func failed(_ code: Code, reason: String) throws -> Answer {
        try answering { try object.failed(code: code.rawValue, reason: reason) }
    }

    /// The person cancelled.
    public func cancelled() throws -> Answer {
        try answering(object.cancelled)
    }
}
