#pragma once
#include "problem.h"

/* Decides what registrations and requests for one-time passwords lead to: away from the call, so that neither its answer nor its time
 * tells whether an address is known. Each step takes one and commits; a crash leaves it for the next step.
 * *ret_worked: there was one. */
bool intake_registration(bool *ret_worked, struct problem *reterr);
bool intake_password_reset(bool *ret_worked, struct problem *reterr);
