package tr.kamusm.parity

import java.util.Locale
import tr.kamusm.Application
import tr.kamusm.Bank
import tr.kamusm.Block
import tr.kamusm.CadesPolicy
import tr.kamusm.CadesSigning
import tr.kamusm.Code
import tr.kamusm.Identity
import tr.kamusm.Language
import tr.kamusm.SignatureReport
import tr.kamusm.Status
import tr.kamusm.VerificationCode

// What needs no session.

internal fun environment(scenario: Scenario): String =
    VerificationCode.parse(scenario.text("code")).use { it.environment.name.lowercase(Locale.ROOT) }

internal fun codes(): List<Map<String, Any?>> = Code.entries.sortedByDescending { it.number }.map {
    mapOf(
        "code" to it.number,
        "category" to it.category.number,
        "retryable" to it.isRetryable,
        "tr" to it.sentence(Language.TURKISH),
        "en" to it.sentence(Language.ENGLISH),
    )
}

internal fun identities(scenario: Scenario): List<Map<String, Any?>> =
    scenario.token()?.identities().orEmpty().map(::identity)

private fun identity(identity: Identity): Map<String, Any?> = mapOf(
    "fingerprint" to hex(identity.fingerprint),
    "common_name" to identity.commonName.ifEmpty { null },
    "not_before" to identity.notBeforeUnixSeconds,
    "not_after" to identity.notAfterUnixSeconds,
    "refusal" to identity.refusal?.let(::errorTrace),
    "has_pin_pad" to identity.hasPinPad,
    "pin_tries_left" to identity.pinTriesLeft,
)

internal fun applications(scenario: Scenario): List<Map<String, Any?>> =
    Going(scenario).run { ask(portal.applications()) }.map(::row)

internal fun application(scenario: Scenario): Map<String, Any?> =
    Going(scenario).run { row(ask(portal.application(number))) }

internal fun row(application: Application): Map<String, Any?> = mapOf(
    "no" to application.no,
    "applied_on" to application.appliedOn,
    "institution" to application.institution,
    "product" to application.product,
    "reason" to application.reason,
    "status" to status(application.status),
    "warnings" to application.warnings,
)

internal fun status(status: Status): Map<String, Any?> = mapOf(
    "code" to status.code,
    "title" to status.title,
    "cancelled_by" to status.cancelledBy,
    "action" to mapOf("code" to status.action.code, "title" to status.action.title),
    "body" to status.body.map(::block),
)

internal fun block(block: Block): Map<String, Any?> = when (block) {
    is Block.Paragraph -> mapOf("kind" to "paragraph", "text" to block.text)
    is Block.Item -> mapOf("kind" to "item", "label" to block.label, "text" to block.text)
    is Block.Channels -> mapOf("kind" to "channels", "banks" to block.banks.map(::bank))
    is Block.Unknown -> mapOf("kind" to "unknown")
}

private fun bank(bank: Bank): Map<String, Any?> = mapOf(
    "name" to bank.name,
    "branch" to bank.branch,
    "internet" to bank.internet,
    "mobile" to bank.mobile,
    "atm" to bank.atm,
    "call_centre" to bank.callCentre,
)

internal fun cadesSign(scenario: Scenario): String {
    val signing = CadesSigning(
        scenario.file("content"),
        scenario.file("certificate"),
        scenario.text("signing_time").toLong(),
        scenario["attached"] == "1",
    )
    return signing.use { hex(it.finish(remoteSignature(scenario.text("signer"), it.item.toBeSigned))) }
}

internal fun cadesVerify(scenario: Scenario): List<Map<String, Any?>> {
    val policy = CadesPolicy(scenario.files("anchor"), scenario.text("at").toLong())
        .intermediates(scenario.files("intermediates")).crls(scenario.files("crl")).ocspResponses(scenario.files("ocsp"))
    return policy.validate(scenario.file("cms"), scenario.files("content").firstOrNull()).map(::signature)
}

private fun signature(report: SignatureReport): Map<String, Any?> = mapOf(
    "indication" to report.indication.name,
    "sub_indication" to report.subIndication,
    "signer" to report.signerFingerprint?.let(::hex),
    "signing_time_unix_s" to report.signingTimeUnixSeconds,
)
