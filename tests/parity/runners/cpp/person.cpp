#include "person.hpp"

#include "json.hpp"
#include "network.hpp"

namespace {

std::optional<kamusm::token> opened(const scenario &scenario) {
    if (!scenario.has("token")) return std::nullopt;
    if (scenario.is("token", "module")) return kamusm::token::open_module(scenario.text("token_path"));
    std::string file = scenario.file("token_path"), password = scenario.text("token_password");
    std::string_view octets = file, secret = password;
    return scenario.is("token", "pkcs12") ? kamusm::token::open_pkcs12(octets, secret)
                                          : kamusm::token::open_pem(octets, secret);
}

bool is_refused(const kamusm::step &step, const std::string &fingerprint) {
    for (std::size_t i = 0; i < step.refusal_count(); i++)
        if (json::hex(step.refusal_fingerprint(i)) == fingerprint) return true;
    return false;
}

}  // namespace

person::person(const scenario &scenario)
    : scenario_(scenario), token_(opened(scenario)), pins_(scenario.all("pin")) {}

kamusm::answer person::choose(const kamusm::step &step) const {
    const kamusm::error none(KAMUSM_RESULT_NO_SIGNING_CERTIFICATE, "no certificate is left");
    if (scenario_.has("signer")) {
        if (step.refusal_count() > 0) return step.failed(none);
        return step.certificate(std::string_view(scenario_.file("certificate")));
    }
    if (!token_) return step.failed(none);
    kamusm::identities list = identities();
    for (std::size_t i = 0; i < list.size(); i++) {
        std::string fingerprint = json::hex(list[i].fingerprint());
        bool fits = scenario_.has("pick") ? scenario_.is("pick", fingerprint) : !list[i].refusal();
        if (fits && !is_refused(step, fingerprint)) return step.certificate(list[i].certificate());
    }
    return step.failed(none);
}

kamusm::answer person::sign(const kamusm::step &step, const kamusm::cancel &cancel) {
    if (scenario_.has("signer")) return sign_elsewhere(step);
    if (!token_ || pins_used_ == pins_.size()) return step.cancelled();
    kamusm::sign_options options;
    options.pin(std::string_view(pins_[pins_used_++])).allow_final_try(scenario_.has("allow_final_try"));
    return token_->sign(step, options, &cancel);
}

kamusm::answer person::sign_elsewhere(const kamusm::step &step) {
    std::vector<std::string> signatures;
    for (std::size_t i = 0; i < step.item_count(); i++)
        signatures.push_back(remote_signature(scenario_.text("signer"), step.item_to_be_signed(i)));
    std::vector<kamusm::octets> values;
    for (const std::string &signature : signatures) values.push_back(std::string_view(signature));
    if (scenario_.has("partial") && values.size() > 1 && !left_out_) {
        left_out_ = true;
        values.back() = kamusm::octets();
    }
    return step.signatures(values);
}
