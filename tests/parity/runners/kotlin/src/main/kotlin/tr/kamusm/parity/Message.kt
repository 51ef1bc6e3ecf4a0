package tr.kamusm.parity

import tr.kamusm.Application
import tr.kamusm.ApplicationResult
import tr.kamusm.Approval
import tr.kamusm.CodeSession
import tr.kamusm.Consent
import tr.kamusm.CsvRow
import tr.kamusm.Evidence
import tr.kamusm.FieldError
import tr.kamusm.Form
import tr.kamusm.IdentityRefresh
import tr.kamusm.KamusmException
import tr.kamusm.Me
import tr.kamusm.Payment
import tr.kamusm.PaymentIntent
import tr.kamusm.PhoneVerification
import tr.kamusm.Placed
import tr.kamusm.PreApplication
import tr.kamusm.SignCode
import tr.kamusm.StaffApplication
import tr.kamusm.Value
import tr.kamusm.ValueKind

// The messages of the calls as the traces show them: the names of the wire, the words of the service.

/** An error of a single call: with what the service says of fields, tries and who else is to blame. */
internal fun refusal(error: KamusmException): Map<String, Any?> = errorTrace(error) + mapOf(
    "fields" to fields(error.fields),
    "attempts_left" to error.attemptsLeft,
    "upstream" to error.upstream,
)

internal fun fields(errors: List<FieldError>) = errors.map { mapOf("pointer" to it.pointer, "code" to it.code) }

internal fun wholeApplication(application: Application): Map<String, Any?> = row(application) + mapOf(
    "state" to application.state,
    "form" to application.form,
    "payment" to application.payment,
    "production" to application.production.run { mapOf("state" to state, "earliest_on" to earliestOn) },
    "etag" to application.etag,
)

internal fun me(me: Me) = mapOf(
    "name" to me.name,
    "tckn" to me.tckn,
    "email" to me.email,
    "gsm" to me.gsm,
    "eonay_consent" to consent(me.eonayConsent),
    "has_valid_certificate" to me.hasValidCertificate,
    "institutions" to me.institutions.map { mapOf("id" to it.id, "name" to it.name) },
)

internal fun consent(consent: Consent) = mapOf("given" to consent.isGiven, "given_at" to consent.givenAt)

internal fun identityRefresh(refresh: IdentityRefresh) =
    mapOf("name" to refresh.name, "tckn" to refresh.tckn, "changed" to refresh.isChanged)

internal fun form(form: Form) = mapOf(
    "schema" to JsonText(form.schema),
    "sections" to form.sections.map { section ->
        val fields = section.fields.map {
            mapOf(
                "name" to it.name,
                "label" to it.label,
                "required" to it.isRequired,
                "kind" to it.kind,
                "options_list" to it.optionsList,
            )
        }
        mapOf("id" to section.id, "title" to section.title, "fields" to fields)
    },
    "values" to form.values,
    "locked" to form.locked,
    "etag" to form.etag,
)

internal fun phone(phone: PhoneVerification) = mapOf(
    "id" to phone.id,
    "gsm" to phone.gsm,
    "expires_in" to phone.expiresInSeconds,
    "attempts_left" to phone.attemptsLeft,
    "resend_in" to phone.resendInSeconds,
)

internal fun approval(approval: Approval) = mapOf(
    "methods" to approval.methods.map {
        mapOf("code" to it.code, "title" to it.title, "available" to it.isAvailable, "reason" to it.reason)
    },
    "commitments" to approval.commitments.map {
        mapOf(
            "id" to it.id,
            "title" to it.title,
            "version" to it.version,
            "digest" to it.digest,
            "length" to it.length,
        )
    },
    "warnings" to approval.warnings,
    "form_digest" to approval.formDigest,
)

internal fun result(result: ApplicationResult) = mapOf(
    "state" to result.state,
    "title" to result.title,
    "receipt" to result.receipt,
    "status" to status(result.status),
)

internal fun signCode(code: SignCode) = mapOf(
    "id" to code.id,
    "state" to code.state,
    "code" to code.code?.written(),
    "created_at" to code.createdAt,
    "expires_in" to code.expiresInSeconds,
    "second_redemptions" to code.secondRedemptions,
    "session" to code.session?.let(::codeSession),
)

private fun codeSession(session: CodeSession) = mapOf(
    "state" to session.state,
    "match_code" to session.matchCode,
    "client" to session.client.run {
        mapOf("name" to name, "version" to version, "network" to network, "is_other_network" to isOtherNetwork)
    },
    "created_at" to session.createdAt,
    "hard_expires_in" to session.hardExpiresInSeconds,
)

internal fun payment(payment: Payment) = mapOf(
    "state" to payment.state,
    "payer" to payment.payer,
    "prepaid" to payment.isPrepaid,
    "amount_kurus" to payment.amountKurus,
    "currency" to payment.currency,
    "body" to payment.body.map(::block),
    "virtual_pos" to payment.hasVirtualPos,
)

internal fun paymentIntent(intent: PaymentIntent) =
    mapOf("id" to intent.id, "address" to intent.address, "expires_in" to intent.expiresInSeconds)

internal fun evidence(one: Evidence) = mapOf(
    "id" to one.id,
    "session_id" to one.sessionId,
    "document_id" to one.documentId,
    "media_type" to one.mediaType,
    "length" to one.length,
    "digest" to one.digest,
    "created_at" to one.createdAt,
)

internal fun csvRow(row: CsvRow) =
    mapOf("line" to row.line, "result" to (row.error?.let(::refusal) ?: row.item?.let(::staff)))

private fun staff(item: PreApplication) = mapOf(
    "tckn" to Value.parse(item.tckn, ValueKind.UNCHECKED_TCKN).masked,
    "name" to item.name,
    "email" to Value.parse(item.email, ValueKind.EMAIL).masked,
    "gsm" to item.gsm?.let { Value.parse(it, ValueKind.GSM).masked },
    "reason" to item.reason,
    "institution_change" to item.isInstitutionChange,
    "payer" to item.payer,
    "prepaid" to item.isPrepaid,
    "product" to item.product,
)

internal fun placed(placed: Placed) =
    mapOf("row" to placed.row, "no" to placed.number, "thrown" to placed.error?.let(::refusal))

internal fun ofStaff(one: StaffApplication) = mapOf(
    "no" to one.no,
    "name" to one.name,
    "tckn" to one.tckn,
    "applied_on" to one.appliedOn,
    "status" to status(one.status),
    "etag" to one.etag,
)
