#pragma once
#include "call.h"
#include "token.h"

/* Who may make a call: the contract's x-access, in two steps, since inputs are looked at between them. */

struct credentials {
    const char *authorization, *cookie; /* as they were sent, or NULL */
    struct token token;                 /* filled by access_read where the route asks for one, or one was sent to a visitor's route */
    bool has_token;
};

/* What needs no database: is there a genuine token where the route asks for one? */
bool access_read(const struct route *route, struct credentials *given, struct problem *reterr);

/* Whether its session or its client is alive and may do this. Fills call->caller. */
bool access_check(const struct route *route, const struct credentials *given, struct call *call);
