// Signatures outside a session.
#include "kinds.hpp"
#include "network.hpp"

json::object cades_sign(const scenario &scenario) {
    return json::told("cms", [&] {
        std::string content = scenario.file("content"), certificate = scenario.file("certificate");
        kamusm::cades::signing signing(std::string_view(content), std::string_view(certificate), {},
                                       scenario.is("attached", "1"), scenario.number("signing_time"));
        std::string value = remote_signature(scenario.text("signer"), signing.to_be_signed());
        return json::octets(signing.finish(std::string_view(value)));
    });
}

static std::string signature(const kamusm::cades::report &report, std::size_t index) {
    static const char *const names[] = {"UNKNOWN", "TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED"};
    return json::object()
        .with("indication", json::text(names[report.indication(index)]))
        .with("sub_indication", json::text_or_null(report.sub_indication(index)))
        .with("signer", json::octets(report.signer_fingerprint(index)))
        .with("signing_time_unix_s", json::value(report.signing_time_unix_s(index)))
        .str();
}

json::object cades_verify(const scenario &scenario) {
    return json::told("signatures", [&] {
        kamusm::cades::policy policy(scenario.number("at"));
        auto each = [&](std::string_view key, auto add) {
            for (const std::string &path : scenario.all(key)) add(std::string_view(scenario::octets_of(path)));
        };
        each("anchor", [&](std::string_view data) { policy.add_anchors(data); });
        each("intermediates", [&](std::string_view data) { policy.add_intermediates(data); });
        each("crl", [&](std::string_view data) { policy.add_crl(data); });
        each("ocsp", [&](std::string_view data) { policy.add_ocsp_response(data); });
        std::string cms = scenario.file("cms"), content = scenario.has("content") ? scenario.file("content") : "";
        kamusm::octets file = std::string_view(cms);
        kamusm::cades::report report = scenario.has("content")
                                           ? kamusm::cades::report(file, std::string_view(content), policy)
                                           : kamusm::cades::report(file, policy);
        return json::list(report.size(), [&](std::size_t i) { return signature(report, i); });
    });
}
