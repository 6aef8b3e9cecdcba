#include "token.h"

#include "../core/cleanup.h"
#include "checks.h"

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

bool token_make(const char *session, const char *account, long moment, char **ret_token, struct problem *reterr)
{
    AUTO(jwt_free) jwt_t *jwt = NULL;
    struct key key = keys_now().current;

    if (jwt_new(&jwt) != 0 || jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)key.text, (int)strlen(key.text)) != 0 ||
        jwt_add_grant(jwt, "iss", in_use.issuer) != 0 || jwt_add_grant(jwt, "aud", AUDIENCE) != 0 ||
        jwt_add_grant(jwt, "sub", account) != 0 || jwt_add_grant(jwt, "sid", session) != 0 ||
        jwt_add_grant_int(jwt, "iat", moment) != 0 || jwt_add_grant_int(jwt, "nbf", moment) != 0 ||
        jwt_add_grant_int(jwt, "exp", moment + TOKEN_SECONDS) != 0)
        return fail_internal(reterr, "the token cannot be made");
    *ret_token = jwt_encode_str(jwt);
    return *ret_token || fail_internal(reterr, "the token cannot be encoded");
}

static bool grant_is(jwt_t *jwt, const char *name, const char *wanted)
{
    const char *value = jwt_get_grant(jwt, name);
    return value && strcmp(value, wanted) == 0;
}

/* libjwt takes the algorithm from the token and looks at no claim: what we accept is decided here. */
static bool genuine(const char *text, const struct key *key, struct token *ret_token)
{
    AUTO(jwt_free) jwt_t *jwt = NULL;

    if (!*key->text || jwt_decode(&jwt, text, (const unsigned char *)key->text, (int)strlen(key->text)) != 0)
        return false;
    const char *session = jwt_get_grant(jwt, "sid");
    if (jwt_get_alg(jwt) != JWT_ALG_HS256 || !grant_is(jwt, "iss", in_use.issuer) || !grant_is(jwt, "aud", AUDIENCE) ||
        !session || !check_uuid(session))
        return false;
    snprintf(ret_token->session, sizeof(ret_token->session), "%s", session);
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
