import Foundation
import KamusmFFI

/// Online İşlemler: every call of a person who is signed in. Nothing is sent here: a ``Transport`` performs a call.
///
/// `number` is a Sipariş No, such as `SD-13712`; somebody else's is ``Code/notFound``.
public struct Portal: Sendable {
    private let person: PersonToken
    private let config: Config

    public init(of person: PersonToken, config: Config) {
        (self.person, self.config) = (person, config)
    }

    /// Who is signed in.
    public func me() throws -> Call<Me> {
        try call(.me) {
            if case .me(let told) = $0 { told } else { nil }
        }
    }

    /// Has the person's data read anew in the population register.
    public func refreshIdentity() throws -> Call<IdentityRefresh> {
        try call(.refreshIdentity) {
            if case .identityRefresh(let told) = $0 { told } else { nil }
        }
    }

    /// Agrees to e-onay: the person ticked the box.
    public func consentToEonay(accepted: Bool) throws -> Call<Consent> {
        try call(.consentToEonay(accepted: accepted)) {
            if case .consent(let told) = $0 { told } else { nil }
        }
    }

    /// All applications of the person, the latest first.
    public func applications() throws -> Call<[Application]> {
        try call(.applications) {
            if case .applications(let told) = $0 { told } else { nil }
        }
    }

    /// One application.
    public func application(_ number: String) throws -> Call<Application> {
        try call(.application(number: number)) {
            if case .application(let told) = $0 { told } else { nil }
        }
    }

    /// Waits up to 25 s for another version than the one with this tag; `nil` if nothing changed.
    public func watchApplication(_ number: String, etag: String) throws -> Call<Application?> {
        try call(.watchApplication(number: number, etag: etag)) {
            if case .unchanged = $0 { return .some(nil) }
            if case .application(let told) = $0 { return .some(told) }
            return nil
        }
    }

    /// Cancels an application before its production.
    public func cancelApplication(_ number: String) throws -> Call<Application> {
        try call(.cancelApplication(number: number)) {
            if case .application(let told) = $0 { told } else { nil }
        }
    }

    /// The form.
    public func form(_ number: String) throws -> Call<Form> {
        try call(.form(number: number)) {
            if case .form(let told) = $0 { try Form(told) } else { nil }
        }
    }

    /// Saves the form of this tag.
    ///
    /// Worth handling: ``Code/formInvalid`` with its `fields`; ``Code/formChanged``, read it anew.
    public func saveForm(_ number: String, etag: String, values: [String: String]) throws -> Call<Form> {
        try call(.saveForm(number: number, etag: etag, values: values)) {
            if case .form(let told) = $0 { try Form(told) } else { nil }
        }
    }

    /// The list of this name that a field chooses from; some differ by the province.
    public func choices(_ list: String, province: String? = nil) throws -> Call<[Choice]> {
        try call(.choices(list: list, province: province)) {
            if case .choices(let told) = $0 { told } else { nil }
        }
    }

    /// Has a code sent to the phone in the form.
    public func startPhoneVerification(_ number: String) throws -> Call<PhoneVerification> {
        try call(.startPhoneVerification(number: number)) {
            if case .phoneVerification(let told) = $0 { told } else { nil }
        }
    }

    /// Tries the code that came, as the person typed it.
    ///
    /// Worth handling: ``Code/smsCodeWrong`` with its `attemptsLeft`.
    public func tryPhoneCode(_ number: String, id: String, code: String) throws -> Call<Bool> {
        try call(.tryPhoneCode(number: number, id: id, code: code)) {
            if case .phoneVerified(let told) = $0 { told } else { nil }
        }
    }

    /// How the application can be approved, and what must be read before.
    public func approval(_ number: String) throws -> Call<Approval> {
        try call(.approval(number: number)) {
            if case .approval(let told) = $0 { told } else { nil }
        }
    }

    /// The text of a taahhütname; its digest is checked.
    public func commitment(_ commitment: Commitment) throws -> Call<String> {
        try call(.commitment(id: commitment.id, digest: commitment.digest)) {
            if case .text(let told) = $0 { told } else { nil }
        }
    }

    /// Tells that the person read a taahhütname: the id is the proof of reading.
    public func viewCommitment(_ number: String, _ commitment: Commitment, readToEnd: Bool) throws -> Call<String> {
        try call(.viewCommitment(
                number: number, id: commitment.id, digest: commitment.digest, readToEnd: readToEnd
            )) {
            if case .id(let told) = $0 { told } else { nil }
        }
    }

    /// Approves by e-onay the form of this digest: the person read the texts of these views and ticked the box.
    public func approve(
        _ number: String, viewIDs: [String], formDigest: String, accepted: Bool
    ) throws -> Call<ApplicationResult> {
        try call(.approve(number: number, viewIds: viewIDs, formDigest: formDigest, accepted: accepted)) {
            if case .applicationResult(let told) = $0 { told } else { nil }
        }
    }

    /// Issues a doğrulama kodu, to approve by e-imza: ``Session``.
    public func issueSignCode(_ number: String, viewIDs: [String]) throws -> Call<SignCode> {
        try call(.issueSignCode(number: number, viewIds: viewIDs)) {
            if case .signCode(let told) = $0 { try SignCode(told) } else { nil }
        }
    }

    /// What became of a code.
    public func signCode(_ number: String, id: String) throws -> Call<SignCode> {
        try call(.signCode(number: number, id: id)) {
            if case .signCode(let told) = $0 { try SignCode(told) } else { nil }
        }
    }

    /// As ``signCode(_:id:)``; the service may hold its answer back up to 25 s until something changes.
    public func watchSignCode(_ number: String, id: String) throws -> Call<SignCode> {
        try call(.watchSignCode(number: number, id: id)) {
            if case .signCode(let told) = $0 { try SignCode(told) } else { nil }
        }
    }

    /// "Evet, benim", or "Bu ben değilim", which ends session and code.
    public func confirmSignCode(_ number: String, id: String, confirmed: Bool) throws -> Call<SignCode> {
        try call(.confirmSignCode(number: number, id: id, confirmed: confirmed)) {
            if case .signCode(let told) = $0 { try SignCode(told) } else { nil }
        }
    }

    /// Takes a code back, and the session that it was redeemed for.
    public func withdrawSignCode(_ number: String, id: String) throws -> Call<Void> {
        try call(.withdrawSignCode(number: number, id: id)) {
            if case .empty = $0 { () } else { nil }
        }
    }

    /// What became of the approval.
    public func result(_ number: String) throws -> Call<ApplicationResult> {
        try call(.result(number: number)) {
            if case .applicationResult(let told) = $0 { told } else { nil }
        }
    }

    /// Who pays what.
    public func payment(_ number: String) throws -> Call<Payment> {
        try call(.payment(number: number)) {
            if case .payment(let told) = $0 { told } else { nil }
        }
    }

    /// Begins a payment at the virtual POS.
    public func startPayment(_ number: String) throws -> Call<PaymentIntent> {
        try call(.startPayment(number: number)) {
            if case .paymentIntent(let told) = $0 { told } else { nil }
        }
    }

    /// What happened, the latest first.
    public func events(_ number: String) throws -> Call<[Event]> {
        try call(.events(number: number)) {
            if case .events(let told) = $0 { told } else { nil }
        }
    }

    /// The accepted signatures.
    public func evidence(_ number: String) throws -> Call<[Evidence]> {
        try call(.evidenceList(number: number)) {
            if case .evidenceList(let told) = $0 { told } else { nil }
        }
    }

    /// The octets of an accepted signature; their digest is checked.
    public func downloadEvidence(_ number: String, _ evidence: Evidence) throws -> Call<Data> {
        try call(.downloadEvidence(
                number: number, id: evidence.id, mediaType: evidence.mediaType, digest: evidence.digest
            )) {
            if case .octets(let told) = $0 { told } else { nil }
        }
    }

    /// Tells of an institution's staff who may apply, 1 to 500; each row has its own result.
    public func submit(
        _ items: [PreApplication], to institution: String
    ) throws -> Call<[PreApplication.Placed]> {
        try call(.submitPreApplications(institution: institution, items: items)) {
            if case .placed(let told) = $0 { try told.map { PreApplication.Placed(row: $0.row, result: try Kamusm.result($0.number, $0.error)) } } else { nil }
        }
    }

    /// The pre-applications of an institution.
    public func staffApplications(of institution: String) throws -> Call<[StaffApplication]> {
        try call(.staffApplications(institution: institution)) {
            if case .staffApplications(let told) = $0 { told } else { nil }
        }
    }

    /// One pre-application.
    public func staffApplication(_ number: String, of institution: String) throws -> Call<StaffApplication> {
        try call(.staffApplication(institution: institution, number: number)) {
            if case .staffApplication(let told) = $0 { told } else { nil }
        }
    }

    /// As ``watchApplication(_:etag:)``. For many at once: ``Follow``.
    public func watchStaffApplication(
        _ number: String, of institution: String, etag: String
    ) throws -> Call<StaffApplication?> {
        try call(.watchStaffApplication(institution: institution, number: number, etag: etag)) {
            if case .unchanged = $0 { return .some(nil) }
            if case .staffApplication(let told) = $0 { return .some(told) }
            return nil
        }
    }

    private func call<Value: Sendable>(
        _ operation: KamusmFFI.Operation, _ told: @escaping @Sendable (Message) throws -> Value?
    ) throws -> Call<Value> {
        let person = try person.object.open()
        return try Call(
            try translating { try KamusmFFI.call(config: config.object, token: person, operation: operation) }, told
        )
    }
}
