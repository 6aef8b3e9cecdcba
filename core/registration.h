#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* From the form to an account. */

/* Takes a registration in. The same work, whether the address is known or not: a worker (intake.h) decides what is mailed. */
bool registration_add(const struct registrations_create_input *in, const struct origin *from, struct problem *reterr);

/* Turns the registration of a mailed link into an account. PROBLEM_LINK_USED where it has done so already, PROBLEM_LINK_NOT_VALID for
 * any other token. *ret_json is {"email": ...}; the caller frees it. */
bool registration_activate(const char *token, const struct origin *from, char **ret_json, struct problem *reterr);
