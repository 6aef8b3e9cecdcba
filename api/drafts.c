#include "../core/draft.h"
#include "contract.h"
#include "download.h"

#include <stdio.h>

static bool answer_version(struct call *call, bool good, long version)
{
    snprintf(call->etag, sizeof(call->etag), "\"%ld\"", version);
    return good;
}

bool request_drafts_get(struct call *call)
{
    const struct request_drafts_get_input *in = call->input;
    long version = 0;
    bool good = draft_get(&call->caller, in->service_id, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool request_drafts_save(struct call *call)
{
    long version = 0;
    bool good = draft_save(&call->caller, call->input, &call->body, &version, &call->problem);
    return answer_version(call, good, version);
}

bool request_drafts_delete(struct call *call)
{
    const struct request_drafts_delete_input *in = call->input;
    return draft_delete(&call->caller, in->service_id, &call->problem);
}

bool request_files_add(struct call *call)
{
    const struct request_files_add_input *in = call->input;
    call->status = 201;
    return file_add(&call->caller, in->service_id, in->name, call->file.bytes, call->file.size, &call->body, &call->problem);
}

bool request_files_get(struct call *call)
{
    const struct request_files_get_input *in = call->input;
    AUTO_FILE struct file file = { 0 };
    return file_of_draft(&call->caller, in->service_id, in->file_id, &file, &call->problem) && download_file(call, &file);
}

bool request_files_delete(struct call *call)
{
    const struct request_files_delete_input *in = call->input;
    return file_remove(&call->caller, in->service_id, in->file_id, &call->problem);
}
