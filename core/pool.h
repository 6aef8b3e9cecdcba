#pragma once
#include "database.h"
#include "db.h"

/* A few connections, shared by one thread per client. A connection that the server closed is opened anew when it is lent, so that
 * a restart of the database heals by itself. */

bool pool_take(struct db **ret_db, struct problem *reterr); /* PROBLEM_BUSY when all stay in use */
void pool_give(struct db *db);                              /* accepts NULL */

/* Instead of pool_give where this thread needs a connection again at once: its next pool_take gets this one without waiting. Whoever
 * keeps one sees to it that pool_release (database.h) follows, and that nothing slow happens before. */
void pool_keep(struct db *db);

DEFINE_AUTO(struct db, pool_give)
