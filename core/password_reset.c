#include "password_reset.h"

#include "db.h"
#include "throttle.h"

bool password_reset_add(const struct password_resets_create_input *in, const struct origin *from, struct problem *reterr)
{
    return throttle_reset(from, reterr) &&
           query_run(Q_PASSWORD_RESET_ADD, NULL, reterr, in->email, from->source, *from->device ? from->device : NULL);
}
