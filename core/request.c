#include "request.h"

#include "pool.h"

static bool page_read(struct db *db, const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_REQUEST_GET, &rows, reterr, caller->account, request))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such request");
    if (!cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_version = cell_long(rows, 0, 1);
    return true;
}

bool request_get(const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    return pool_take(&db, reterr) && page_read(db, caller, request, ret_json, ret_version, reterr);
}

bool request_list(const struct caller *caller, const struct requests_list_input *in, char **ret_json, char **ret_next, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *next = NULL;

    if (!query_run(Q_REQUEST_LIST, &rows, reterr, caller->account, in->state, in->cursor, DEC(in->limit)))
        return false;
    if (!cell_true(rows, 0, 2))
        return fail_field(reterr, "cursor", "wrong");
    if ((cell(rows, 0, 1) && !cell_copy(rows, 0, 1, &next, reterr)) || !cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_next = TAKE(next);
    return true;
}

/* Held by request_hold: whether it may be withdrawn. */
static bool check(const PGresult *rows, const char *if_match, struct problem *reterr)
{
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such request");
    if (cell_long(rows, 0, 0) != strtol(if_match + 1, NULL, 10))
        return fail(reterr, PROBLEM_PRECONDITION_FAILED, "Read the request again, then withdraw it");
    return cell_true(rows, 0, 1) || fail(reterr, PROBLEM_CONFLICT, "What has ended cannot be withdrawn");
}

bool request_withdraw(const struct caller *caller, const struct requests_withdraw_input *in, char **ret_json, long *ret_version,
                      struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };
    long version;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_ACCOUNT_HOLD, NULL, reterr, caller->account) ||
        !db_run(db, Q_REQUEST_HOLD, &rows, reterr, caller->account, in->request_id) || !check(rows, in->if_match, reterr) ||
        !db_run(db, Q_REQUEST_WITHDRAW, NULL, reterr, in->request_id, caller->from.source, caller_device(caller)) ||
        !page_read(db, caller, in->request_id, &json, &version, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_version = version;
    *ret_json = TAKE(json);
    return true;
}
