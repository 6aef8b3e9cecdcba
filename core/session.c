#include "session.h"

#include "pool.h"

#include <stdio.h>
#include <string.h>

void session_opened_done(struct session_opened *opened)
{
    free(opened->session_json);
    opened->session_json = NULL;
}

static const char *device_of(const struct caller *caller)
{
    return *caller->from.device ? caller->from.device : NULL;
}

static enum account_kind kind_of(const char *name)
{
    return strcmp(name, "plus") == 0 ? KIND_PLUS : KIND_BASIC;
}

static enum level level_of(const char *name)
{
    return strcmp(name, "high") == 0 ? LEVEL_HIGH : strcmp(name, "substantial") == 0 ? LEVEL_SUBSTANTIAL : LEVEL_LOW;
}

static bool ended(struct problem *reterr)
{
    return fail(reterr, PROBLEM_SESSION_ENDED, "Please log in again");
}

bool session_check(const char *session, long expires, long not_before, struct caller *caller, bool *ret_stale, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;

    if (!pool_take(&db, reterr) || !db_run(db, Q_SESSION_CHECK, &rows, reterr, session, DEC(expires), DEC(not_before)))
        return false;
    pool_keep(TAKE(db)); /* what was asked for follows at once */
    if (PQntuples(rows) == 0)
        return ended(reterr);
    snprintf(caller->session, sizeof(caller->session), "%s", session);
    snprintf(caller->account, sizeof(caller->account), "%s", PQgetvalue(rows, 0, 0));
    caller->kind = kind_of(PQgetvalue(rows, 0, 1));
    caller->new_password_due = cell_true(rows, 0, 2);
    *ret_stale = cell_true(rows, 0, 3);
    caller->level = level_of(PQgetvalue(rows, 0, 4));
    return true;
}

bool session_by_secret(const char *secret, struct caller *caller, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    char hash[SECRET_HASH_ROOM];

    secret_hash(secret, hash);
    if (!query_run(Q_SESSION_BY_SECRET, &rows, reterr, hash))
        return false;
    if (PQntuples(rows) == 0)
        return ended(reterr);
    snprintf(caller->session, sizeof(caller->session), "%s", PQgetvalue(rows, 0, 0));
    snprintf(caller->account, sizeof(caller->account), "%s", PQgetvalue(rows, 0, 1));
    caller->kind = kind_of(PQgetvalue(rows, 0, 2));
    caller->new_password_due = cell_true(rows, 0, 3);
    return true;
}

bool session_touch(const char *session, struct problem *reterr)
{
    return query_run(Q_SESSION_TOUCH, NULL, reterr, session);
}

bool session_current(const char *session, char **ret_json, long *ret_moment, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_SESSION_CURRENT, &rows, reterr, session))
        return false;
    if (PQntuples(rows) == 0)
        return ended(reterr);
    *ret_moment = cell_long(rows, 0, 1);
    return cell_copy(rows, 0, 0, ret_json, reterr);
}

bool session_list(const struct caller *caller, char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_SESSION_LIST, &rows, reterr, caller->account, caller->session) && cell_copy(rows, 0, 0, ret_json, reterr);
}

bool session_end(const struct caller *caller, const char *session, const char *event, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_SESSION_END, &rows, reterr, caller->account, session, event, caller->from.source, device_of(caller)))
        return false;
    return PQntuples(rows) > 0 || fail(reterr, PROBLEM_NOT_FOUND, "You have no such session");
}

bool session_end_others(const struct caller *caller, struct problem *reterr)
{
    return query_run(Q_SESSION_END_OTHERS, NULL, reterr, caller->account, caller->session, caller->from.source, device_of(caller));
}
