#include "../core/search.h"
#include "../core/catalogue.h"
#include "contract.h"

bool services_suggest(struct call *call)
{
    call->cache_seconds = CATALOGUE_SECONDS;
    return search_suggest(call->input, &call->body, &call->problem);
}
