#include "../core/catalogue.h"
#include "../core/start.h"
#include "../core/text.h"
#include "contract.h"
#include "uri.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* The catalogue is the same for everyone. */
static bool answer_catalogue(struct call *call, bool good)
{
    call->cache_seconds = CATALOGUE_SECONDS;
    return good;
}

static void link_next(struct call *call, const struct services_list_input *in, const char *next)
{
    AUTO_TEXT struct text query = TEXT(sizeof(call->link) - 80);
    AUTO(free) char *parameters = NULL;

    if (!next)
        return;
    uri_add_parameter(&query, "q", in->q);
    uri_add_parameter(&query, "topic", in->topic);
    uri_add_parameter(&query, "situation", in->situation);
    uri_add_parameter(&query, "audience", in->audience);
    uri_add_parameter(&query, "letter", in->letter);
    uri_add_parameter(&query, "cursor", next);
    parameters = text_take(&query);
    if (parameters) /* a link that does not fit is left out; the body holds the cursor too */
        snprintf(call->link, sizeof(call->link), "</api/v1/services?%slimit=%ld>; rel=\"next\"", parameters, in->limit);
}

bool services_list(struct call *call)
{
    const struct services_list_input *in = call->input;
    AUTO(free) char *next = NULL;
    bool good = catalogue_list(in, &call->body, &next, &call->problem);

    link_next(call, in, next);
    return answer_catalogue(call, good);
}

bool services_get(struct call *call)
{
    const struct services_get_input *in = call->input;
    return answer_catalogue(call, catalogue_get(in->service_id, &call->body, &call->problem));
}

bool services_form_get(struct call *call)
{
    const struct services_form_get_input *in = call->input;
    return answer_catalogue(call, catalogue_form(in->service_id, &call->body, &call->problem));
}

bool service_topics_list(struct call *call)
{
    return answer_catalogue(call, catalogue_topics(&call->body, &call->problem));
}

static const char *level_name(enum level level)
{
    return level == LEVEL_HIGH ? "high" : level == LEVEL_SUBSTANTIAL ? "substantial" : "low";
}

static json_t *missing_json(const struct start *start)
{
    json_t *missing = json_array();

    if (start->offline)
        json_array_append_new(missing, json_pack("{ss}", "what", "offline"));
    if (start->login)
        json_array_append_new(missing, json_pack("{ss}", "what", "login"));
    if (start->organisation)
        json_array_append_new(missing, json_pack("{ss}", "what", "organisation"));
    if (start->level != LEVEL_LOW)
        json_array_append_new(missing, json_pack("{ss, ss, so}", "what", "level", "level", level_name(start->level), "ways",
                                                 start->plus_suffices ? json_pack("[ss]", "plus_account", "eid_session") : json_pack("[s]", "eid_session")));
    return missing;
}

static json_t *next_json(const struct start *start, const char *service)
{
    if (!start_ready(start))
        return json_null();
    return start->form ? json_pack("{ss, ss}", "kind", "form", "service_id", service)
                       : json_pack("{ss, ss}", "kind", "external", "url", start->url);
}

static json_t *account_json(const struct caller *caller)
{
    if (!*caller->account)
        return json_null();
    return json_pack("{ss, ss}", "kind", caller->kind == KIND_PLUS ? "plus" : "basic", "level", level_name(caller->level));
}

bool service_starts_create(struct call *call)
{
    const struct service_starts_create_input *in = call->input;
    AUTO_START struct start start = { 0 };

    if (!start_decide(NULL, &call->caller, in->service_id, &start, &call->problem))
        return false;
    json_auto_t *body = json_pack("{sb, so, so, so}", "ready", (int)start_ready(&start), "missing", missing_json(&start), "next",
                                  next_json(&start, in->service_id), "account", account_json(&call->caller));
    call->body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    return call->body || fail_internal(&call->problem, "out of memory");
}
