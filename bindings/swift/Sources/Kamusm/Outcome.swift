import Foundation
import KamusmFFI

/// The end of a session; every end but the first two says why.
public struct Outcome: Sendable {
    /// The kinds of end.
    public typealias Kind = KamusmFFI.OutcomeKind
    /// A receipt whose signature and every field were compared with what this side knows.
    public typealias Receipt = KamusmFFI.Receipt

    /// Which end.
    public let kind: Kind
    /// Why; `nil` for accepted and received.
    public let error: KamusmError?
    /// The service's receipt, verified.
    public let receipt: Receipt?
    /// Who signed in, of ``Session/signIn(config:)``.
    public let signedIn: SignedIn?
    /// The page to go back to, which shows "İşlem Başarılı".
    public let returnTo: String?
    /// The signatures as they were sent, one CMS per text; evidence to keep.
    public let signatures: [Data]
    /// True if a signature left this machine and the service may have taken it.
    public let mayHaveArrived: Bool

    init(_ outcome: KamusmFFI.Outcome) {
        kind = outcome.kind
        error = outcome.error.map(KamusmError.init)
        receipt = outcome.receipt
        signedIn = outcome.signedIn.map(SignedIn.init)
        returnTo = outcome.returnTo
        signatures = outcome.signatures
        mayHaveArrived = outcome.mayHaveArrived
    }
}
