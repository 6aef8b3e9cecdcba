#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* One's own account. */

/* What the contract shows of it, and its version. The caller frees the text. */
bool account_get(const char *account, char **ret_json, long *ret_version, struct problem *reterr);

/* Edits the profile. Locked fields are refused by the code `locked`, another version than in->if_match by PROBLEM_PRECONDITION_FAILED. */
bool account_change(const struct caller *caller, const struct me_update_input *in, char **ret_json, long *ret_version, struct problem *reterr);

/* Sets a new password; the old one has to be right, unless the session was begun with a one-time password. */
bool account_password_change(const struct caller *caller, const struct me_password_update_input *in, struct problem *reterr);

/* Deletes the account with everything that belongs to it; the last mail is owed when it returns. */
bool account_delete(const struct caller *caller, const struct me_delete_input *in, struct problem *reterr);

/* Everything that the portal holds on the caller, as one JSON text. */
bool account_export(const struct caller *caller, char **ret_json, struct problem *reterr);

/* A page of what happened. *ret_next: the cursor of the next one, NULL where there is none. The caller frees both. */
bool activity_list(const struct caller *caller, const struct me_activity_list_input *in, char **ret_json, char **ret_next,
                   struct problem *reterr);

/* What a change that asks for the password again needs to know of the account. */
struct account_facts { char email[256], password_hash[128], first_name[512], last_name[512], language[3]; };

/* Reads the facts and asks for the password: PROBLEM_WRONG_PASSWORD names `field`. No connection is held while it is hashed. */
bool account_ask_password(const struct caller *caller, const char *password, const char *field, struct account_facts *ret_facts,
                          struct problem *reterr);
bool account_facts_read(const char *account, struct account_facts *ret_facts, struct problem *reterr);
