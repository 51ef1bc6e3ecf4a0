import KamusmFFI

/// An application with its status. Words of a newer service come as they are.
public typealias Application = KamusmFFI.Application

extension Application {
    /// A status with the service's texts.
    public typealias Status = KamusmFFI.Status
    /// The button of a row.
    public typealias Action = KamusmFFI.Action
    /// A part of a status text.
    public typealias Block = KamusmFFI.Block
    /// A bank and the channels through which it takes the payment.
    public typealias Bank = KamusmFFI.Bank
    /// The production of the card.
    public typealias Production = KamusmFFI.Production
}

/// The person who is signed in; what tells who she is comes masked.
public typealias Me = KamusmFFI.Me
/// The consent to e-onay.
public typealias Consent = KamusmFFI.Consent
/// An institution.
public typealias Institution = KamusmFFI.Institution
/// What the population register says of the person.
public typealias IdentityRefresh = KamusmFFI.IdentityRefresh
/// A row of a list that a field chooses from.
public typealias Choice = KamusmFFI.Choice
/// A code that was sent to the person's phone.
public typealias PhoneVerification = KamusmFFI.PhoneVerification
/// Onay: by which methods an application can be approved, and what must be read before.
public typealias Approval = KamusmFFI.Approval
/// A taahhütname.
public typealias Commitment = KamusmFFI.Commitment
/// Sonuç: what became of an approval.
public typealias ApplicationResult = KamusmFFI.ApplicationResult
/// Ödeme: who pays what.
public typealias Payment = KamusmFFI.Payment
/// A payment that waits at the virtual POS.
public typealias PaymentIntent = KamusmFFI.PaymentIntent
/// Something that happened to an application.
public typealias Event = KamusmFFI.Event
/// An accepted signature, to keep and to verify: ``CadesPolicy``.
public typealias Evidence = KamusmFFI.Evidence
