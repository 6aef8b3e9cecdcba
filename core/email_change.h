#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* A new address for an account: asked for here, confirmed by its link, made active by the next login (session_open). */

/* Mails the link to the new address and a notice to the old one. An address that belongs to an account already gets other words, and
 * the caller the same answer. */
bool email_change_add(const struct caller *caller, const struct me_email_change_create_input *in, struct problem *reterr);

/* PROBLEM_LINK_USED where the link has done its work, PROBLEM_LINK_NOT_VALID for any other token. */
bool email_change_confirm(const char *token, const struct origin *from, struct problem *reterr);
