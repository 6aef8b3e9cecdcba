#pragma once
#include "problem.h"

#include <stdbool.h>

/* The connections to the database as a whole: what the program starts, stops and measures. Lending them is core's own business (pool.h). */

/* size: connections at most; wait_ms: how long a caller waits for one; statement_ms: when a statement is ended. Opens none yet. */
bool pool_start(int size, int wait_ms, int statement_ms, struct problem *reterr);
void pool_stop(void);

/* Gives back what this thread has kept from one statement to the next (session_check does): at the end of each call. */
void pool_release(void);

int pool_size(void);
int pool_lent(void);
