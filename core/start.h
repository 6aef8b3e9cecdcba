#pragma once
#include "caller.h"
#include "problem.h"

struct db;

/* Starting a service: the one place that decides who may. */

struct start {
    bool login, organisation, offline; /* what is missing: somebody logged in; an organisation; a form or an address of the service */
    enum level level;                  /* the level that is missing; LEVEL_LOW where the caller's suffices */
    bool plus_suffices;                /* a plus account would have that level */
    bool form;                         /* it has a form of the portal's own */
    char *url;                         /* where an external service begins; NULL otherwise; start_done frees it */
};
#define AUTO_START __attribute__((cleanup(start_done)))

/* Decides for a caller; nobody is logged in where caller->account is empty. Keeps nothing, so that a page may ask beforehand. `db` is the
 * caller's connection, NULL for one of the pool. PROBLEM_NOT_FOUND where there is no such service. */
bool start_decide(struct db *db, const struct caller *caller, const char *service, struct start *ret_start, struct problem *reterr);

/* Nothing is missing. */
bool start_ready(const struct start *start);

void start_done(struct start *start);
