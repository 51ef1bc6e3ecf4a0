/* How much memory the process holds, after 1 000 and after 10 000 rounds of the same. */
#ifndef MEMORY_H
#define MEMORY_H

#include "support.h"

/* What the allocator may keep for itself between the two. */
#define ALLOWED_KIB 512

static inline long resident_kib(void) {
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    need(statm != NULL && fscanf(statm, "%ld %ld", &pages, &resident) == 2, "/proc/self/statm");
    fclose(statm);
    return resident * 4;
}

/* Sanitizers and valgrind keep freed memory on purpose; they tell of leaks at the end instead. */
static inline bool keeps_freed_memory(void) {
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    const char *preload = getenv("LD_PRELOAD");
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
#endif
}

static inline void check_growth(void (*round)(size_t)) {
    bool by_size = !keeps_freed_memory();
    size_t done = 0, rounds = by_size ? 10000 : 1000;
    for (; done < 1000; done++) round(done);
    long before = resident_kib();
    for (; done < rounds; done++) round(done);
    long after = resident_kib();
    if (by_size) printf("%ld KiB after 1 000 rounds, %ld KiB after 10 000\n", before, after);
    CHECK(done == rounds);
    CHECK(!by_size || after - before <= ALLOWED_KIB);
}

#endif
