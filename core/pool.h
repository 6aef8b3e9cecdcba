#pragma once
#include "db.h"

/* A few connections, shared by one thread per client. A connection that the server closed is opened anew when it is lent, so that
 * a restart of the database heals by itself. */

/* size: connections at most; wait_ms: how long a caller waits for one; statement_ms: see db_open. Opens none yet. */
bool pool_start(int size, int wait_ms, int statement_ms, struct problem *reterr);
void pool_stop(void);

bool pool_take(struct db **ret_db, struct problem *reterr); /* PROBLEM_BUSY when all stay busy */
void pool_give(struct db *db);                              /* accepts NULL */

DEFINE_AUTO(struct db, pool_give)

/* For the metrics. */
int pool_size(void);
int pool_lent(void);
