#pragma once
#include "caller.h"
#include "problem.h"
#include "secret.h"

#include <stdbool.h>
#include <stdio.h>

/* Integrators' clients: programs of a service desk, by OAuth 2.0 client credentials (RFC 6749, 4.4). */

#define SCOPES "requests.read requests.write" /* all that there are; openapi.yaml says what they allow */
enum { SCOPE_ROOM = 120 }; /* of scopes with blanks between */

/* Checks id and secret. On success what a token gets: the scopes asked for (NULL: all of the client's) and the database's time; or the
 * word of RFC 6749, 5.2 for a refusal: one answer for a wrong id and a wrong secret, another for scopes that the client does not have.
 * PROBLEM_TOO_MANY after many refusals of one source. */
struct api_client_grant { const char *refusal; char client[37], scope[SCOPE_ROOM]; long moment; };
bool api_client_login(const char *client, const char *secret, const char *scope, const struct origin *from, struct api_client_grant *ret_grant,
                      struct problem *reterr);

/* Fills caller->client if the client of a token may still do what `scope` names and the token is valid now. */
bool api_client_check(const char *client, const char *token_scope, long expires, long not_before, const char *scope, struct caller *caller,
                      struct problem *reterr);

/* For the operator's command line. The secret is handed out once and never kept. PROBLEM_CONFLICT where the name is taken,
 * PROBLEM_NOT_FOUND where there is no such desk or client, PROBLEM_BAD_INPUT for a scope that nobody knows. */
struct api_client_created { char client[37], secret[SECRET_ROOM]; };
bool api_client_create(const char *name, const char *desk, const char *scopes, struct api_client_created *ret_created, struct problem *reterr);

/* A new secret; the one before stays valid for keep_hours, any older one ends now: at most two are valid. */
bool api_client_rotate(const char *name, int keep_hours, struct api_client_created *ret_created, struct problem *reterr);

/* Ends all its tokens with the next call. */
bool api_client_revoke(const char *name, struct problem *reterr);

/* Prints a line for each, secrets never. */
bool api_client_list(FILE *to, struct problem *reterr);
