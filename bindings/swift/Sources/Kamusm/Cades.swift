import Foundation
import KamusmFFI

/// A CAdES signature that lacks only its value, for programs that sign something else than an application.
public final class CadesSigning: Sendable {
    private let object: KamusmFFI.CadesSigning
    /// The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4.
    public let toBeSigned: Data
    /// Their digest, for keys that sign digests.
    public let digest: Data
    /// How to sign.
    public let algorithm: SignatureAlgorithm

    /// Builds what the signer has to sign.
    ///
    /// - Parameters:
    ///   - certificate: the signer's, DER.
    ///   - chain: the certificates above it, DER.
    ///   - attached: whether the content travels inside the signature.
    ///   - signingTime: the one that the signer claims; whole seconds.
    public init(
        _ content: Data, certificate: Data, chain: [Data] = [], attached: Bool = true, signingTime: Date = Date()
    ) throws {
        let seconds = Int64(signingTime.timeIntervalSince1970.rounded(.down))
        let profile = CadesProfile(attached: attached, signingTimeUnixS: seconds)
        let object = try translating {
            try KamusmFFI.CadesSigning(content: content, certificate: certificate, chain: chain, profile: profile)
        }
        toBeSigned = try translating(object.toBeSigned)
        digest = try translating(object.digest)
        algorithm = try translating(object.algorithm)
        self.object = object
    }

    /// The finished signature file, DER, after the value was verified with the certificate.
    ///
    /// Worth handling: ``Code/selfCheck``, another key signed, or other octets.
    public func finish(_ signature: Data) throws -> Data {
        try translating { try object.finish(signature: signature) }
    }
}

/// Judges CAdES signatures.
public struct CadesPolicy: Sendable {
    /// The verdict on one signer.
    public typealias Report = KamusmFFI.SignatureReport
    /// The main status of one signature.
    public typealias Indication = KamusmFFI.Indication

    /// Certificates that are trusted without proof: each one certificate in DER, or PEM text with any number.
    public var anchors: [Data]
    /// The time of validation.
    public var time: Date
    /// Further certificates for building paths, trusted by nobody; as `anchors`.
    public var intermediates: [Data] = []
    /// CRLs, DER.
    public var crls: [Data] = []
    /// OCSP responses, DER.
    public var ocsps: [Data] = []
    /// Whether revocation data must be at hand for every certificate of the path.
    public var isRevocationRequired = true
    /// Whether the signer needs a nitelikli elektronik sertifika.
    public var isQualifiedRequired = true

    public init(anchors: [Data], time: Date = Date()) {
        self.anchors = anchors
        self.time = time
    }

    /// Judges every signer of a CMS file, BER or DER. Never empty: a file without a readable signer has one verdict
    /// that failed.
    ///
    /// - Parameter detached: the content if the file does not hold it; if it holds it too, both must be equal.
    public func validate(_ cms: Data, detached: Data? = nil) throws -> [Report] {
        let policy = KamusmFFI.CadesPolicy(
            anchors: anchors, atUnixS: Int64(time.timeIntervalSince1970.rounded(.down)), intermediates: intermediates,
            crls: crls, ocsps: ocsps, revocationRequired: isRevocationRequired,
            qualifiedRequired: isQualifiedRequired
        )
        return try translating { try cadesValidate(cms: cms, detached: detached, policy: policy) }
    }
}
