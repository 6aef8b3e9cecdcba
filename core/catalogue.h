#pragma once
#include "inputs.h"
#include "problem.h"

/* What the portal offers, the same for everyone. Each answer is what the contract shows; the caller frees it. Withdrawn services are not
 * found. */

/* How long a copy may be kept without asking again. */
enum { CATALOGUE_SECONDS = 60 };

/* A page of the services by the filters of the input. *ret_next: the cursor of the next page, NULL where there is none; the caller frees it.
 * A cursor of another list is refused by the code `wrong`, one whose service has gone by `outdated`. */
bool catalogue_list(const struct services_list_input *in, char **ret_json, char **ret_next, struct problem *reterr);

bool catalogue_get(const char *service, char **ret_json, struct problem *reterr);

/* The current form; PROBLEM_NOT_FOUND where the service has none. */
bool catalogue_form(const char *service, char **ret_json, struct problem *reterr);

/* How much there is under each topic, situation and letter. */
bool catalogue_topics(char **ret_json, struct problem *reterr);
