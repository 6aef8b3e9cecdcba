#include "../core/api_client.h"
#include "../core/cleanup.h"
#include "../core/checks.h"
#include "contract.h"
#include "token.h"

#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* Tokens of integrators' clients (RFC 6749, 4.4). Refusals have that standard's form instead of ours, since its libraries look for it. */

static bool answer(struct call *call, json_t *made)
{
    json_auto_t *body = made;
    call->body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    return call->body || fail_internal(&call->problem, "out of memory");
}

static bool refuse(struct call *call, const char *error, const char *description)
{
    bool unknown = strcmp(error, "invalid_client") == 0;

    call->status = unknown ? 401 : 400;
    call->authenticate = unknown ? "Basic realm=\"clients\", charset=\"UTF-8\"" : NULL;
    return answer(call, json_pack("{ss, ss}", "error", error, "error_description", description));
}

/* "Basic " and id:secret in base64 (RFC 6749, 2.3.1). The caller frees *ret_text, which the two pointers point into. Neither part of ours
 * holds a character that would have to be escaped. */
static bool read_basic(const char *header, char **ret_text, const char **ret_client, const char **ret_secret)
{
    gsize n;

    if (strncasecmp(header, "Basic ", 6) != 0)
        return false;
    char *text = *ret_text = strdup(header + 6);
    if (!text || !*text)
        return false;
    g_base64_decode_inplace(text, &n); /* into less room than it takes itself */
    text[n] = '\0';
    char *colon = strchr(text, ':');
    if (!colon)
        return false;
    *colon = '\0';
    *ret_client = text;
    *ret_secret = colon + 1;
    return true;
}

static bool answer_token(struct call *call, const struct api_client_grant *grant)
{
    AUTO(free) char *token = NULL;

    return token_make_client(grant->client, grant->scope, grant->moment, &token, &call->problem) &&
           answer(call, json_pack("{ss, ss, si, ss}", "access_token", token, "token_type", "Bearer", "expires_in", (int)TOKEN_SECONDS, "scope",
                                  grant->scope));
}

bool oauth2_token_create(struct call *call)
{
    const struct oauth2_token_create_input *in = call->input;
    AUTO(free) char *text = NULL;
    const char *client = in->client_id, *secret = in->client_secret;
    struct api_client_grant grant;

    if (in->authorization && (client || secret))
        return refuse(call, "invalid_request", "Send the credentials by HTTP Basic or in the form, not by both");
    if (in->authorization && !read_basic(in->authorization, &text, &client, &secret))
        return refuse(call, "invalid_client", "The header Authorization cannot be read; it has to be HTTP Basic");
    if (!in->grant_type)
        return refuse(call, "invalid_request", "grant_type is missing");
    if (strcmp(in->grant_type, "client_credentials") != 0)
        return refuse(call, "unsupported_grant_type", "grant_type has to be client_credentials");
    if (!client || !secret || !check_uuid(client))
        return refuse(call, "invalid_client", "Send the client's id and secret");
    if (!api_client_login(client, secret, in->scope, &call->caller.from, &grant, &call->problem))
        return false;
    return grant.refusal ? refuse(call, grant.refusal, "Is the id right, the secret the present one, and has the client these scopes?")
                         : answer_token(call, &grant);
}
