#pragma once
#include "../core/caller.h"
#include "../core/cleanup.h"
#include "input.h"

#include <stdbool.h>

/* One call under way: what a handler reads, and what it leaves behind. */

enum access { ACCESS_ANYONE, ACCESS_COOKIE, ACCESS_PERSON };
enum port { PORT_PUBLIC, PORT_OPERATIONS, PORTS };

struct call {
    const void *input;        /* struct <operationId>_input, checked against the contract; lives as long as the call */
    struct caller caller;     /* account and session are set where the contract's x-access says so */

    int status;               /* the answer: 200, or 204 where there is no body, unless the handler says otherwise */
    char *body;               /* owned by dispatch once set */
    const char *content_type; /* of the body: application/json unless the handler says otherwise */
    char etag[32], link[256], disposition[80];
    char session_secret[64];  /* for the cookie: set it */
    bool session_over;        /* clear the cookie */
    struct problem problem;
};

/* Reads the input, calls one function of the core, fills the answer. False: call->problem says why. */
typedef bool handler(struct call *call);

struct route {
    enum port port;
    const char *method, *path;
    enum access access;
    const struct field *fields;
    size_t fields_count;
    handler *handler;
    bool body;             /* takes a JSON body */
    int body_min;          /* properties that it has to hold at least */
    bool background;       /* says nothing about its user: does not extend the session */
    bool new_password_due; /* open to sessions that still have to set a new password */
};

/* Generated from openapi.yaml, literal paths before variable ones. */
extern const struct route routes[];
extern const size_t routes_count;
