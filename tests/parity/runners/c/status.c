/* Texts of the service, statuses and applications. */
#include "message.h"

/* The blocks of a text: of a status, and of how to pay. */
typedef struct {
    kamusm_block_kind (*kind)(const void *, size_t);
    const char *(*label)(const void *, size_t);
    const char *(*text)(const void *, size_t);
    size_t (*bank_count)(const void *, size_t);
    const char *(*bank_name)(const void *, size_t, size_t);
    bool (*bank_takes)(const void *, size_t, size_t, int32_t);
} blocks;

static kamusm_block_kind status_block_kind(const void *of, size_t i) {
    return kamusm_status_block_kind((const kamusm_status *)of, i);
}

static const char *status_block_label(const void *of, size_t i) {
    return kamusm_status_block_label((const kamusm_status *)of, i);
}

static const char *status_block_text(const void *of, size_t i) {
    return kamusm_status_block_text((const kamusm_status *)of, i);
}

static size_t status_bank_count(const void *of, size_t i) {
    return kamusm_status_bank_count((const kamusm_status *)of, i);
}

static const char *status_bank_name(const void *of, size_t i, size_t bank) {
    return kamusm_status_bank_name((const kamusm_status *)of, i, bank);
}

static bool status_bank_takes(const void *of, size_t i, size_t bank, int32_t channel) {
    return kamusm_status_bank_takes((const kamusm_status *)of, i, bank, channel);
}

static const blocks of_status = {status_block_kind, status_block_label, status_block_text,
                                 status_bank_count, status_bank_name, status_bank_takes};

static kamusm_block_kind payment_block_kind(const void *of, size_t i) {
    return kamusm_payment_block_kind((const kamusm_payment *)of, i);
}

static const char *payment_block_label(const void *of, size_t i) {
    return kamusm_payment_block_label((const kamusm_payment *)of, i);
}

static const char *payment_block_text(const void *of, size_t i) {
    return kamusm_payment_block_text((const kamusm_payment *)of, i);
}

static size_t payment_bank_count(const void *of, size_t i) {
    return kamusm_payment_bank_count((const kamusm_payment *)of, i);
}

static const char *payment_bank_name(const void *of, size_t i, size_t bank) {
    return kamusm_payment_bank_name((const kamusm_payment *)of, i, bank);
}

static bool payment_bank_takes(const void *of, size_t i, size_t bank, int32_t channel) {
    return kamusm_payment_bank_takes((const kamusm_payment *)of, i, bank, channel);
}

static const blocks of_payment = {payment_block_kind, payment_block_label, payment_block_text,
                                  payment_bank_count, payment_bank_name, payment_bank_takes};

static void write_block(json *out, const blocks *blocks, const void *of, size_t block) {
    static const char *const kinds[] = {"unknown", "paragraph", "item", "channels"};
    static const char *const channels[] = {"branch", "internet", "mobile", "atm", "call_centre"};
    kamusm_block_kind kind = blocks->kind(of, block);
    json_open(out, '{');
    json_key(out, "kind"), json_text(out, kinds[kind >= 0 && kind < 4 ? kind : 0]);
    if (kind == KAMUSM_BLOCK_KIND_ITEM) json_key(out, "label"), json_text(out, blocks->label(of, block));
    if (kind == KAMUSM_BLOCK_KIND_ITEM || kind == KAMUSM_BLOCK_KIND_PARAGRAPH)
        json_key(out, "text"), json_text(out, blocks->text(of, block));
    if (kind == KAMUSM_BLOCK_KIND_CHANNELS) {
        json_key(out, "banks"), json_open(out, '[');
        for (size_t bank = 0; bank < blocks->bank_count(of, block); bank++) {
            json_open(out, '{');
            json_key(out, "name"), json_text(out, blocks->bank_name(of, block, bank));
            for (int32_t channel = KAMUSM_CHANNEL_BRANCH; channel <= KAMUSM_CHANNEL_CALL_CENTRE; channel++) {
                json_key(out, channels[channel - 1]);
                json_bool(out, blocks->bank_takes(of, block, bank, channel));
            }
            json_close(out, '}');
        }
        json_close(out, ']');
    }
    json_close(out, '}');
}

void write_status(json *out, const kamusm_status *status) {
    json_open(out, '{');
    json_key(out, "code"), json_text(out, kamusm_status_code_word(status));
    json_key(out, "title"), json_text(out, kamusm_status_title(status));
    json_key(out, "cancelled_by"), json_text(out, kamusm_status_cancelled_by_word(status));
    json_key(out, "action"), json_open(out, '{');
    json_key(out, "code"), json_text(out, kamusm_status_action_word(status));
    json_key(out, "title"), json_text(out, kamusm_status_action_title(status));
    json_close(out, '}');
    json_key(out, "body"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_status_block_count(status); i++) write_block(out, &of_status, status, i);
    json_close(out, ']');
    json_close(out, '}');
}

static void write_members(json *out, const kamusm_application *row) {
    json_key(out, "no"), json_text(out, kamusm_application_no(row));
    json_key(out, "applied_on"), json_text(out, kamusm_application_applied_on(row));
    json_key(out, "institution"), json_text(out, kamusm_application_institution(row));
    json_key(out, "product"), json_text(out, kamusm_application_product(row));
    json_key(out, "reason"), json_text(out, kamusm_application_reason_word(row));
    json_key(out, "status"), write_status(out, kamusm_application_status(row));
    json_key(out, "warnings"), json_open(out, '[');
    for (size_t i = 0; i < kamusm_application_warning_count(row); i++) json_text(out, kamusm_application_warning(row, i));
    json_close(out, ']');
}

void write_row(json *out, const kamusm_application *row) {
    json_open(out, '{');
    write_members(out, row);
    json_close(out, '}');
}

void write_application(json *out, const kamusm_application *application) {
    json_open(out, '{');
    write_members(out, application);
    json_key(out, "state"), json_text(out, kamusm_application_state_word(application));
    json_key(out, "form"), json_text(out, kamusm_application_form_word(application));
    json_key(out, "payment"), json_text(out, kamusm_application_payment_word(application));
    json_key(out, "production"), json_open(out, '{');
    json_key(out, "state"), json_text(out, kamusm_application_production_word(application));
    json_key(out, "earliest_on"), json_text(out, kamusm_application_earliest_production_on(application));
    json_close(out, '}');
    json_key(out, "etag"), json_text(out, kamusm_application_etag(application));
    json_close(out, '}');
}

void write_payment_body(json *out, const kamusm_payment *payment) {
    json_open(out, '[');
    for (size_t i = 0; i < kamusm_payment_block_count(payment); i++) write_block(out, &of_payment, payment, i);
    json_close(out, ']');
}
