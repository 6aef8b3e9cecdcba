#pragma once
#include "call.h"
#include "site.h"

#include <ulfius.h>

/* What a call has come to, as HTTP. */

/* 304 without the body where the caller has this version of something that may be kept. */
void answer_call(struct _u_response *response, const struct _u_request *request, struct call *call);
void answer_problem(struct _u_response *response, const struct problem *problem);

/* A page, packed where the client takes that, or 304 where it has it already. */
void answer_page(struct _u_response *response, const struct _u_request *request, const struct page *page, int status);

/* Headers that stand on every answer of a port: what a browser may do with it. */
void answer_defaults(struct _u_map *headers, bool https);

/* How many answers are being sent piece by piece. */
int answer_streaming(void);
