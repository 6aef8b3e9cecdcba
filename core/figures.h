#pragma once
#include "problem.h"

/* What operators want to know of the database's content. */

struct outbox_figures { long owed, oldest_seconds; };
struct job_figures { const char *name; long ran_at, rows; }; /* ran_at in epoch seconds; rows since the beginning */

bool figures_outbox(struct outbox_figures *ret_outbox, struct problem *reterr);
bool figures_jobs(void (*each)(const struct job_figures *job, void *of), void *of, struct problem *reterr);

/* The number of the last migration that the database has seen. */
bool figures_schema(long *ret_version, struct problem *reterr);
