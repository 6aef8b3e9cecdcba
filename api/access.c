#include "access.h"

#include "../core/api_client.h"
#include "../core/desk.h"
#include "../core/session.h"

#include <string.h>

bool access_read(const struct route *route, struct credentials *given, struct problem *reterr)
{
    const char *sent = given->authorization;

    if (route->access == ACCESS_ANYONE || route->access == ACCESS_COOKIE || (route->access == ACCESS_VISITOR && !sent))
        return true;
    if (!sent || strncasecmp(sent, "Bearer ", 7) != 0)
        return fail(reterr, PROBLEM_LOGIN_NEEDED, "Send Authorization: Bearer and a token");
    if (!token_read(sent + 7 + strspn(sent + 7, " "), &given->token, reterr))
        return false;
    given->has_token = true;
    return !*given->token.client || route->access == ACCESS_DESK || fail(reterr, PROBLEM_FORBIDDEN, "This is for people, not for clients");
}

static bool check_cookie(const struct credentials *given, struct call *call)
{
    if (!given->cookie || !*given->cookie)
        return fail(&call->problem, PROBLEM_LOGIN_NEEDED, "There is no session cookie");
    return session_by_secret(given->cookie, &call->caller, &call->problem);
}

static bool check_session(const struct route *route, const struct token *token, struct call *call)
{
    bool stale;

    if (!session_check(token->session, token->expires, token->not_before, &call->caller, &stale, &call->problem))
        return false;
    if (call->caller.new_password_due && !route->new_password_due)
        return fail(&call->problem, PROBLEM_NEW_PASSWORD_NEEDED, "PUT /me/password comes first");
    return !stale || route->background || session_touch(token->session, &call->problem);
}

bool access_check(const struct route *route, const struct credentials *given, struct call *call)
{
    const struct token *token = &given->token;

    if (route->access == ACCESS_COOKIE)
        return check_cookie(given, call);
    if (!given->has_token)
        return true;
    if (*token->client)
        return api_client_check(token->client, token->scope, token->expires, token->not_before, route->scope, &call->caller, &call->problem);
    return check_session(route, token, call) && (route->access != ACCESS_DESK || desk_staff_check(&call->caller, &call->problem));
}
