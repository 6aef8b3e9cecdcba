#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"
#include "secret.h"

/* Someone has forgotten a password. One identical row, whether the address is known or not: a worker (intake.h) decides what is mailed. */
bool password_reset_add(const struct password_resets_create_input *in, const struct origin *from, struct problem *reterr);

/* The hash of a one-time password as a person typed it. Crockford's base32: upper and lower case are the same, O is 0, I and L are 1,
 * hyphens and blanks say nothing. */
void one_time_password_hash(const char *typed, char ret_hash[SECRET_HASH_ROOM]);
