#include "../core/catalogue.h"
#include "../core/text.h"
#include "contract.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* The catalogue is the same for everyone. */
static bool answer_catalogue(struct call *call, bool good)
{
    (void)call;
    return good;
}

/* RFC 3986, 2.3: all but unreserved characters are escaped. */
static void add_parameter(struct text *t, const char *name, const char *value)
{
    if (!value)
        return;
    text_addf(t, "%s=", name);
    for (const unsigned char *at = (const unsigned char *)value; *at; at++)
        text_addf(t, isalnum(*at) || strchr("-._~", *at) ? "%c" : "%%%02X", *at);
    text_add(t, "&");
}

static void link_next(struct call *call, const struct services_list_input *in, const char *next)
{
    AUTO_TEXT struct text query = TEXT(sizeof(call->link) - 80);
    AUTO(free) char *parameters = NULL;

    if (!next)
        return;
    add_parameter(&query, "topic", in->topic);
    add_parameter(&query, "situation", in->situation);
    add_parameter(&query, "audience", in->audience);
    add_parameter(&query, "letter", in->letter);
    add_parameter(&query, "cursor", next);
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
