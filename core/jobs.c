#include "jobs.h"

#include "pool.h"

enum { MINUTE = 60, HOUR = 3600, PURGE_MOST = 10000 /* rows that one purge takes: db/queries/operations.sql */ };

static const struct { const char *name; long period_s; enum query query; } jobs[] = {
    { "purge_audit", HOUR, Q_PURGE_AUDIT },
    { "purge_mailed_tokens", 10 * MINUTE, Q_PURGE_MAILED_TOKENS },
    { "purge_outbox", HOUR, Q_PURGE_OUTBOX },
    { "purge_registrations", MINUTE, Q_PURGE_REGISTRATIONS },
    { "purge_sessions", MINUTE, Q_PURGE_SESSIONS },
    { "purge_throttle", HOUR, Q_PURGE_THROTTLE },
};

/* The row of the job decides whose turn it is: a second process waits for its lock, and then finds that the job has run. */
static bool run(size_t i, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *turn = NULL;
    AUTO_TX struct tx tx = { 0 };

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_JOB_BEGIN, &turn, reterr, jobs[i].name, DEC(jobs[i].period_s)))
        return false;
    if (PQntuples(turn) == 0)
        return true;
    for (long gone = PURGE_MOST; gone >= PURGE_MOST;) {
        AUTO(PQclear) PGresult *rows = NULL;
        if (!db_run_(db, jobs[i].query, &rows, reterr, NULL, 0) || !db_run(db, Q_JOB_END, NULL, reterr, jobs[i].name, cell(rows, 0, 0)))
            return false;
        gone = cell_long(rows, 0, 0);
    }
    return tx_commit(&tx, reterr);
}

bool jobs_step(bool *ret_worked, struct problem *reterr)
{
    *ret_worked = false;
    for (size_t i = 0; i < sizeof(jobs) / sizeof(*jobs); i++)
        if (!run(i, reterr))
            return false;
    return true;
}
