// The messages of the calls.
#include "message.hpp"

namespace {

// A text with its blocks: of a status, and of how to pay.
struct status_blocks {
    const kamusm::status &of;

    kamusm_block_kind kind(std::size_t i) const { return of.block(i).kind(); }
    std::string_view label(std::size_t i) const { return of.block(i).label(); }
    std::string_view text(std::size_t i) const { return of.block(i).text(); }
    std::size_t bank_count(std::size_t i) const { return of.block(i).bank_count(); }
    std::string_view bank_name(std::size_t i, std::size_t bank) const { return of.block(i).bank_name(bank); }
    bool bank_takes(std::size_t i, std::size_t bank, kamusm_channel channel) const {
        return of.block(i).bank_takes(bank, channel);
    }
};

struct payment_blocks {
    const kamusm::payment &of;

    kamusm_block_kind kind(std::size_t i) const { return of.block_kind(i); }
    std::string_view label(std::size_t i) const { return of.block_label(i); }
    std::string_view text(std::size_t i) const { return of.block_text(i); }
    std::size_t bank_count(std::size_t i) const { return of.bank_count(i); }
    std::string_view bank_name(std::size_t i, std::size_t bank) const { return of.bank_name(i, bank); }
    bool bank_takes(std::size_t i, std::size_t bank, kamusm_channel channel) const {
        return of.bank_takes(i, bank, channel);
    }
};

template <class Blocks>
std::string block(const Blocks &blocks, std::size_t i) {
    static const std::pair<const char *, kamusm_channel> channels[] = {
        {"branch", KAMUSM_CHANNEL_BRANCH}, {"internet", KAMUSM_CHANNEL_INTERNET},
        {"mobile", KAMUSM_CHANNEL_MOBILE}, {"atm", KAMUSM_CHANNEL_ATM},
        {"call_centre", KAMUSM_CHANNEL_CALL_CENTRE},
    };
    auto bank = [&](std::size_t bank) {
        json::object object;
        object.with("name", json::text(blocks.bank_name(i, bank)));
        for (const auto &[name, channel] : channels) object.with(name, json::value(blocks.bank_takes(i, bank, channel)));
        return object.str();
    };
    json::object object;
    switch (blocks.kind(i)) {
    case KAMUSM_BLOCK_KIND_PARAGRAPH: object.with("kind", json::text("paragraph")).with("text", json::text(blocks.text(i))); break;
    case KAMUSM_BLOCK_KIND_ITEM:
        object.with("kind", json::text("item")).with("label", json::text(blocks.label(i))).with("text", json::text(blocks.text(i)));
        break;
    case KAMUSM_BLOCK_KIND_CHANNELS:
        object.with("kind", json::text("channels")).with("banks", json::list(blocks.bank_count(i), bank));
        break;
    default: object.with("kind", json::text("unknown")); break;
    }
    return object.str();
}

std::string code_session(const kamusm::sign_code &code) {
    if (code.session_state_word().empty()) return json::null;
    std::string client = json::object()
        .with("name", json::text(code.client_name()))
        .with("version", json::text(code.client_version()))
        .with("network", json::text(code.client_network()))
        .with("is_other_network", json::value(code.client_is_other_network()))
        .str();
    return json::object()
        .with("state", json::text(code.session_state_word()))
        .with("match_code", json::text(code.match_code()))
        .with("client", client)
        .with("created_at", json::text(code.session_created_at()))
        .with("hard_expires_in", json::value(code.session_hard_expires_in_s()))
        .str();
}

std::string pre_application(const kamusm::pre_application_view &row) {
    return json::object()
        .with("tckn", json::text(row.tckn()))
        .with("name", json::text(row.name()))
        .with("email", json::text(row.email()))
        .with("gsm", json::text_or_null(row.gsm()))
        .with("reason", json::text(row.reason_word()))
        .with("institution_change", json::value(row.is_institution_change()))
        .with("payer", json::text_or_null(row.payer_word()))
        .with("prepaid", json::value(row.prepaid()))
        .with("product", json::text_or_null(row.product()))
        .str();
}

}  // namespace

namespace message {

std::string status(const kamusm::status &status) {
    return json::object()
        .with("code", json::text(status.code_word()))
        .with("title", json::text(status.title()))
        .with("cancelled_by", json::text_or_null(status.cancelled_by_word()))
        .with("action", json::object()
                            .with("code", json::text(status.action_word()))
                            .with("title", json::text(status.action_title()))
                            .str())
        .with("body", json::list(status.block_count(),
                                 [&](std::size_t i) { return block(status_blocks{status}, i); }))
        .str();
}

json::object row(const kamusm::application_view &row) {
    return json::object()
        .with("no", json::text(row.no()))
        .with("applied_on", json::text(row.applied_on()))
        .with("institution", json::text(row.institution()))
        .with("product", json::text(row.product()))
        .with("reason", json::text(row.reason_word()))
        .with("status", status(row.status()))
        .with("warnings", json::list(row.warning_count(), [&](std::size_t i) { return json::text(row.warning(i)); }));
}

std::string application(const kamusm::application_view &application) {
    std::string production = json::object()
        .with("state", json::text(application.production_word()))
        .with("earliest_on", json::text_or_null(application.earliest_production_on()))
        .str();
    return row(application)
        .with("state", json::text(application.state_word()))
        .with("form", json::text(application.form_word()))
        .with("payment", json::text(application.payment_word()))
        .with("production", production)
        .with("etag", json::text_or_null(application.etag()))
        .str();
}

std::string consent(const kamusm::consent_view &consent) {
    return json::object()
        .with("given", json::value(consent.is_given()))
        .with("given_at", json::text_or_null(consent.given_at()))
        .str();
}

std::string me(const kamusm::me &me) {
    std::string institutions = json::list(me.institution_count(), [&](std::size_t i) {
        return json::object()
        .with("id", json::text(me.institution_id(i)))
        .with("name", json::text(me.institution_name(i)))
        .str();
    });
    return json::object()
        .with("name", json::text(me.name()))
        .with("tckn", json::text(me.tckn()))
        .with("email", json::text_or_null(me.email()))
        .with("gsm", json::text_or_null(me.gsm()))
        .with("eonay_consent", consent(me.eonay_consent()))
        .with("has_valid_certificate", json::value(me.has_valid_certificate()))
        .with("institutions", institutions)
        .str();
}

std::string identity_refresh(const kamusm::identity_refresh &refresh) {
    return json::object()
        .with("name", json::text(refresh.name()))
        .with("tckn", json::text(refresh.tckn()))
        .with("changed", json::value(refresh.is_changed()))
        .str();
}

std::string choices(const kamusm::choices &choices) {
    return json::list(choices.size(), [&](std::size_t i) {
        return json::object()
        .with("code", json::text(choices.code(i)))
        .with("title", json::text(choices.title(i)))
        .str();
    });
}

std::string form(const kamusm::form &form) {
    auto field = [&](std::size_t section, std::size_t i) {
        return json::object()
        .with("name", json::text(form.field_name(section, i)))
        .with("label", json::text(form.field_label(section, i)))
        .with("required", json::value(form.field_is_required(section, i)))
        .with("kind", json::text(form.field_kind_word(section, i)))
        .with("options_list", json::text_or_null(form.field_options_list(section, i)))
        .str();
    };
    std::string sections = json::list(form.section_count(), [&](std::size_t i) {
        return json::object()
            .with("id", json::text(form.section_id(i)))
            .with("title", json::text(form.section_title(i)))
            .with("fields", json::list(form.field_count(i), [&](std::size_t k) { return field(i, k); }))
            .str();
    });
    json::object values;
    kamusm::form_values_view filled = form.filled();
    for (std::size_t i = 0; i < filled.size(); i++) values.with(filled.name(i), json::text(filled.value(i)));
    return json::object()
        .with("schema", std::string(form.schema()))
        .with("sections", sections)
        .with("values", values.str())
        .with("locked", json::list(form.locked_count(), [&](std::size_t i) { return json::text(form.locked(i)); }))
        .with("etag", json::text(form.etag()))
        .str();
}

std::string phone(const kamusm::phone_verification &phone) {
    return json::object()
        .with("id", json::text(phone.id()))
        .with("gsm", json::text(phone.gsm()))
        .with("expires_in", json::value(phone.expires_in_s()))
        .with("attempts_left", json::value(phone.attempts_left()))
        .with("resend_in", json::value(phone.resend_in_s()))
        .str();
}

std::string approval(const kamusm::approval &approval) {
    std::string methods = json::list(approval.method_count(), [&](std::size_t i) {
        return json::object()
        .with("code", json::text(approval.method_word(i)))
        .with("title", json::text(approval.method_title(i)))
        .with("available", json::value(approval.method_is_available(i)))
        .with("reason", json::text_or_null(approval.method_reason_word(i)))
        .str();
    });
    std::string commitments = json::list(approval.commitment_count(), [&](std::size_t i) {
        kamusm::commitment one = approval.commitment_at(i);
        return json::object()
        .with("id", json::text(one.id()))
        .with("title", json::text(one.title()))
        .with("version", json::text(one.version()))
        .with("digest", json::text(one.digest()))
        .with("length", json::value(one.length()))
        .str();
    });
    return json::object()
        .with("methods", methods)
        .with("commitments", commitments)
        .with("warnings", json::list(approval.warning_count(),
                                     [&](std::size_t i) { return json::text(approval.warning(i)); }))
        .with("form_digest", json::text(approval.form_digest()))
        .str();
}

std::string result(const kamusm::application_result &result) {
    return json::object()
        .with("state", json::text(result.state_word()))
        .with("title", json::text(result.title()))
        .with("receipt", json::text_or_null(result.receipt()))
        .with("status", status(result.status()))
        .str();
}

std::string sign_code(const kamusm::sign_code &code) {
    return json::object()
        .with("id", json::text(code.id()))
        .with("state", json::text(code.state_word()))
        .with("code", json::text_or_null(code.code()))
        .with("created_at", json::text(code.created_at()))
        .with("expires_in", json::value(code.expires_in_s()))
        .with("second_redemptions", json::value(code.second_redemptions()))
        .with("session", code_session(code))
        .str();
}

std::string payment(const kamusm::payment &payment) {
    return json::object()
        .with("state", json::text(payment.state_word()))
        .with("payer", json::text(payment.payer_word()))
        .with("prepaid", json::value(payment.is_prepaid()))
        .with("amount_kurus", json::value(payment.amount_kurus()))
        .with("currency", json::text(payment.currency()))
        .with("body", json::list(payment.block_count(),
                                 [&](std::size_t i) { return block(payment_blocks{payment}, i); }))
        .with("virtual_pos", json::value(payment.has_virtual_pos()))
        .str();
}

std::string payment_intent(const kamusm::payment_intent &intent) {
    return json::object()
        .with("id", json::text(intent.id()))
        .with("address", json::text(intent.address()))
        .with("expires_in", json::value(intent.expires_in_s()))
        .str();
}

std::string events(const kamusm::events &events) {
    return json::list(events.size(), [&](std::size_t i) {
        return json::object()
        .with("at", json::text(events.time(i)))
        .with("code", json::text(events.code(i)))
        .with("text", json::text(events.text(i)))
        .str();
    });
}

std::string evidence(const kamusm::evidence_list &list) {
    return json::list(list.size(), [&](std::size_t i) {
        return json::object()
        .with("id", json::text(list[i].id()))
        .with("session_id", json::text_or_null(list[i].session_id()))
        .with("document_id", json::text_or_null(list[i].document_id()))
        .with("media_type", json::text(list[i].media_type()))
        .with("length", json::value(list[i].length()))
        .with("digest", json::text(list[i].digest()))
        .with("created_at", json::text(list[i].created_at()))
        .str();
    });
}

std::string pre_applications(const kamusm::pre_applications &rows) {
    return json::list(rows.size(), [&](std::size_t i) {
        return json::object()
        .with("line", json::value(rows.line(i)))
        .with("result", rows[i] ? pre_application(rows[i]) : json::call_error(rows.error(i)))
        .str();
    });
}

std::string placed(const kamusm::placed &placed) {
    return json::list(placed.size(), [&](std::size_t i) {
        return json::object()
        .with("row", json::value(placed.row(i)))
        .with("no", json::text_or_null(placed.no(i)))
        .with("thrown", json::call_error(placed.error(i)))
        .str();
    });
}

std::string of_staff(const kamusm::staff_application_view &one) {
    return json::object()
        .with("no", json::text(one.no()))
        .with("name", json::text(one.name()))
        .with("tckn", json::text(one.tckn()))
        .with("applied_on", json::text(one.applied_on()))
        .with("status", status(one.status()))
        .with("etag", json::text_or_null(one.etag()))
        .str();
}

std::string field_errors(const kamusm::field_errors &errors) {
    return json::list(errors.size(), [&](std::size_t i) {
        return json::object()
        .with("pointer", json::text(errors.pointer(i)))
        .with("code", json::text(errors.word(i)))
        .str();
    });
}

}  // namespace message
