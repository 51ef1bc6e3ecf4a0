import Foundation
import Kamusm

/// What a scenario did and saw, for the comparison.
typealias Trace = [String: Any]

func orNull(_ value: Any?) -> Any {
    value ?? NSNull()
}

func hex(_ octets: Data) -> String {
    octets.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}

func trace(_ error: KamusmError) -> Trace {
    [
        "code": Int(error.code.rawValue),
        "category": error.category.rawValue,
        "retryable": error.isRetryable,
        "http_status": orNull(error.httpStatus),
        "problem": orNull(error.problem),
        "retry_after_s": orNull(error.retryAfterSeconds),
        "ck_rv": orNull(error.ckRV.map { Int($0) }),
        "pin_tries_left": orNull(error.pinTriesLeft),
        "used_pin_try": error.usedPinTry,
        "tr": error.sentence(in: .turkish),
        "en": error.sentence(in: .english),
    ]
}

func trace(_ step: ShowStep) -> Trace {
    let facts = step.facts
    return [
        "service": facts.service,
        "origin": facts.origin,
        "applicant_name": facts.applicantName,
        "applicant_tckn": facts.applicantTckn,
        "application": facts.application,
        "institution": facts.institution,
        "product": facts.product,
        "warnings": facts.warnings,
        "created_at": facts.createdAt,
        "match_code": facts.matchCode,
        "texts": step.texts.map { text -> Trace in
            ["title": text.title, "octets": hex(text.octets), "profile_checked": text.profileChecked]
        },
    ]
}

func trace(_ step: ChooseStep) -> Trace {
    [
        "applicant_tckn": step.applicantTCKN,
        "refusals": step.refusals.map { refusal -> Trace in
            ["fingerprint": hex(refusal.fingerprint), "error": trace(refusal.error)]
        },
    ]
}

func trace(_ step: SignStep) -> Trace {
    [
        "certificate": hex(step.certificate),
        "items": step.items.map { item -> Trace in
            ["algorithm": name(item.algorithm), "digest": hex(item.digest)]
        },
        "signing_time_unix_s": Int(step.signingTime.timeIntervalSince1970),
        "failure": orNull(step.failure.map(trace)),
    ]
}

func trace(_ receipt: Outcome.Receipt) -> Trace {
    [
        "application": receipt.application,
        "received_at": receipt.receivedAt,
        "signing_time": receipt.signingTime,
        "anchored": receipt.anchored,
        "jws": receipt.jws,
    ]
}

func name(_ algorithm: SignatureAlgorithm) -> String {
    switch algorithm {
    case .rsaPkcs1Sha256: return "rsa-sha256"
    case .ecdsaP256Sha256: return "ecdsa-p256-sha256"
    case .ecdsaP384Sha384: return "ecdsa-p384-sha384"
    case .ecdsaP521Sha512: return "ecdsa-p521-sha512"
    case .unknown: return "unknown"
    }
}

func name(_ reason: WaitStep.Reason) -> String {
    switch reason {
    case .retry: return "retry"
    case .confirmation: return "confirmation"
    case .checks: return "checks"
    case .unknown: return "unknown"
    }
}

func name(_ kind: Outcome.Kind) -> String {
    switch kind {
    case .accepted: return "accepted"
    case .received: return "received"
    case .rejected: return "rejected"
    case .cancelled: return "cancelled"
    case .expired: return "expired"
    case .unknown: return "unknown"
    case .failed: return "failed"
    }
}
