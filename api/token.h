#pragma once
#include "../core/api_client.h"
#include "../core/keys.h"

#include <stdbool.h>

/* The portal's own bearer tokens: JWT by HS256, 5 minutes, bound to a session or to a client. Signature, algorithm, issuer and audience are
 * checked here, without the database; the times are checked with the session, by its clock. */

enum { TOKEN_SECONDS = 300 };

/* What a genuine token says: of a person's session, or of an integrator's client with the scopes that it was given. The other is empty. */
struct token { char session[37], client[37], scope[SCOPE_ROOM]; long not_before, expires; };

/* Takes the keys into use; may be called again at any time, when they have been rotated. */
void token_keys(const struct key_pair *keys, const char *issuer);

/* A token for a session, valid from `moment` (epoch seconds of the database's clock). The caller frees it. */
bool token_make(const char *session, const char *account, long moment, char **ret_token, struct problem *reterr);

/* The same for a client and its scopes, blanks between. */
bool token_make_client(const char *client, const char *scope, long moment, char **ret_token, struct problem *reterr);

/* PROBLEM_LOGIN_NEEDED for whatever we did not sign. */
bool token_read(const char *text, struct token *ret_token, struct problem *reterr);
