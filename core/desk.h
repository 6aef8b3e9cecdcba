#pragma once
#include "caller.h"
#include "problem.h"

#include <stdio.h>

/* Service desks, and the people who work there. */

/* PROBLEM_FORBIDDEN for an account that is staff of no desk. */
bool desk_staff_check(const struct caller *caller, struct problem *reterr);

/* For the operator's command line. */
struct desk_facts { const char *name, *email, *phone, *address, *opening_hours, *url; }; /* all but the first two may be NULL */

/* Makes a desk, or brings the one of that name up to date. *ret_new says which. PROBLEM_BAD_INPUT for an address that is none. */
bool desk_save(const struct desk_facts *facts, bool *ret_new, struct problem *reterr);
bool desk_list(FILE *to, struct problem *reterr);

/* Staff by the e-mail address of their account; role is reader or clerk. PROBLEM_NOT_FOUND where desk or account do not exist,
 * PROBLEM_BAD_INPUT for another role. Adding somebody again sets the role. */
bool desk_staff_add(const char *desk, const char *email, const char *role, struct problem *reterr);
bool desk_staff_remove(const char *desk, const char *email, struct problem *reterr);
bool desk_staff_list(const char *desk, FILE *to, struct problem *reterr);
