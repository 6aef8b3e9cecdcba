#include "../core/session.h"
#include "contract.h"
#include "token.h"

#include <stdio.h>

/* What a client gets at login, and again with each new token. */
static bool answer_opened(struct call *call, const struct session_opened *opened)
{
    AUTO(free) char *token = NULL;

    if (!token_make(opened->session, opened->account, opened->moment, &token, &call->problem))
        return false;
    json_auto_t *body = json_pack("{ss, si, so, sb, ss}", "token", token, "expires_in", TOKEN_SECONDS, "session",
                                  json_loads(opened->session_json, 0, NULL), "new_password_due", (int)opened->new_password_due,
                                  "email_change", opened->email_change);
    call->body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    return call->body || fail_internal(&call->problem, "out of memory");
}

bool sessions_create(struct call *call)
{
    AUTO_SESSION_OPENED struct session_opened opened = { 0 };

    if (!session_open(call->input, &call->caller.from, &opened, &call->problem) || !answer_opened(call, &opened))
        return false;
    snprintf(call->caller.account, sizeof(call->caller.account), "%s", opened.account); /* for the log */
    snprintf(call->session_secret, sizeof(call->session_secret), "%s", opened.secret);
    call->status = 201;
    return true;
}

bool sessions_current_token(struct call *call)
{
    AUTO_SESSION_OPENED struct session_opened opened = { .new_password_due = call->caller.new_password_due, .email_change = "none" };

    snprintf(opened.session, sizeof(opened.session), "%s", call->caller.session);
    snprintf(opened.account, sizeof(opened.account), "%s", call->caller.account);
    return session_current(opened.session, &opened.session_json, &opened.moment, &call->problem) && answer_opened(call, &opened);
}

bool sessions_list(struct call *call)
{
    return session_list(&call->caller, &call->body, &call->problem);
}

bool sessions_current_get(struct call *call)
{
    long moment;
    return session_current(call->caller.session, &call->body, &moment, &call->problem);
}

bool me_presence_create(struct call *call)
{
    return sessions_current_get(call); /* dispatch has extended the session, as for every call that is no background one */
}

bool sessions_current_end(struct call *call)
{
    call->session_over = true;
    return session_end(&call->caller, call->caller.session, "logout", &call->problem);
}

bool sessions_end(struct call *call)
{
    const struct sessions_end_input *in = call->input;
    return session_end(&call->caller, in->session_id, "session_ended", &call->problem);
}

bool sessions_end_others(struct call *call)
{
    return session_end_others(&call->caller, &call->problem);
}
