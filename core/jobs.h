#pragma once
#include "problem.h"

/* What has to go by time. Each job runs once in its period for all processes. *ret_worked is always false: there is no hurry. */
bool jobs_step(bool *ret_worked, struct problem *reterr);
