#pragma once
#include "inputs.h"
#include "problem.h"

/* Finding services by words; db/migrations/0004_search.sql says how. catalogue_list (catalogue.h) gives whole pages of results. */

/* The best services for what has been typed so far, as the contract shows them; the caller frees it. Whatever was typed is no error. */
bool search_suggest(const struct services_suggest_input *in, char **ret_json, struct problem *reterr);
