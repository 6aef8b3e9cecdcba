#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* Someone has forgotten a password. One identical row, whether the address is known or not: a worker (intake.h) decides what is mailed. */
bool password_reset_add(const struct password_resets_create_input *in, const struct origin *from, struct problem *reterr);
