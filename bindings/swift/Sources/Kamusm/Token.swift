import Foundation
import KamusmFFI

/// A signer: smart cards through a PKCS#11 module, or a software key. Any number of sessions and tasks may share it;
/// its calls take turns.
public final class Token: Sendable {
    /// Who calls C_Initialize of a PKCS#11 module.
    public typealias InitPolicy = KamusmFFI.InitPolicy
    /// How to sign. It starts with the careful side of everything.
    public typealias SignOptions = KamusmFFI.SignOptions

    private let object: Closable<KamusmFFI.Token>

    private init(_ object: KamusmFFI.Token) {
        self.object = Closable(object)
    }

    /// Loads a PKCS#11 module and starts it. It stays loaded until the process ends.
    ///
    /// Worth handling: ``Code/moduleNotFound``, ``Code/moduleLoad``: the driver is not installed.
    public static func module(_ path: String, policy: InitPolicy = .tolerant) async throws -> Token {
        Token(try await blocking { try KamusmFFI.Token.openModule(path: path, initPolicy: policy) })
    }

    /// Opens a PKCS#12 file, as OpenSSL 3, Java and Windows write it today.
    ///
    /// The password is empty afterwards; it is asked for again, as PIN, at each signature.
    public static func pkcs12(_ file: Data, password: Pin) async throws -> Token {
        Token(try await blocking { try KamusmFFI.Token.openPkcs12(octets: file, password: password.object) })
    }

    /// Opens PEM text with one private key, not encrypted, and its certificate.
    ///
    /// The PIN, if there is one, is what signing will ask for; it is empty afterwards.
    public static func pem(_ text: Data, pin: Pin? = nil) async throws -> Token {
        Token(try await blocking { try KamusmFFI.Token.openPem(octets: text, pin: pin?.object) })
    }

    /// Lists every certificate that the token holds, also those that cannot sign. It never asks for a PIN.
    ///
    /// Worth handling: ``Code/noReader``, ``Code/noToken``: ask for reader or card and call again.
    public func identities(within seconds: TimeInterval = 10) async throws -> [Identity] {
        let object = try object.open()
        let milliseconds = Int64((max(0, seconds) * 1000).rounded())
        return try await blocking { try object.identities(timeoutMs: milliseconds).map(Identity.init) }
    }

    /// Answers the Choose step with the first certificate that can sign and was not refused yet.
    public func choose(_ step: ChooseStep) async throws -> Answer {
        let refused = Set(step.refusals.map(\.fingerprint))
        let listed = try await identities(within: TimeInterval(step.deadline.secondsLeft))
        guard let first = listed.first(where: { $0.refusal == nil && !refused.contains($0.fingerprint) }) else {
            return try step.failed(.noSigningCertificate, reason: "no certificate is left that can sign")
        }
        return try step.identity(first)
    }

    /// Performs a Sign step: signs all items with one PIN entry, until the window is over at the latest.
    ///
    /// The PIN is empty afterwards, whatever comes of it; `nil` where the reader has its own keys. A card that was
    /// pulled and time that is over are answers. Worth handling: ``Code/pinIncorrect`` and the other numbers about the
    /// PIN, none of which is an answer: ``Person/sign(_:after:)`` lets them through, and is asked again.
    public func sign(
        _ step: SignStep, pin: Pin?, options: SignOptions = SignOptions(), cancel: CancelToken = CancelToken()
    ) async throws -> Answer {
        let object = try object.open()
        return Answer(object: try await blocking(cancelledBy: cancel) {
            try object.sign(signStep: step.object, pin: pin?.object, options: options, cancel: cancel.object)
        })
    }

    /// Lets go of the signer; a module stays loaded. Using the token afterwards is an error, ``Code/closed``.
    public func close() {
        object.close()
    }
}

/// A certificate whose private key a token holds. Its texts hold personal data: keep them out of logs.
public struct Identity: Sendable {
    /// What the key usage of a certificate is for (RFC 5280 4.2.1.3).
    public typealias Purpose = KamusmFFI.Purpose

    let record: KamusmFFI.Identity
    /// Why the certificate cannot sign, to tell the person who misses it; `nil` if it can.
    public let refusal: KamusmError?

    init(_ record: KamusmFFI.Identity) {
        self.record = record
        refusal = record.refusal.map(KamusmError.init)
    }

    /// The certificate, DER.
    public var certificate: Data { record.certificate }
    /// SHA-256 of the certificate.
    public var fingerprint: Data { record.fingerprint }
    /// The person's name in the certificate; empty where it has none.
    public var commonName: String { record.commonName }
    /// Label of the token; empty for a software key.
    public var tokenLabel: String { record.tokenLabel }
    /// Name of the reader; empty for a software key.
    public var reader: String { record.reader }
    /// From when the certificate is valid.
    public var notBefore: Date { Date(timeIntervalSince1970: TimeInterval(record.notBeforeUnixS)) }
    /// Until when the certificate is valid.
    public var notAfter: Date { Date(timeIntervalSince1970: TimeInterval(record.notAfterUnixS)) }
    /// What the certificate's key usage is for.
    public var purpose: Purpose { record.purpose }
    /// Whether the PIN is typed on the reader's own PIN pad.
    public var hasPinPad: Bool { record.hasPinPad }
    /// PIN tries that are left, where the token tells.
    public var pinTriesLeft: Int? { record.pinTriesLeft.map(Int.init) }
}
