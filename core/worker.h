#pragma once
#include "problem.h"

#include <pthread.h>
#include <stdbool.h>

/* Work away from the calls: a thread runs a step again and again while there is something to do. Otherwise it sleeps until worker_wake(),
 * half a second at most, so that work left by another process is found as well. */

/* One piece of work. ret_more: it may go on at once. A failed step is tried again after a pause that grows from half a second to
 * eight; it must leave nothing half done. */
typedef bool worker_step(bool *ret_more, struct problem *reterr);

/* Called from the worker's thread for each failed step, and for a good one that left a cause behind: the caller of workers_start logs. */
typedef void worker_log(const char *worker, const struct problem *problem);

struct worker { const char *name; worker_step *step; worker_log *log; pthread_t thread; bool runs; };

/* name, step and log are set; the struct outlives the thread. Signals are the caller's business: the thread inherits the mask. */
bool worker_start(struct worker *worker, struct problem *reterr);

/* There is something to do. Call it after the COMMIT. */
void worker_wake(void);

/* Tells all workers to stop; the step under way ends first. Then worker_join each of them. */
void workers_halt(void);
void worker_join(struct worker *worker);
