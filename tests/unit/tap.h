#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Test Anything Protocol, small enough to read: ok(...) and is(...), then `return done();`. */

static int tap_run, tap_failed;

#define ok(condition, ...)                                                        \
    do {                                                                          \
        bool good_ = (condition);                                                 \
        tap_failed += !good_;                                                     \
        printf("%sok %d - ", good_ ? "" : "not ", ++tap_run);                     \
        printf(__VA_ARGS__);                                                      \
        printf(good_ ? "\n" : "\n# %s:%d: %s\n", __FILE__, __LINE__, #condition); \
    } while (0)

/* Two strings are the same; NULL is the same as NULL only. */
#define is(got, want, ...)                                                                                  \
    do {                                                                                                    \
        const char *got_ = (got), *want_ = (want);                                                          \
        ok(got_ && want_ ? strcmp(got_, want_) == 0 : got_ == want_, __VA_ARGS__);                          \
        if (!(got_ && want_ ? strcmp(got_, want_) == 0 : got_ == want_))                                    \
            printf("# got '%s', wanted '%s'\n", got_ ? got_ : "(null)", want_ ? want_ : "(null)");          \
    } while (0)

static inline int done(void)
{
    printf("1..%d\n", tap_run);
    return tap_failed != 0;
}
