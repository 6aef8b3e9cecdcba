#include "../core/account.h"
#include "../core/email_change.h"
#include "../core/password_reset.h"
#include "contract.h"

#include <stdio.h>

static bool answer_version(struct call *call, bool good, long version)
{
    snprintf(call->etag, sizeof(call->etag), "\"%ld\"", version);
    return good;
}

bool me_get(struct call *call)
{
    long version = 0;
    bool good = account_get(call->caller.account, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool me_update(struct call *call)
{
    long version = 0;
    bool good = account_change(&call->caller, call->input, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool me_delete(struct call *call)
{
    call->session_over = true;
    return account_delete(&call->caller, call->input, &call->problem);
}

bool me_password_update(struct call *call)
{
    return account_password_change(&call->caller, call->input, &call->problem);
}

bool me_email_change_create(struct call *call)
{
    call->status = 202;
    return email_change_add(&call->caller, call->input, &call->problem);
}

bool email_changes_confirm(struct call *call)
{
    const struct email_changes_confirm_input *in = call->input;
    return email_change_confirm(in->token, &call->caller.from, &call->problem);
}

bool password_resets_create(struct call *call)
{
    call->status = 202;
    return password_reset_add(call->input, &call->caller.from, &call->problem);
}

bool me_export_get(struct call *call)
{
    snprintf(call->disposition, sizeof(call->disposition), "attachment; filename=\"account.json\"");
    return account_export(&call->caller, &call->body, &call->problem);
}

bool me_activity_list(struct call *call)
{
    const struct me_activity_list_input *in = call->input;
    AUTO(free) char *next = NULL;

    if (!activity_list(&call->caller, in, &call->body, &next, &call->problem))
        return false;
    if (next)
        snprintf(call->link, sizeof(call->link), "</api/v1/me/activity?cursor=%s&limit=%ld>; rel=\"next\"", next, in->limit);
    return true;
}
