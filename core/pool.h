#pragma once
#include "database.h"
#include "db.h"

/* A few connections, shared by one thread per client. A connection that the server closed is opened anew when it is lent, so that
 * a restart of the database heals by itself. */

bool pool_take(struct db **ret_db, struct problem *reterr); /* PROBLEM_BUSY when all stay in use */
void pool_give(struct db *db);                              /* accepts NULL */

DEFINE_AUTO(struct db, pool_give)
