#include "../core/contact.h"
#include "contract.h"

bool contact_create(struct call *call)
{
    call->status = 202;
    return contact_add(call->input, &call->caller.from, &call->problem);
}
