#pragma once
#include <stdbool.h>
#include <stddef.h>

/* What /metrics counts of calls. All functions may be called by any thread. */

bool metrics_start(size_t routes); /* room for one row for each route, and one for what fits none */
void metrics_stop(void);

/* One call answered; `route` is its index, or the number of routes where it fits none. */
void metrics_count(size_t route, int status, double seconds);

/* Everything as Prometheus text (format 0.0.4), database figures included where it answers. The caller frees it; NULL without memory. */
char *metrics_text(void);
