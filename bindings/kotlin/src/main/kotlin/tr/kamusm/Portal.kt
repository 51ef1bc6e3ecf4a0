package tr.kamusm

import tr.kamusm.ffi.Message as FfiMessage
import tr.kamusm.ffi.Operation
import tr.kamusm.ffi.call as ffiCall

/**
 * Online İşlemler: every call of a person who is signed in. Nothing is sent here: [Call.perform] and [await] do that.
 *
 * `number` is a Sipariş No, such as `SD-13712`; somebody else's is [Code.NOT_FOUND].
 */
public class Portal(private val config: Config, private val token: PersonToken) {
    /** Who is signed in. */
    public fun me(): Call<Me> = call(Operation.Me) { it: FfiMessage.Me -> Me(it.me) }

    /** Has the person's data read anew in the population register. */
    public fun refreshIdentity(): Call<IdentityRefresh> =
        call(Operation.RefreshIdentity) { it: FfiMessage.IdentityRefresh -> IdentityRefresh(it.refresh) }

    /** Agrees to e-onay: the person ticked the box. */
    public fun consentToEonay(accepted: Boolean): Call<Consent> =
        call(Operation.ConsentToEonay(accepted)) { it: FfiMessage.Consent -> Consent(it.consent) }

    /** All applications of the person, the latest first. */
    public fun applications(): Call<List<Application>> =
        call(Operation.Applications) { it: FfiMessage.Applications -> it.applications.map(::Application) }

    /** One application. */
    public fun application(number: String): Call<Application> = call(Operation.Application(number), ::applicationOf)

    /** Waits up to 25 s for another version than the one with this tag; none if nothing changed. */
    public fun watchApplication(number: String, etag: String): Call<Application?> =
        watch(Operation.WatchApplication(number, etag), ::applicationOf)

    /** Cancels an application before its production. */
    public fun cancelApplication(number: String): Call<Application> =
        call(Operation.CancelApplication(number), ::applicationOf)

    /** The form. */
    public fun form(number: String): Call<Form> = call(Operation.Form(number), ::formOf)

    /**
     * Saves the form of this tag. Worth handling: [Code.FORM_INVALID] with its [KamusmException.fields];
     * [Code.FORM_CHANGED], read it anew.
     */
    public fun saveForm(number: String, etag: String, values: Map<String, String>): Call<Form> =
        call(Operation.SaveForm(number, etag, values), ::formOf)

    /** The list of this name that a field chooses from; some differ by the province. */
    @JvmOverloads
    public fun choices(list: String, province: String? = null): Call<List<Choice>> =
        call(Operation.Choices(list, province)) { it: FfiMessage.Choices ->
            it.choices.map { choice -> Choice(choice.code, choice.title) }
        }

    /** Has a code sent to the phone in the form. */
    public fun startPhoneVerification(number: String): Call<PhoneVerification> =
        call(Operation.StartPhoneVerification(number)) { it: FfiMessage.PhoneVerification ->
            PhoneVerification(it.verification)
        }

    /**
     * Tries the code that came, as the person typed it. Worth handling: [Code.SMS_CODE_WRONG] with its
     * [KamusmException.attemptsLeft].
     */
    public fun tryPhoneCode(number: String, id: String, code: String): Call<Boolean> =
        call(Operation.TryPhoneCode(number, id, code)) { it: FfiMessage.PhoneVerified -> it.verified }

    /** How the application can be approved, and what must be read before. */
    public fun approval(number: String): Call<Approval> =
        call(Operation.Approval(number)) { it: FfiMessage.Approval -> Approval(it.approval) }

    /** The text of a taahhütname; its digest is checked. */
    public fun commitment(commitment: Commitment): Call<String> =
        call(Operation.Commitment(commitment.id, commitment.digest)) { it: FfiMessage.Text -> it.text }

    /** Tells that the person read a taahhütname: the id is the proof of reading. */
    public fun viewCommitment(number: String, commitment: Commitment, readToEnd: Boolean): Call<String> =
        call(Operation.ViewCommitment(number, commitment.id, commitment.digest, readToEnd)) { it: FfiMessage.Id -> it.id }

    /** Approves by e-onay the form of this digest: the person read the texts of these views and ticked the box. */
    public fun approve(
        number: String,
        viewIds: List<String>,
        formDigest: String,
        accepted: Boolean,
    ): Call<ApplicationResult> = call(Operation.Approve(number, viewIds, formDigest, accepted), ::resultOf)

    /** Issues a doğrulama kodu, to approve by e-imza: [Session]. */
    public fun issueSignCode(number: String, viewIds: List<String>): Call<SignCode> =
        call(Operation.IssueSignCode(number, viewIds), ::signCodeOf)

    /** What became of a code. */
    public fun signCode(number: String, id: String): Call<SignCode> =
        call(Operation.SignCode(number, id), ::signCodeOf)

    /** As [signCode]; the service may hold its answer back up to 25 s until something changes. */
    public fun watchSignCode(number: String, id: String): Call<SignCode> =
        call(Operation.WatchSignCode(number, id), ::signCodeOf)

    /** "Evet, benim", or "Bu ben değilim", which ends session and code. */
    public fun confirmSignCode(number: String, id: String, confirmed: Boolean): Call<SignCode> =
        call(Operation.ConfirmSignCode(number, id, confirmed), ::signCodeOf)

    /** Takes a code back, and the session that it was redeemed for. */
    public fun withdrawSignCode(number: String, id: String): Call<Unit> =
        call(Operation.WithdrawSignCode(number, id)) { _: FfiMessage.Empty -> }

    /** What became of the approval. */
    public fun result(number: String): Call<ApplicationResult> = call(Operation.Result(number), ::resultOf)

    /** Who pays what. */
    public fun payment(number: String): Call<Payment> =
        call(Operation.Payment(number)) { it: FfiMessage.Payment -> Payment(it.payment) }

    /** Begins a payment at the virtual POS. */
    public fun startPayment(number: String): Call<PaymentIntent> =
        call(Operation.StartPayment(number)) { it: FfiMessage.PaymentIntent -> PaymentIntent(it.intent) }

    /** What happened, the latest first. */
    public fun events(number: String): Call<List<Event>> =
        call(Operation.Events(number)) { it: FfiMessage.Events -> it.events.map(::Event) }

    /** The accepted signatures. */
    public fun evidence(number: String): Call<List<Evidence>> =
        call(Operation.EvidenceList(number)) { it: FfiMessage.EvidenceList -> it.evidence.map(::Evidence) }

    /** The octets of an accepted signature; their digest is checked. */
    public fun downloadEvidence(number: String, evidence: Evidence): Call<ByteArray> =
        call(Operation.DownloadEvidence(number, evidence.id, evidence.mediaType, evidence.digest)) {
                it: FfiMessage.Octets ->
            it.octets
        }

    /** Tells of an institution's staff who may apply, 1 to 500; each row has its own result. */
    public fun submitPreApplications(institution: String, items: List<PreApplication>): Call<List<Placed>> =
        call(Operation.SubmitPreApplications(institution, items.map { it.toFfi() })) { it: FfiMessage.Placed ->
            it.placed.map(::Placed)
        }

    /** The pre-applications of an institution. */
    public fun staffApplications(institution: String): Call<List<StaffApplication>> =
        call(Operation.StaffApplications(institution)) { it: FfiMessage.StaffApplications ->
            it.applications.map(::StaffApplication)
        }

    /** One pre-application. */
    public fun staffApplication(institution: String, number: String): Call<StaffApplication> =
        call(Operation.StaffApplication(institution, number), ::staffApplicationOf)

    /** As [watchApplication]. For many at once: [Follow]. */
    public fun watchStaffApplication(institution: String, number: String, etag: String): Call<StaffApplication?> =
        watch(Operation.WatchStaffApplication(institution, number, etag), ::staffApplicationOf)

    private inline fun <reified M : FfiMessage, T> call(operation: Operation, crossinline told: (M) -> T): Call<T> =
        callOf(made(operation), told)

    private inline fun <reified M : FfiMessage, T> watch(operation: Operation, crossinline told: (M) -> T): Call<T?> =
        callOf(made(operation)) { it: FfiMessage ->
            when (it) {
                is FfiMessage.Unchanged -> null
                is M -> told(it)
                else -> throw KamusmException.of(Code.INTERNAL, "the message is of another kind")
            }
        }

    private fun made(operation: Operation) = config.held { config -> token.held { ffiCall(config, it, operation) } }
}

private fun applicationOf(message: FfiMessage.Application) = Application(message.application)

private fun formOf(message: FfiMessage.Form) = Form(Held(message.form))

private fun resultOf(message: FfiMessage.ApplicationResult) = ApplicationResult(message.result)

private fun signCodeOf(message: FfiMessage.SignCode) = SignCode(message.signCode)

private fun staffApplicationOf(message: FfiMessage.StaffApplication) = StaffApplication(message.application)
