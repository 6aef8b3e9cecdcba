#pragma once
#include <stdlib.h>

/* Destructors that run when a scope ends: DEFINE_AUTO(PGresult, PQclear) lets callers write
 * `AUTO(PQclear) PGresult *rows = NULL;`. The destructors used here all accept NULL. */
#define DEFINE_AUTO(type, destroy)                     \
    static inline void destroy##_auto(type **p)        \
    {                                                  \
        destroy(*p);                                   \
        *p = NULL;                                     \
    }
#define AUTO(destroy) __attribute__((cleanup(destroy##_auto)))

static inline void free_auto(void *p)
{
    free(*(void **)p);
}

/* Hand a pointer on: the scope no longer owns it. */
#define TAKE(p)                        \
    ({                                 \
        __typeof__(p) taken_ = (p);    \
        (p) = NULL;                    \
        taken_;                        \
    })
