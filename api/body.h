#pragma once
#include "../core/settings.h"
#include "call.h"
#include "uri.h"

#include <jansson.h>
#include <ulfius.h>

/* A request's body: of the kind and the size that the contract says, before anything of it is read. */

/* Says so otherwise (400, 413, 415). A file goes to call->file as it came. */
bool body_check(const struct route *route, const struct _u_request *http, const struct settings *settings, struct call *call);

/* JSON to *ret_body, which the caller gives back; a form to `uri`, beside the query. Nothing for other kinds. */
bool body_read(const struct route *route, const struct _u_request *http, int json_depth, struct uri *uri, json_t **ret_body,
               struct problem *reterr);
