#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* Requests: what was submitted to an authority. A request belongs to the desk that it went to, and outlives the account. */

/* Sends the caller's draft of a service: the draft and what it names become a request, and mails to the person and to the desk are owed, all or
 * nothing. Every fault of the answers is told at once. PROBLEM_NOT_READY where something comes first (see start.h), PROBLEM_FORM_CHANGED where
 * the draft was typed into another version, PROBLEM_PRECONDITION_FAILED where it has moved on or was sent already, PROBLEM_NOT_FOUND without one.
 * *ret_json is the request as its owner sees it; the caller frees it. */
bool request_submit(const struct caller *caller, const struct requests_create_input *in, char **ret_json, long *ret_version,
                    struct problem *reterr);

/* --- For its owner ------------------------------------------------------------------------------------------------------------------- */

/* A page of the caller's requests. *ret_next: the cursor of the next one, NULL where there is none. The caller frees both. */
bool request_list(const struct caller *caller, const struct requests_list_input *in, char **ret_json, char **ret_next, struct problem *reterr);
bool request_get(const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr);

/* PROBLEM_CONFLICT where it has ended, PROBLEM_PRECONDITION_FAILED where it has moved on. */
bool request_withdraw(const struct caller *caller, const struct requests_withdraw_input *in, char **ret_json, long *ret_version,
                      struct problem *reterr);

/* --- For its desk: the caller is staff or a program ------------------------------------------------------------------------------------ */

bool request_desk_list(const struct caller *caller, const struct desk_requests_list_input *in, char **ret_json, char **ret_next,
                       struct problem *reterr);
bool request_desk_get(const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr);

/* The next state, with a text to the person, who is told by mail that there is something new. PROBLEM_FORBIDDEN for staff that may only read,
 * PROBLEM_CONFLICT where the way is not open, PROBLEM_PRECONDITION_FAILED where the request has moved on. */
bool request_desk_change(const struct caller *caller, const struct desk_request_states_create_input *in, char **ret_json, long *ret_version,
                         struct problem *reterr);
