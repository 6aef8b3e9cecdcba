#pragma once
#include "problem.h"

#include <stdbool.h>
#include <stdio.h>

/* The schema's history (db/migrations), embedded. Connects by libpq's environment, as the role that owns the schema. */

/* Applies what is missing, each migration in a transaction of its own, and says so. Two at once wait for each other. */
bool migrate(FILE *say, struct problem *reterr);

/* Says what has been done and what is to come; changes nothing. */
bool migrate_status(FILE *say, struct problem *reterr);

/* The number of the last migration that this program knows. */
long migrations_latest(void);
