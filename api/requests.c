#include "../core/request.h"
#include "contract.h"
#include "download.h"

#include <stdio.h>

static bool answer_version(struct call *call, bool good, long version)
{
    snprintf(call->etag, sizeof(call->etag), "\"%ld\"", version);
    return good;
}

bool requests_create(struct call *call)
{
    long version = 0;
    bool good = request_submit(&call->caller, call->input, &call->body, &version, &call->problem);
    call->status = 201;
    return answer_version(call, good, version);
}

bool requests_list(struct call *call)
{
    const struct requests_list_input *in = call->input;
    AUTO(free) char *next = NULL;

    if (!request_list(&call->caller, in, &call->body, &next, &call->problem))
        return false;
    if (next)
        snprintf(call->link, sizeof(call->link), "</api/v1/requests?%s%s%scursor=%s&limit=%ld>; rel=\"next\"", in->state ? "state=" : "",
                 in->state ? in->state : "", in->state ? "&" : "", next, in->limit);
    return true;
}

bool requests_get(struct call *call)
{
    const struct requests_get_input *in = call->input;
    long version = 0;
    bool good = request_get(&call->caller, in->request_id, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool requests_withdraw(struct call *call)
{
    long version = 0;
    bool good = request_withdraw(&call->caller, call->input, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool requests_files_get(struct call *call)
{
    const struct requests_files_get_input *in = call->input;
    AUTO_FILE struct file file = { 0 };
    return file_of_request(&call->caller, in->request_id, in->file_id, &file, &call->problem) && download_file(call, &file);
}

bool requests_pdf_get(struct call *call)
{
    const struct requests_pdf_get_input *in = call->input;
    AUTO(free) char *request = NULL;
    long version;

    return request_get(&call->caller, in->request_id, &request, &version, &call->problem) && download_request(call, request, in->language);
}
