#pragma once
#include "cleanup.h"
#include "problem.h"
#include "queries.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* The database, by named queries alone (db/queries). A connection is used by one thread at a time; see pool.h. */

struct query_def { const char *name; int nparams; const char *sql; };
extern const struct query_def query_defs[QUERIES];

struct db { PGconn *conn; bool prepared[QUERIES]; };

DEFINE_AUTO(PGresult, PQclear)

/* Connects by libpq's own environment (PGHOST and so on); statements are ended after statement_ms. */
bool db_open(struct db *db, int statement_ms, struct problem *reterr);
void db_close(struct db *db);

/* Runs a named query. Parameters are text or NULL; their number is checked against the SQL file. On success *ret_rows (which may
 * be left out as NULL) is the caller's to clear. A broken UNIQUE becomes PROBLEM_CONFLICT here, once, a lost connection or a
 * time-out PROBLEM_UNAVAILABLE: callers never look at SQLSTATEs. */
#define db_run(db, q, ret_rows, reterr, ...) db_run_((db), (q), (ret_rows), (reterr), PARAMS(__VA_ARGS__))
bool db_run_(struct db *db, enum query q, PGresult **ret_rows, struct problem *reterr, const char *const *params, int nparams);

/* The same, on a connection of the pool that is given back at once: for what one statement does. */
#define query_run(q, ret_rows, reterr, ...) query_run_((q), (ret_rows), (reterr), PARAMS(__VA_ARGS__))
bool query_run_(enum query q, PGresult **ret_rows, struct problem *reterr, const char *const *params, int nparams);

#define PARAMS(...) (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

/* COPY ... FROM STDIN: a named query begins it, lines of COPY's text format follow, the end makes sure that all of them were taken. A
 * transaction that is rolled back in between ends it too. */
bool db_copy_begin(struct db *db, enum query q, struct problem *reterr);
bool db_copy_add(struct db *db, const char *bytes, size_t len, struct problem *reterr);
bool db_copy_end(struct db *db, struct problem *reterr);

/* A value of a result: NULL where SQL says NULL. Lives as long as the result. */
static inline const char *cell(const PGresult *rows, int row, int column)
{
    return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}
static inline long cell_long(const PGresult *rows, int row, int column)
{
    return strtol(PQgetvalue(rows, row, column), NULL, 10);
}
static inline bool cell_true(const PGresult *rows, int row, int column)
{
    return PQgetvalue(rows, row, column)[0] == 't';
}
/* A copy of a value that the caller frees; fails where SQL says NULL or memory is out. */
bool cell_copy(const PGresult *rows, int row, int column, char **ret_text, struct problem *reterr);

/* Numbers and truth values as parameters: text that lives as long as the enclosing block. */
#define DEC(n) dec_((char[24]){ 0 }, 24, (n))
#define BOOL(b) ((b) ? "t" : "f")
const char *dec_(char *at, size_t room, long n);

/* A transaction that rolls back when its scope ends, unless it was committed. */
struct tx { struct db *db; };
#define AUTO_TX __attribute__((cleanup(tx_rollback)))
bool tx_begin(struct tx *tx, struct db *db, struct problem *reterr);
bool tx_commit(struct tx *tx, struct problem *reterr);
void tx_rollback(struct tx *tx);
/* Between BEGIN and COMMIT: what fails after tx_mark is undone by tx_back, and the transaction goes on. */
bool tx_mark(struct tx *tx, struct problem *reterr);
bool tx_back(struct tx *tx, struct problem *reterr);

/* Runs SQL of our own files that is no named query: migrations. */
bool db_script(struct db *db, const char *what, const char *sql, struct problem *reterr);
