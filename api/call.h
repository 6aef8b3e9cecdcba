#pragma once
#include "../core/caller.h"
#include "../core/cleanup.h"
#include "input.h"

#include <stdbool.h>
#include <stdint.h>

/* One call under way: what a handler reads, and what it leaves behind. */

enum access {
    ACCESS_ANYONE,
    ACCESS_COOKIE,
    ACCESS_PERSON,
    ACCESS_VISITOR, /* anyone; a token that is sent has to be valid, and says who calls */
    ACCESS_DESK,    /* staff of a desk, or a desk's client with the route's scope */
};
enum body_kind { BODY_NONE, BODY_JSON, BODY_FORM, BODY_FILE };
enum port { PORT_PUBLIC, PORT_OPERATIONS, PORTS };

/* A body that is made piece by piece while it is sent, so that a slow reader of a large file costs little memory. */
struct call_stream {
    uint64_t size;
    bool (*read)(void *of, uint64_t at, char *to, size_t room, size_t *ret_size); /* what begins at that byte, at most `room`; false: it breaks off */
    void (*done)(void *of);
    void *of;
};

struct call {
    const void *input;        /* struct <operationId>_input, checked against the contract; lives as long as the call */
    struct call_file { const void *bytes; size_t size; } file; /* the body, where it is a file; lives as long as the call */
    struct caller caller;     /* account and session are set where the contract's x-access says so */

    int status;               /* the answer: 200, or 204 where there is no body, unless the handler says otherwise */
    char *body;               /* owned by dispatch once set */
    size_t body_length;       /* of a body that is no text; 0: up to its NUL */
    struct call_stream stream; /* instead of a body, where `read` is set; its `done` is called by whoever sends it */
    const char *content_type; /* of the body: application/json unless the handler says otherwise */
    int cache_seconds;        /* the same for everyone, and may be kept that long; a missing etag is made from the body. 0: personal, kept by nobody */
    char etag[64], link[3072], disposition[3072];
    const char *authenticate; /* the header WWW-Authenticate */
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
    const char *scope;     /* what an integrator's client needs, of ACCESS_DESK */
    enum body_kind body;
    int body_min;          /* properties that it has to hold at least */
    bool background;       /* says nothing about its user: does not extend the session */
    bool new_password_due; /* open to sessions that still have to set a new password */
};

/* Generated from openapi.yaml, literal paths before variable ones. */
extern const struct route routes[];
extern const size_t routes_count;
