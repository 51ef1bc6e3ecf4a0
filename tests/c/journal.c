/* The journal: `journal killed` signs in a process that is killed before it submits, and goes on in another one from the
 * store in a folder; `journal own` keeps the records itself. Nothing is signed twice. */
#define _GNU_SOURCE
#include "support.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t KEY[32] = {7, 1, 4, 9};

static kamusm_config *keyed(void) {
    kamusm_error *error = NULL;
    kamusm_config *config = new_config(setting("KAMUSM_TEST_BASE_URL"));
    CHECK_FAILS(kamusm_config_set_journal_key(config, KEY, 31, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_config_set_journal_key(config, KEY, sizeof KEY, &error));
    CHECK_OK(kamusm_config_set_sign_without_journal(config, false, &error));
    return config;
}

static kamusm_session *begun(const kamusm_config *config) {
    kamusm_session *session = NULL;
    kamusm_verification_code *code = parsed_code(setting("KAMUSM_TEST_CODE"));
    need(kamusm_session_new(code, config, &session, NULL) == KAMUSM_RESULT_OK, "a session");
    kamusm_verification_code_free(code);
    return session;
}

/* Where the records go: a folder, or the newest one here. */
typedef struct {
    kamusm_store *store;
    uint8_t newest[1 << 16];
    size_t len;
    uint64_t sequence;
    char id[33];
} records;

static kamusm_answer *stored(records *to, const kamusm_step *step) {
    kamusm_error *error = NULL, *why = NULL;
    kamusm_answer *answer = NULL;
    kamusm_bytes record = kamusm_step_record(step);
    CHECK(strlen(kamusm_step_record_id(step)) == 32);
    CHECK(record.len > 100 && record.len <= sizeof to->newest);
    if (to->store != NULL) {
        CHECK_OK(kamusm_store_perform(to->store, step, &answer, &error));
        return answer;
    }
    if (to->len > 0 && kamusm_step_record_sequence(step) <= to->sequence) {
        CHECK_OK(kamusm_error_new(KAMUSM_RESULT_JOURNAL_LOCKED, "another session goes on", &why, &error));
        CHECK_OK(kamusm_step_failed(step, why, &answer, &error));
        kamusm_error_free(why);
        return answer;
    }
    memcpy(to->newest, record.data, record.len);
    to->len = record.len;
    to->sequence = kamusm_step_record_sequence(step);
    snprintf(to->id, sizeof to->id, "%s", kamusm_step_record_id(step));
    CHECK_OK(kamusm_step_stored(step, &answer, &error));
    return answer;
}

static kamusm_answer *signed_once(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_token *token = new_token();
    kamusm_sign_options *options = kamusm_sign_options_new();
    CHECK_OK(kamusm_sign_options_set_pin(options, (const uint8_t *)"1234", 4, &error));
    CHECK_OK(kamusm_token_sign(token, step, options, NULL, &answer, &error));
    kamusm_sign_options_free(options);
    kamusm_token_free(token);
    return answer;
}

static kamusm_answer *chosen(const kamusm_step *step) {
    kamusm_error *error = NULL;
    kamusm_answer *answer = NULL;
    kamusm_identities *list = NULL;
    kamusm_token *token = new_token();
    CHECK_OK(kamusm_token_identities(token, 1000, &list, &error));
    CHECK_OK(kamusm_step_identity(step, kamusm_identities_at(list, 0), &answer, &error));
    kamusm_identities_free(list);
    kamusm_token_free(token);
    return answer;
}

/* Runs the session: to its end, or until the record with the signature is stored. NULL, or the last step. */
static kamusm_step *run(kamusm_session *session, const kamusm_config *config, records *to, bool may_sign) {
    kamusm_http *http = NULL;
    bool is_signed = false;
    need(kamusm_http_new(config, &http, NULL) == KAMUSM_RESULT_OK, "a client");
    for (;;) {
        kamusm_error *error = NULL;
        kamusm_answer *answer = NULL;
        kamusm_step *step = next_step(session);
        kamusm_step_kind kind = kamusm_step_kind_of(step);
        switch (kind) {
        case KAMUSM_STEP_SEND: CHECK_OK(kamusm_http_perform(http, step, NULL, &answer, &error)); break;
        case KAMUSM_STEP_WAIT: CHECK_OK(kamusm_wait_perform(step, NULL, &answer, &error)); break;
        case KAMUSM_STEP_SHOW: CHECK_OK(kamusm_step_accept(step, &answer, &error)); break;
        case KAMUSM_STEP_CHOOSE: answer = chosen(step); break;
        case KAMUSM_STEP_SIGN:
            need(may_sign, "no second signature");
            answer = signed_once(step);
            is_signed = true;
            break;
        case KAMUSM_STEP_PERSIST: answer = stored(to, step); break;
        default: kamusm_http_free(http); return step;
        }
        CHECK(give(session, step, answer) == KAMUSM_RESULT_OK);
        if (is_signed && kind == KAMUSM_STEP_PERSIST) {
            kamusm_http_free(http);
            return NULL;
        }
    }
}

static void check_entry(const kamusm_entry *entry, kamusm_entry_state state) {
    CHECK(kamusm_entry_state_of(entry) == state);
    CHECK(kamusm_entry_is_pending(entry));
    CHECK_TEXT(kamusm_entry_application(entry), setting("KAMUSM_TEST_APPLICATION"));
    CHECK_TEXT(kamusm_entry_service(entry), setting("KAMUSM_TEST_BASE_URL"));
    CHECK(kamusm_entry_signature_count(entry) == 1);
    CHECK(kamusm_entry_signature(entry, 0).len > 1000);
    CHECK(kamusm_entry_signature(entry, 1).data == NULL);
    CHECK(kamusm_entry_sequence(entry) > 0);
    CHECK(kamusm_entry_begun_unix_s(entry) > 1700000000);
    CHECK(kamusm_entry_written_unix_s(entry) >= kamusm_entry_begun_unix_s(entry));
    CHECK(strstr(kamusm_entry_description(entry, "en"), "Every text was signed") != NULL);
    CHECK(!same_text(kamusm_entry_description(entry, "tr"), kamusm_entry_description(entry, "en")));
}

/* Goes on and ends it: accepted, with what was signed before. */
static void resume(kamusm_bytes record, const kamusm_config *config, records *to, const char *id) {
    kamusm_error *error = NULL;
    kamusm_session *session = NULL;
    CHECK_OK(kamusm_session_resume(record.data, record.len, config, &session, &error));
    kamusm_step *done = run(session, config, to, false);
    CHECK(kamusm_step_outcome(done) == KAMUSM_OUTCOME_ACCEPTED);
    CHECK(kamusm_step_receipt(done) != NULL);
    CHECK_TEXT(kamusm_step_journal(done), id);
    CHECK(kamusm_step_journal_failure(done) == NULL);
    CHECK(kamusm_step_record(done).data == NULL);
    kamusm_step_free(done);
    kamusm_session_free(session);
}

/* The library is first used in the process that is killed. */
static void in_a_process_that_is_killed(const char *folder) {
    records to = {0};
    kamusm_config *config = keyed();
    need(kamusm_store_open(folder, &to.store, NULL) == KAMUSM_RESULT_OK, "a store");
    need(run(begun(config), config, &to, true) == NULL, "a signature");
    need(failed == 0, "what was checked");
    raise(SIGKILL);
}

static void killed(void) {
    char folder[] = "/tmp/kamusm-journal-XXXXXX";
    need(mkdtemp(folder) != NULL, "a folder");
    pid_t child = fork();
    if (child == 0) in_a_process_that_is_killed(folder);
    int status = 0;
    need(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "a killed process");

    kamusm_error *error = NULL;
    kamusm_config *config = keyed();
    records to = {0};
    kamusm_store *second = NULL;
    CHECK_OK(kamusm_store_open(folder, &to.store, &error));
    CHECK_FAILS(kamusm_store_open(folder, &second, &error), KAMUSM_RESULT_JOURNAL_LOCKED);
    kamusm_entries *entries = NULL;
    CHECK_OK(kamusm_store_pending(to.store, config, &entries, &error));
    CHECK(kamusm_entries_count(entries) == 1);
    CHECK(kamusm_entries_torn_count(entries) == 0 && kamusm_entries_torn(entries, 0) == NULL);
    CHECK(kamusm_entries_unusable_count(entries) == 0 && kamusm_entries_unusable(entries, 0) == NULL);
    CHECK(kamusm_entries_at(entries, 1) == NULL);
    const kamusm_entry *entry = kamusm_entries_at(entries, 0);
    check_entry(entry, KAMUSM_ENTRY_STATE_SIGNED);
    kamusm_octets *record = NULL;
    CHECK_FAILS(kamusm_store_read(to.store, "../../etc/passwd", &record, &error), KAMUSM_RESULT_RANGE);
    CHECK_OK(kamusm_store_read(to.store, kamusm_entry_id(entry), &record, &error));
    resume(kamusm_octets_bytes(record), config, &to, kamusm_entry_id(entry));
    kamusm_octets_free(record);
    kamusm_entries_free(entries);
    CHECK_OK(kamusm_store_pending(to.store, config, &entries, &error));
    CHECK(kamusm_entries_count(entries) == 0);
    kamusm_entries_free(entries);
    size_t removed = 7;
    CHECK_OK(kamusm_store_prune(to.store, kamusm_clock_unix_ms(), 90, &removed, &error));
    CHECK(removed == 0);
    CHECK_OK(kamusm_store_prune(to.store, kamusm_clock_unix_ms() + INT64_C(91) * 24 * 60 * 60 * 1000, 90, &removed, &error));
    CHECK(removed == 1);
    kamusm_store_free(to.store);
    kamusm_config_free(config);
    char lock[64];
    snprintf(lock, sizeof lock, "%s/lock", folder);
    unlink(lock);
    CHECK(rmdir(folder) == 0);
}

static void own(void) {
    static records to, twin;
    kamusm_error *error = NULL;
    kamusm_config *config = keyed();
    kamusm_session *session = begun(config);
    CHECK(run(session, config, &to, true) == NULL);
    kamusm_session_free(session);

    kamusm_entry *entry = NULL;
    CHECK_OK(kamusm_entry_open(to.newest, to.len, config, &entry, &error));
    CHECK_TEXT(kamusm_entry_id(entry), to.id);
    check_entry(entry, KAMUSM_ENTRY_STATE_SIGNED);
    kamusm_entry_free(entry);
    entry = NULL;
    twin = to;
    resume((kamusm_bytes){twin.newest, twin.len}, config, &to, twin.id);
    /* Of an old record nothing goes on beside the session that did. */
    CHECK_OK(kamusm_session_resume(twin.newest, twin.len, config, &session, &error));
    kamusm_step *done = run(session, config, &to, false);
    CHECK(kamusm_error_code(kamusm_step_journal_failure(done)) == KAMUSM_RESULT_JOURNAL_LOCKED);
    kamusm_step_free(done);
    kamusm_session_free(session);

    CHECK_FAILS(kamusm_session_resume(to.newest, to.len, config, &session, &error), KAMUSM_RESULT_STATE);
    CHECK_FAILS(kamusm_entry_open(to.newest, to.len - 1, config, &entry, &error), KAMUSM_RESULT_JOURNAL_CORRUPT);
    CHECK_FAILS(kamusm_entry_open(NULL, 0, config, &entry, &error), KAMUSM_RESULT_JOURNAL_CORRUPT);
    kamusm_config *keyless = new_config(setting("KAMUSM_TEST_BASE_URL"));
    CHECK_FAILS(kamusm_entry_open(to.newest, to.len, keyless, &entry, &error), KAMUSM_RESULT_JOURNAL_KEY);
    kamusm_config_free(keyless);
    kamusm_config_free(config);
}

int main(int argc, char **argv) {
    need(argc == 2, "what to try");
    if (same_text(argv[1], "killed")) killed();
    else own();
    return finish();
}
