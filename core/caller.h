#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Where a call comes from, as the audit trail keeps it. */
struct origin {
    char source[46];  /* network address of the client, by PORTAL_TRUSTED_PROXIES; never empty */
    char device[201]; /* what the browser says of itself (User-Agent), printable, cut at 200 bytes; may be empty */
};

enum account_kind { KIND_BASIC = 1, KIND_PLUS = 2 };

/* Of a session, in rising order; see openapi.yaml. */
enum level { LEVEL_LOW, LEVEL_SUBSTANTIAL, LEVEL_HIGH };

/* Who calls, once token and session were checked. */
struct caller {
    char account[37], session[37]; /* UUIDs; empty where nobody is logged in */
    char client[37];               /* UUID of an integrator's client; empty for people */
    enum account_kind kind;
    enum level level;
    bool new_password_due;         /* the session was begun with a one-time password */
    struct origin from;            /* always set */
};

/* As parameters of SQL: NULL where there is none. */
static inline const char *caller_account(const struct caller *caller)
{
    return *caller->account ? caller->account : NULL;
}
static inline const char *caller_client(const struct caller *caller)
{
    return *caller->client ? caller->client : NULL;
}
static inline const char *caller_device(const struct caller *caller)
{
    return *caller->from.device ? caller->from.device : NULL;
}
