#pragma once
#include "problem.h"

/* What runs beside the calls: deciding, sending, tidying up. Any number of processes may do it side by side. */

/* Starts them; `log` is called by their threads for what fails, since the core itself never logs. */
bool workers_start(void (*log)(const char *worker, const struct problem *problem), struct problem *reterr);

/* Lets each end the step that it is in. */
void workers_stop(void);
