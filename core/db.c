#include "db.h"

#include "pool.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static bool db_fail(const struct db *db, const PGresult *res, const char *what, struct problem *reterr)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

    if (state && strcmp(state, "23505") == 0)
        return fail(reterr, PROBLEM_CONFLICT, "This already exists");
    /* The primary message alone: DETAIL and CONTEXT may hold values, and values do not belong into a log. */
    const char *message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    fail_internal(reterr, "%s: %s %s", what, state ? state : "", message ? message : PQerrorMessage(db->conn));
    if (state && (strncmp(state, "23", 2) == 0 || strncmp(state, "22", 2) == 0))
        return fail(reterr, PROBLEM_BAD_INPUT, "A value was refused");
    /* Lock time-out, deadlock, statement time-out, too many connections, read-only replica, shutting down. */
    static const char *const passing[] = { "55P03", "40P01", "57014", "53300", "25006", "57P01", "57P02", "57P03" };
    for (size_t i = 0; state && i < sizeof(passing) / sizeof(*passing); i++)
        if (strcmp(state, passing[i]) == 0)
            return fail_for(reterr, PROBLEM_UNAVAILABLE, 2, "The database is busy");
    if (PQstatus(db->conn) != CONNECTION_OK)
        return fail_for(reterr, PROBLEM_UNAVAILABLE, 2, "The database cannot be reached");
    return false;
}

bool db_open(struct db *db, int statement_ms, struct problem *reterr)
{
    const char *given = getenv("PGOPTIONS");
    char options[512];

    snprintf(options, sizeof(options), "-c statement_timeout=%d -c idle_in_transaction_session_timeout=%d -c timezone=UTC -c client_min_messages=warning %s",
             statement_ms, statement_ms ? 2 * statement_ms : 0, given ? given : "");
    const char *const keys[] = { "options", "client_encoding", "fallback_application_name", "connect_timeout", NULL };
    const char *const values[] = { options, "UTF8", "serviceportal", getenv("PGCONNECT_TIMEOUT") ?: "3", NULL };

    *db = (struct db){ .conn = PQconnectdbParams(keys, values, 0) };
    if (PQstatus(db->conn) == CONNECTION_OK)
        return true;
    fail_internal(reterr, "connect: %s", PQerrorMessage(db->conn));
    db_close(db);
    return fail_for(reterr, PROBLEM_UNAVAILABLE, 2, "The database cannot be reached");
}

void db_close(struct db *db)
{
    PQfinish(db->conn);
    *db = (struct db){ 0 };
}

static bool db_prepare(struct db *db, enum query q, struct problem *reterr)
{
    const struct query_def *def = &query_defs[q];
    if (db->prepared[q])
        return true;
    AUTO(PQclear) PGresult *res = PQprepare(db->conn, def->name, def->sql, 0, NULL);
    if (PQresultStatus(res) != PGRES_COMMAND_OK)
        return db_fail(db, res, def->name, reterr);
    return db->prepared[q] = true;
}

bool db_run_(struct db *db, enum query q, PGresult **ret_rows, struct problem *reterr, const char *const *params, int nparams)
{
    const struct query_def *def = &query_defs[q];
    assert(nparams == def->nparams);

    if (!db_prepare(db, q, reterr))
        return false;
    AUTO(PQclear) PGresult *res = PQexecPrepared(db->conn, def->name, nparams, params, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(res);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return db_fail(db, res, def->name, reterr);
    if (ret_rows)
        *ret_rows = TAKE(res);
    return true;
}

bool query_run_(enum query q, PGresult **ret_rows, struct problem *reterr, const char *const *params, int nparams)
{
    AUTO(pool_give) struct db *db = NULL;
    return pool_take(&db, reterr) && db_run_(db, q, ret_rows, reterr, params, nparams);
}

bool db_copy_begin(struct db *db, enum query q, struct problem *reterr)
{
    if (!db_prepare(db, q, reterr))
        return false;
    AUTO(PQclear) PGresult *res = PQexecPrepared(db->conn, query_defs[q].name, 0, NULL, NULL, NULL, 0);
    return PQresultStatus(res) == PGRES_COPY_IN || db_fail(db, res, query_defs[q].name, reterr);
}

bool db_copy_add(struct db *db, const char *bytes, size_t len, struct problem *reterr)
{
    return PQputCopyData(db->conn, bytes, (int)len) == 1 || db_fail(db, NULL, "COPY", reterr);
}

bool db_copy_end(struct db *db, struct problem *reterr)
{
    if (PQputCopyEnd(db->conn, NULL) != 1)
        return db_fail(db, NULL, "COPY", reterr);
    AUTO(PQclear) PGresult *res = PQgetResult(db->conn);
    AUTO(PQclear) PGresult *end = PQgetResult(db->conn); /* NULL: the connection is free again */
    return (PQresultStatus(res) == PGRES_COMMAND_OK && !end) || db_fail(db, res, "COPY", reterr);
}

bool cell_copy(const PGresult *rows, int row, int column, char **ret_text, struct problem *reterr)
{
    const char *value = cell(rows, row, column);
    char *copy = value ? strdup(value) : NULL;
    if (!copy)
        return fail_internal(reterr, value ? "out of memory" : "a value is missing");
    *ret_text = copy;
    return true;
}

const char *dec_(char *at, size_t room, long n)
{
    snprintf(at, room, "%ld", n);
    return at;
}

bool db_script(struct db *db, const char *what, const char *sql, struct problem *reterr)
{
    AUTO(PQclear) PGresult *res = PQexec(db->conn, sql);
    ExecStatusType status = PQresultStatus(res);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || db_fail(db, res, what, reterr);
}

bool tx_begin(struct tx *tx, struct db *db, struct problem *reterr)
{
    if (!db_script(db, "BEGIN", "BEGIN", reterr))
        return false;
    tx->db = db;
    return true;
}

bool tx_commit(struct tx *tx, struct problem *reterr)
{
    struct db *db = TAKE(tx->db);
    AUTO(PQclear) PGresult *res = PQexec(db->conn, "COMMIT");

    /* A COMMIT after a swallowed error succeeds, and says that it rolled back. */
    if (PQresultStatus(res) != PGRES_COMMAND_OK || strcmp(PQcmdStatus(res), "COMMIT") != 0)
        return db_fail(db, res, "COMMIT", reterr);
    return true;
}

void tx_rollback(struct tx *tx)
{
    struct problem ignored = { 0 };
    if (tx->db)
        (void)db_script(tx->db, "ROLLBACK", "ROLLBACK", &ignored);
    tx->db = NULL;
}

bool tx_mark(struct tx *tx, struct problem *reterr)
{
    return db_script(tx->db, "SAVEPOINT", "SAVEPOINT mark", reterr);
}

bool tx_back(struct tx *tx, struct problem *reterr)
{
    return db_script(tx->db, "ROLLBACK TO", "ROLLBACK TO mark", reterr);
}
