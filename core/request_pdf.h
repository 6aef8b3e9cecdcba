#pragma once
#include "problem.h"

#include <stddef.h>

/* A request as a document to keep: tagged PDF in a language (de, en), from the request as its owner or its desk sees it (request_get,
 * request_desk_get). The caller frees it. */
bool request_pdf(const char *request_json, const char *language, char **ret_pdf, size_t *ret_size, struct problem *reterr);
