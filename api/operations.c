#include "../core/figures.h"
#include "../core/migrate.h"
#include "../core/portal.h"
#include "contract.h"
#include "metrics.h"
#include "server.h"

#include <string.h>

bool healthz_get(struct call *call)
{
    call->body = strdup("{\"status\":\"ok\"}");
    return call->body || fail_internal(&call->problem, "out of memory");
}

static void add_reasons(json_t *reasons)
{
    struct problem problem = { 0 };
    struct outbox_figures outbox;
    long schema;

    if (server_stopping())
        json_array_append_new(reasons, json_string("The program is stopping"));
    if (!figures_schema(&schema, &problem))
        json_array_append_new(reasons, json_string("The database does not answer, or was never migrated"));
    else if (schema != migrations_latest())
        json_array_append_new(reasons, json_string("The database is at another migration than the program needs: run `serviceportal migrate`"));
    else if (!figures_outbox(&outbox, &problem))
        json_array_append_new(reasons, json_string("The outbox cannot be read"));
    else if (outbox.oldest_seconds > portal()->settings->mail_overdue_s)
        json_array_append_new(reasons, json_string("Mails are overdue: does the mail server answer?"));
}

bool readyz_get(struct call *call)
{
    json_auto_t *reasons = json_array();

    add_reasons(reasons);
    bool ready = json_array_size(reasons) == 0;
    json_auto_t *body = json_pack("{ss, sO}", "status", ready ? "ready" : "not_ready", "reasons", reasons);
    call->status = ready ? 200 : 503;
    call->body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    return call->body || fail_internal(&call->problem, "out of memory");
}

bool metrics_get(struct call *call)
{
    call->content_type = "text/plain; version=0.0.4; charset=utf-8";
    call->body = metrics_text();
    return call->body || fail_internal(&call->problem, "out of memory");
}
