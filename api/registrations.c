#include "../core/registration.h"
#include "contract.h"

bool registrations_create(struct call *call)
{
    call->status = 202;
    return registration_add(call->input, &call->caller.from, &call->problem);
}

bool activations_create(struct call *call)
{
    const struct activations_create_input *in = call->input;
    return registration_activate(in->token, &call->caller.from, &call->body, &call->problem);
}
