#include "trace.hpp"

#include <algorithm>

void trace::kind(const std::string &kind) {
    if (kinds_.empty() || kinds_.back() != json::text(kind)) kinds_.push_back(json::text(kind));
}

void trace::wait(const kamusm::step &step) {
    auto name = [&] {
        switch (step.wait_reason()) {
        case KAMUSM_WAIT_REASON_RETRY: return "retry";
        case KAMUSM_WAIT_REASON_CONFIRMATION: return "confirmation";
        case KAMUSM_WAIT_REASON_CHECKS: return "checks";
        default: return "unknown";
        }
    };
    std::string reason = json::text(name());
    if (std::find(waits_.begin(), waits_.end(), reason) == waits_.end()) waits_.push_back(reason);
}

std::string trace_show(const kamusm::step &step) {
    return json::object()
        .with("service", json::text(step.service()))
        .with("origin", json::text(step.origin()))
        .with("applicant_name", json::text(step.applicant_name()))
        .with("applicant_tckn", json::text(step.applicant_tckn()))
        .with("application", json::text(step.application()))
        .with("institution", json::text(step.institution()))
        .with("product", json::text(step.product()))
        .with("warnings", json::list(step.warning_count(), [&](std::size_t i) { return json::text(step.warning(i)); }))
        .with("created_at", json::text(step.created_at()))
        .with("match_code", json::text(step.match_code()))
        .with("texts", json::list(step.text_count(),
                                  [&](std::size_t i) {
                                      return json::object()
                                          .with("title", json::text(step.text_title(i)))
                                          .with("octets", json::octets(step.text_octets(i)))
                                          .with("profile_checked", json::value(step.text_is_checked(i)))
                                          .str();
                                  }))
        .str();
}

std::string trace_choose(const kamusm::step &step) {
    return json::object()
        .with("applicant_tckn", json::text(step.applicant_tckn()))
        .with("refusals", json::list(step.refusal_count(),
                                     [&](std::size_t i) {
                                         return json::object()
                                             .with("fingerprint", json::octets(step.refusal_fingerprint(i)))
                                             .with("error", json::error(step.refusal_error(i)))
                                             .str();
                                     }))
        .str();
}

static std::string algorithm(kamusm_algorithm algorithm) {
    switch (algorithm) {
    case KAMUSM_ALGORITHM_RSA_PKCS1_SHA256: return "rsa-sha256";
    case KAMUSM_ALGORITHM_ECDSA_P256_SHA256: return "ecdsa-p256-sha256";
    case KAMUSM_ALGORITHM_ECDSA_P384_SHA384: return "ecdsa-p384-sha384";
    case KAMUSM_ALGORITHM_ECDSA_P521_SHA512: return "ecdsa-p521-sha512";
    default: return "unknown";
    }
}

std::string trace_sign(const kamusm::step &step) {
    return json::object()
        .with("certificate", json::octets(step.signer_certificate()))
        .with("items", json::list(step.item_count(),
                                  [&](std::size_t i) {
                                      return json::object()
                                          .with("algorithm", json::text(algorithm(step.item_algorithm(i))))
                                          .with("digest", json::octets(step.item_digest(i)))
                                          .str();
                                  }))
        .with("signing_time_unix_s", json::value(step.signing_time_unix_s()))
        .with("failure", json::error(step.failure()))
        .str();
}

static std::string name(kamusm_outcome outcome) {
    switch (outcome) {
    case KAMUSM_OUTCOME_ACCEPTED: return "accepted";
    case KAMUSM_OUTCOME_RECEIVED: return "received";
    case KAMUSM_OUTCOME_REJECTED: return "rejected";
    case KAMUSM_OUTCOME_CANCELLED: return "cancelled";
    case KAMUSM_OUTCOME_EXPIRED: return "expired";
    case KAMUSM_OUTCOME_UNKNOWN: return "unknown";
    case KAMUSM_OUTCOME_FAILED: return "failed";
    default: return "new";
    }
}

void trace::done(const kamusm::step &step) {
    outcome_ = json::text(name(step.outcome()));
    error_ = json::error(step.outcome_error());
    return_to_ = json::text_or_null(step.return_to());
    cms_ = json::list(step.signature_count(), [&](std::size_t i) { return json::octets(step.signature(i)); });
    may_have_arrived_ = json::value(step.may_have_arrived());
    if (kamusm::signed_in_view person = step.signed_in())
        signed_in_ = json::object()
                         .with("name", json::text(person.name()))
                         .with("tckn", json::text(person.tckn()))
                         .str();
    if (step.receipt().empty()) return;
    receipt_ = json::object()
                   .with("application", json::text(step.receipt_application()))
                   .with("received_at", json::text(step.receipt_received_at()))
                   .with("signing_time", json::text(step.receipt_signing_time()))
                   .with("anchored", json::value(step.receipt_is_anchored()))
                   .with("jws", json::text(step.receipt()))
                   .str();
}

json::object trace::object() const {
    return json::object()
        .with("kinds", json::list(kinds_))
        .with("waits", json::list(waits_))
        .with("show", show)
        .with("choose", choose)
        .with("sign", sign)
        .with("countdown", countdown)
        .with("pin_errors", json::list(pin_errors))
        .with("stale", stale)
        .with("outcome", outcome_)
        .with("error", error_)
        .with("return_to", return_to_)
        .with("receipt", receipt_)
        .with("cms", cms_)
        .with("may_have_arrived", may_have_arrived_)
        .with("signed_in", signed_in_)
        .with("log", log)
        .with("thrown", thrown);
}
