package tr.kamusm.parity

import java.util.Locale
import tr.kamusm.ChooseStep
import tr.kamusm.KamusmException
import tr.kamusm.Language
import tr.kamusm.Outcome
import tr.kamusm.ShowStep
import tr.kamusm.SignStep
import tr.kamusm.SignatureAlgorithm
import tr.kamusm.WaitReason

/** What a session did and saw, for the comparison. */
internal class SessionTrace {
    private val kinds = mutableListOf<String>()
    private val waits = mutableListOf<String>()
    private var outcome: Outcome? = null
    val pinErrors = mutableListOf<KamusmException>()
    var show: ShowStep? = null
    var choose: ChooseStep? = null
    var sign: SignStep? = null
    var countdown: List<Int>? = null
    var stale: KamusmException? = null
    var log: List<String>? = null
    var thrown: KamusmException? = null

    /** The same kind again is told once: how often a request is sent is the network's matter. */
    fun kind(kind: String) {
        if (kinds.lastOrNull() != kind) kinds += kind
    }

    fun wait(reason: WaitReason) {
        val name = reason.name.lowercase(Locale.ROOT)
        if (name !in waits) waits += name
    }

    fun end(outcome: Outcome) {
        kind("done")
        this.outcome = outcome
    }

    fun fields(): Map<String, Any?> = mapOf(
        "kinds" to kinds,
        "waits" to waits,
        "show" to show?.let(::showTrace),
        "choose" to choose?.let(::chooseTrace),
        "sign" to sign?.let(::signTrace),
        "countdown" to countdown,
        "pin_errors" to pinErrors.map(::errorTrace),
        "stale" to stale?.let(::errorTrace),
        "outcome" to outcome?.kind?.name?.lowercase(Locale.ROOT),
        "error" to outcome?.error?.let(::errorTrace),
        "return_to" to outcome?.returnTo,
        "receipt" to outcome?.receipt?.let {
            mapOf(
                "application" to it.application,
                "received_at" to it.receivedAt,
                "signing_time" to it.signingTime,
                "anchored" to it.isAnchored,
                "jws" to it.jws,
            )
        },
        "signed_in" to outcome?.signedIn?.let { mapOf("name" to it.name, "tckn" to it.tckn) },
        "cms" to outcome?.signatures?.map(::hex),
        "may_have_arrived" to outcome?.mayHaveArrived,
        "log" to log,
        "thrown" to thrown?.let(::errorTrace),
    )
}

internal fun errorTrace(error: KamusmException): Map<String, Any?> = mapOf(
    "code" to error.code.number,
    "category" to error.category.number,
    "retryable" to error.isRetryable,
    "http_status" to error.httpStatus,
    "problem" to error.problem,
    "retry_after_s" to error.retryAfterSeconds,
    "ck_rv" to error.ckRv,
    "pin_tries_left" to error.pinTriesLeft,
    "used_pin_try" to error.usedPinTry,
    "tr" to error.sentence(Language.TURKISH),
    "en" to error.sentence(Language.ENGLISH),
)

private fun showTrace(step: ShowStep): Map<String, Any?> = step.facts.run {
    mapOf(
        "service" to service,
        "origin" to origin,
        "applicant_name" to applicantName,
        "applicant_tckn" to applicantTckn,
        "application" to application,
        "institution" to institution,
        "product" to product,
        "warnings" to warnings,
        "created_at" to createdAt,
        "match_code" to matchCode,
        "texts" to step.texts.map {
            mapOf("title" to it.title, "octets" to hex(it.octets), "profile_checked" to it.isProfileChecked)
        },
    )
}

private fun chooseTrace(step: ChooseStep): Map<String, Any?> = mapOf(
    "applicant_tckn" to step.applicantTckn,
    "refusals" to step.refusals.map { mapOf("fingerprint" to hex(it.fingerprint), "error" to errorTrace(it.error)) },
)

private fun signTrace(step: SignStep): Map<String, Any?> = mapOf(
    "certificate" to hex(step.certificate),
    "items" to step.items.map { mapOf("algorithm" to name(it.algorithm), "digest" to hex(it.digest)) },
    "signing_time_unix_s" to step.signingTimeUnixSeconds,
    "failure" to step.failure?.let(::errorTrace),
)

private fun name(algorithm: SignatureAlgorithm): String = when (algorithm) {
    SignatureAlgorithm.RSA_PKCS1_SHA256 -> "rsa-sha256"
    SignatureAlgorithm.ECDSA_P256_SHA256 -> "ecdsa-p256-sha256"
    SignatureAlgorithm.ECDSA_P384_SHA384 -> "ecdsa-p384-sha384"
    SignatureAlgorithm.ECDSA_P521_SHA512 -> "ecdsa-p521-sha512"
    SignatureAlgorithm.UNKNOWN -> "unknown"
}
