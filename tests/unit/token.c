#include "../../api/token.h"

#include "../../core/cleanup.h"
#include "tap.h"

#include <jwt.h>
#include <stdlib.h>

#define KEY "0123456789012345678901234567890123456789012"
#define OTHER "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq"
#define ISSUER "https://portal.example"
#define SESSION "a0000000-0000-4000-8000-000000000001"

/* A token that differs from ours in one thing. */
static char *forged(jwt_alg_t alg, const char *key, const char *issuer, const char *audience, const char *session)
{
    jwt_t *jwt = NULL;
    jwt_new(&jwt);
    jwt_set_alg(jwt, alg, (const unsigned char *)key, key ? (int)strlen(key) : 0);
    jwt_add_grant(jwt, "iss", issuer);
    jwt_add_grant(jwt, "aud", audience);
    if (session)
        jwt_add_grant(jwt, "sid", session);
    jwt_add_grant_int(jwt, "nbf", 100);
    jwt_add_grant_int(jwt, "exp", 400);
    char *text = jwt_encode_str(jwt);
    jwt_free(jwt);
    return text;
}

static void refuses(const char *text, const char *why)
{
    struct token token;
    struct problem p = { 0 };
    ok(!token_read(text, &token, &p) && p.kind == PROBLEM_LOGIN_NEEDED, "%s is refused", why);
}

static void forgeries(void)
{
    static const struct { jwt_alg_t alg; const char *key, *issuer, *audience, *session, *why; } cases[] = {
        { JWT_ALG_NONE, NULL, ISSUER, "portal-api", SESSION, "alg none" },
        { JWT_ALG_HS512, KEY, ISSUER, "portal-api", SESSION, "HS512 with our key" },
        { JWT_ALG_HS384, KEY, ISSUER, "portal-api", SESSION, "HS384 with our key" },
        { JWT_ALG_HS256, OTHER, ISSUER, "portal-api", SESSION, "another key" },
        { JWT_ALG_HS256, KEY, "https://evil.example", "portal-api", SESSION, "another issuer" },
        { JWT_ALG_HS256, KEY, ISSUER, "other-api", SESSION, "another audience" },
        { JWT_ALG_HS256, KEY, ISSUER, "portal-api", NULL, "no session" },
        { JWT_ALG_HS256, KEY, ISSUER, "portal-api", "0123456789012345678901234567890123456789", "a session that is none" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        AUTO(free) char *text = forged(cases[i].alg, cases[i].key, cases[i].issuer, cases[i].audience, cases[i].session);
        refuses(text, cases[i].why);
    }
    AUTO(free) char *good = forged(JWT_ALG_HS256, KEY, ISSUER, "portal-api", SESSION);
    struct token token;
    struct problem p = { 0 };
    ok(token_read(good, &token, &p), "the same without a fault is taken");
}

int main(void)
{
    struct key_pair keys = { { KEY }, { "" } }, rotated = { { OTHER }, { KEY } }, gone = { { OTHER }, { "" } };
    struct problem p = { 0 };
    struct token token;
    AUTO(free) char *text = NULL;

    token_keys(&keys, ISSUER);
    ok(token_make("a0000000-0000-4000-8000-000000000001", "account", 1000, &text, &p), "a token is made");
    ok(token_read(text, &token, &p) && token.not_before == 1000 && token.expires == 1000 + TOKEN_SECONDS, "... and read, with its times");
    is(token.session, "a0000000-0000-4000-8000-000000000001", "... and its session");
    token_keys(&rotated, ISSUER);
    ok(token_read(text, &token, &p), "after a rotation it is still taken");
    token_keys(&gone, ISSUER);
    refuses(text, "after the next one it");
    token_keys(&keys, ISSUER);
    for (size_t cut = 1; cut < strlen(text); cut += 17) {
        AUTO(free) char *part = strndup(text, strlen(text) - cut);
        refuses(part, "a truncated one");
    }
    refuses("", "nothing");
    refuses("..", "two dots");
    refuses("a.b.c", "rubbish");
    forgeries();
    return done();
}
