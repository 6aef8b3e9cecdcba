#include "token.h"

#include "../core/cleanup.h"
#include "../core/checks.h"

#include <jwt.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define AUDIENCE "portal-api"

DEFINE_AUTO(jwt_t, jwt_free)

static struct {
    pthread_rwlock_t lock;
    struct key_pair keys;
    char issuer[256];
} in_use = { .lock = PTHREAD_RWLOCK_INITIALIZER };

void token_keys(const struct key_pair *keys, const char *issuer)
{
    pthread_rwlock_wrlock(&in_use.lock);
    in_use.keys = *keys;
    snprintf(in_use.issuer, sizeof(in_use.issuer), "%s", issuer);
    pthread_rwlock_unlock(&in_use.lock);
}

static struct key_pair keys_now(void)
{
    pthread_rwlock_rdlock(&in_use.lock);
    struct key_pair keys = in_use.keys;
    pthread_rwlock_unlock(&in_use.lock);
    return keys;
}

/* The subject and one claim are what differs between people and clients. */
static bool make(const char *subject, const char *claim, const char *value, long moment, char **ret_token, struct problem *reterr)
{
    AUTO(jwt_free) jwt_t *jwt = NULL;
    struct key key = keys_now().current;

    if (jwt_new(&jwt) != 0 || jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)key.text, (int)strlen(key.text)) != 0 ||
        jwt_add_grant(jwt, "iss", in_use.issuer) != 0 || jwt_add_grant(jwt, "aud", AUDIENCE) != 0 ||
        jwt_add_grant(jwt, "sub", subject) != 0 || jwt_add_grant(jwt, claim, value) != 0 ||
        jwt_add_grant_int(jwt, "iat", moment) != 0 || jwt_add_grant_int(jwt, "nbf", moment) != 0 ||
        jwt_add_grant_int(jwt, "exp", moment + TOKEN_SECONDS) != 0)
        return fail_internal(reterr, "the token cannot be made");
    *ret_token = jwt_encode_str(jwt);
    return *ret_token || fail_internal(reterr, "the token cannot be encoded");
}

bool token_make(const char *session, const char *account, long moment, char **ret_token, struct problem *reterr)
{
    return make(account, "sid", session, moment, ret_token, reterr);
}

bool token_make_client(const char *client, const char *scope, long moment, char **ret_token, struct problem *reterr)
{
    return make(client, "scope", scope, moment, ret_token, reterr);
}

static bool grant_is(jwt_t *jwt, const char *name, const char *wanted)
{
    const char *value = jwt_get_grant(jwt, name);
    return value && strcmp(value, wanted) == 0;
}

/* A person's token names a session, a client's its scopes. */
static bool read_bearer(jwt_t *jwt, struct token *ret_token)
{
    const char *session = jwt_get_grant(jwt, "sid"), *scope = jwt_get_grant(jwt, "scope"), *subject = jwt_get_grant(jwt, "sub");

    if (!session == !scope || (session && !check_uuid(session)) || (scope && (!subject || !check_uuid(subject))))
        return false;
    snprintf(ret_token->session, sizeof(ret_token->session), "%s", session ? session : "");
    snprintf(ret_token->client, sizeof(ret_token->client), "%s", scope ? subject : "");
    snprintf(ret_token->scope, sizeof(ret_token->scope), "%s", scope ? scope : "");
    return true;
}

/* libjwt takes the algorithm from the token and looks at no claim: what we accept is decided here. */
static bool genuine(const char *text, const struct key *key, struct token *ret_token)
{
    AUTO(jwt_free) jwt_t *jwt = NULL;

    if (!*key->text || jwt_decode(&jwt, text, (const unsigned char *)key->text, (int)strlen(key->text)) != 0)
        return false;
    if (jwt_get_alg(jwt) != JWT_ALG_HS256 || !grant_is(jwt, "iss", in_use.issuer) || !grant_is(jwt, "aud", AUDIENCE) ||
        !read_bearer(jwt, ret_token))
        return false;
    ret_token->not_before = jwt_get_grant_int(jwt, "nbf"); /* 0 where there is none */
    ret_token->expires = jwt_get_grant_int(jwt, "exp");    /* so that a token without one has expired */
    return true;
}

bool token_read(const char *text, struct token *ret_token, struct problem *reterr)
{
    struct key_pair keys = keys_now();
    if (genuine(text, &keys.current, ret_token) || genuine(text, &keys.previous, ret_token))
        return true;
    return fail(reterr, PROBLEM_LOGIN_NEEDED, "The token is none of ours, or mangled");
}
