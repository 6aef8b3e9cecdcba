#include "../core/request.h"
#include "../core/text.h"
#include "contract.h"
#include "download.h"
#include "uri.h"

#include <stdio.h>

static bool answer_version(struct call *call, bool good, long version)
{
    snprintf(call->etag, sizeof(call->etag), "\"%ld\"", version);
    return good;
}

static void link_next(struct call *call, const struct desk_requests_list_input *in, const char *next)
{
    AUTO_TEXT struct text query = TEXT(sizeof(call->link) - 80);
    AUTO(free) char *parameters = NULL;

    if (!next)
        return;
    uri_add_parameter(&query, "state", in->state);
    uri_add_parameter(&query, "service_id", in->service_id);
    uri_add_parameter(&query, "q", in->q);
    uri_add_parameter(&query, "cursor", next);
    parameters = text_take(&query);
    if (parameters)
        snprintf(call->link, sizeof(call->link), "</api/v1/desk/requests?%slimit=%ld>; rel=\"next\"", parameters, in->limit);
}

bool desk_requests_list(struct call *call)
{
    const struct desk_requests_list_input *in = call->input;
    AUTO(free) char *next = NULL;
    bool good = request_desk_list(&call->caller, in, &call->body, &next, &call->problem);

    link_next(call, in, next);
    return good;
}

bool desk_requests_get(struct call *call)
{
    const struct desk_requests_get_input *in = call->input;
    long version = 0;
    bool good = request_desk_get(&call->caller, in->request_id, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool desk_requests_files_get(struct call *call)
{
    const struct desk_requests_files_get_input *in = call->input;
    AUTO_FILE struct file file = { 0 };
    return file_of_desk(&call->caller, in->request_id, in->file_id, &file, &call->problem) && download_file(call, &file);
}

bool desk_request_states_create(struct call *call)
{
    long version = 0;
    bool good = request_desk_change(&call->caller, call->input, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool desk_requests_pdf_get(struct call *call)
{
    const struct desk_requests_pdf_get_input *in = call->input;
    AUTO(free) char *request = NULL;
    long version;

    return request_desk_get(&call->caller, in->request_id, &request, &version, &call->problem) && download_request(call, request, in->language);
}
