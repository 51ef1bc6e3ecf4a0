// The journal: what was not finished, and the store in a folder.
#ifndef KAMUSM_JOURNAL_HPP
#define KAMUSM_JOURNAL_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"
#include "error.hpp"
#include "octets.hpp"
#include "step.hpp"

namespace kamusm {

// What the newest record of a session says; lent by whoever gave it.
class entry_view {
public:
    explicit entry_view(const kamusm_entry *object) noexcept : object_(object) {}

    explicit operator bool() const noexcept { return object_ != nullptr; }
    std::string_view id() const noexcept { return detail::view(kamusm_entry_id(object_)); }
    std::uint64_t sequence() const noexcept { return kamusm_entry_sequence(object_); }
    kamusm_entry_state state() const noexcept { return kamusm_entry_state_of(object_); }
    bool is_pending() const noexcept { return kamusm_entry_is_pending(object_); }
    std::int64_t begun_unix_s() const noexcept { return kamusm_entry_begun_unix_s(object_); }
    std::int64_t written_unix_s() const noexcept { return kamusm_entry_written_unix_s(object_); }
    std::string_view application() const noexcept { return detail::view(kamusm_entry_application(object_)); }
    std::string_view service() const noexcept { return detail::view(kamusm_entry_service(object_)); }
    std::size_t signature_count() const noexcept { return kamusm_entry_signature_count(object_); }
    octets signature(std::size_t index) const noexcept { return kamusm_entry_signature(object_, index); }
    std::string_view description(const char *language = "tr") const noexcept {
        return detail::view(kamusm_entry_description(object_, language));
    }

private:
    const kamusm_entry *object_;
};

// The same, read from the newest record of a store of your own.
class entry : public entry_view {
public:
    entry(octets record, const config &config)
        : entry(detail::make<kamusm_entry>(kamusm_entry_open, record.data(), record.size(), config.raw())) {}

private:
    explicit entry(kamusm_entry *made) : entry_view(made), object_(made) {}

    detail::owner<kamusm_entry, kamusm_entry_free> object_;
};

// What was not finished, the oldest first, and what the files have to tell.
class entries {
public:
    explicit entries(kamusm_entries *object) noexcept : object_(object) {}

    std::size_t size() const noexcept { return kamusm_entries_count(object_.get()); }
    entry_view operator[](std::size_t index) const noexcept {
        return entry_view(kamusm_entries_at(object_.get(), index));
    }
    // Files at whose end a record was torn off by a crash.
    std::size_t torn_count() const noexcept { return kamusm_entries_torn_count(object_.get()); }
    std::string_view torn(std::size_t index) const noexcept {
        return detail::view(kamusm_entries_torn(object_.get(), index));
    }
    // Files that are damaged or of another key; the message names the file.
    std::size_t unusable_count() const noexcept { return kamusm_entries_unusable_count(object_.get()); }
    error_view unusable(std::size_t index) const noexcept { return kamusm_entries_unusable(object_.get(), index); }

private:
    detail::owner<kamusm_entries, kamusm_entries_free> object_;
};

// Records in a folder. One at a time has it, in all processes; may be used from many threads at once.
class store {
public:
    explicit store(const std::string &folder)
        : object_(detail::make<kamusm_store>(kamusm_store_open, folder.c_str())) {}

    answer perform(const step &step) const {
        return answer(detail::make<kamusm_answer>(kamusm_store_perform, object_.get(), step.raw()));
    }
    entries pending(const config &config) const {
        return entries(detail::make<kamusm_entries>(kamusm_store_pending, object_.get(), config.raw()));
    }
    // The newest record of an entry, for session::resume.
    std::vector<std::uint8_t> read(std::string_view id) const {
        detail::owner<kamusm_octets, kamusm_octets_free> record(
            detail::make<kamusm_octets>(kamusm_store_read, object_.get(), std::string(id).c_str()));
        return octets(kamusm_octets_bytes(record.get())).copy();
    }
    // How many entries were removed.
    std::size_t prune(std::uint32_t keep_days = 90) const {
        std::size_t removed = 0;
        kamusm_error *why = nullptr;
        if (kamusm_store_prune(object_.get(), kamusm_clock_unix_ms(), keep_days, &removed, &why) != KAMUSM_RESULT_OK)
            throw error(why);
        return removed;
    }

private:
    detail::owner<kamusm_store, kamusm_store_free> object_;
};

// For sessions without a journal key.
struct no_store {
    answer perform(const step &step) const {
        return step.failed(error(KAMUSM_RESULT_JOURNAL_UNAVAILABLE, "there is no store for the journal"));
    }
};

}  // namespace kamusm

#endif  // KAMUSM_JOURNAL_HPP
