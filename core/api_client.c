#include "api_client.h"

#include "pool.h"
#include "throttle.h"

#include <string.h>

bool api_client_login(const char *client, const char *secret, const char *scope, const struct origin *from, struct api_client_grant *ret_grant,
                      struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    char hash[SECRET_HASH_ROOM];

    secret_hash(secret, hash);
    if (!query_run(Q_API_CLIENT_LOGIN, &rows, reterr, client, hash, scope))
        return false;
    ret_grant->refusal = PQntuples(rows) == 0 ? "invalid_client" : !cell_true(rows, 0, 2) ? "invalid_scope" : NULL;
    if (ret_grant->refusal)
        return throttle_client(from, reterr);
    snprintf(ret_grant->client, sizeof(ret_grant->client), "%s", PQgetvalue(rows, 0, 0));
    snprintf(ret_grant->scope, sizeof(ret_grant->scope), "%s", PQgetvalue(rows, 0, 1));
    ret_grant->moment = cell_long(rows, 0, 3);
    return true;
}

/* Whether a list with blanks between holds a word. */
static bool holds(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

bool api_client_check(const char *client, const char *token_scope, long expires, long not_before, const char *scope, struct caller *caller,
                      struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_API_CLIENT_CHECK, &rows, reterr, client, scope, DEC(expires), DEC(not_before)))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_SESSION_ENDED, "The token has expired, or the client was revoked");
    if (!holds(token_scope, scope) || !cell_true(rows, 0, 0))
        return fail(reterr, PROBLEM_FORBIDDEN, "This needs the scope %s", scope);
    snprintf(caller->client, sizeof(caller->client), "%s", client);
    return true;
}

/* Each of the words with single blanks between has to be a scope that exists. */
static bool scopes_check(const char *scopes, struct problem *reterr)
{
    for (const char *at = scopes;; at++) {
        char word[SCOPE_ROOM];
        size_t n = strcspn(at, " ");
        snprintf(word, sizeof(word), "%.*s", (int)n, at);
        if (n == 0 || !holds(SCOPES, word))
            return fail(reterr, PROBLEM_BAD_INPUT, "'%.60s' is no scope; there are: " SCOPES, word);
        at += n;
        if (!*at)
            return true;
    }
}

/* A new secret for what the query makes of it; the row says for which client. */
static bool created(PGresult *rows, const char *secret, struct api_client_created *ret_created)
{
    snprintf(ret_created->client, sizeof(ret_created->client), "%s", PQgetvalue(rows, 0, 0));
    snprintf(ret_created->secret, sizeof(ret_created->secret), "%s", secret);
    return true;
}

bool api_client_create(const char *name, const char *desk, const char *scopes, struct api_client_created *ret_created, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    char secret[SECRET_ROOM], hash[SECRET_HASH_ROOM];

    if (!scopes_check(scopes, reterr))
        return false;
    secret_new(secret);
    secret_hash(secret, hash);
    if (!query_run(Q_API_CLIENT_CREATE, &rows, reterr, name, desk, scopes, hash))
        return reterr->kind == PROBLEM_CONFLICT ? fail(reterr, PROBLEM_CONFLICT, "There is a client '%.60s' already", name) : false;
    return PQntuples(rows) > 0 ? created(rows, secret, ret_created) : fail(reterr, PROBLEM_NOT_FOUND, "There is no desk '%.60s'", desk);
}

static bool unknown(const char *name, struct problem *reterr)
{
    return fail(reterr, PROBLEM_NOT_FOUND, "There is no client '%.60s', or it was revoked", name);
}

bool api_client_rotate(const char *name, int keep_hours, struct api_client_created *ret_created, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    char secret[SECRET_ROOM], hash[SECRET_HASH_ROOM];

    secret_new(secret);
    secret_hash(secret, hash);
    if (!query_run(Q_API_CLIENT_ROTATE, &rows, reterr, name, hash, DEC(keep_hours)))
        return false;
    return PQntuples(rows) > 0 ? created(rows, secret, ret_created) : unknown(name, reterr);
}

bool api_client_revoke(const char *name, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_API_CLIENT_REVOKE, &rows, reterr, name) && (PQntuples(rows) > 0 || unknown(name, reterr));
}

bool api_client_list(FILE *to, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_API_CLIENT_LIST, &rows, reterr))
        return false;
    for (int i = 0; i < PQntuples(rows); i++)
        fprintf(to, "%s  %s  %s  %s  since %s  %s\n", PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 2),
                PQgetvalue(rows, i, 3), PQgetvalue(rows, i, 4), PQgetvalue(rows, i, 5));
    return true;
}
