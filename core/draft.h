#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* What somebody has typed into a form and not sent: one draft for each person and service. It may be incomplete, but holds nothing that
 * the form does not know. Its version is 0 while nothing is saved. */

/* The draft as the contract shows it, which the caller frees: where nothing is saved, what the profile fills in. What a form that has changed
 * has no place for stands in `left_over`. PROBLEM_NOT_FOUND where there is no service with a form, and no draft from before. */
bool draft_get(const struct caller *caller, const char *service, char **ret_json, long *ret_version, struct problem *reterr);

/* Replaces what is typed. PROBLEM_FORM_CHANGED where in->form_version is not the current one, PROBLEM_PRECONDITION_FAILED where the version has
 * moved on; of two that save the same version at once the database takes one. */
bool draft_save(const struct caller *caller, const struct request_drafts_save_input *in, char **ret_json, long *ret_version,
                struct problem *reterr);

/* With its files. Fine where there is none. */
bool draft_delete(const struct caller *caller, const char *service, struct problem *reterr);
