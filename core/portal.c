#include "portal.h"

static struct portal one;

const struct portal *portal(void)
{
    return &one;
}

bool portal_start(const struct settings *settings, struct problem *reterr)
{
    one.settings = settings;
    one.policy = password_policy(settings->password_profile);
    return leaked_passwords_new(settings->leaked_passwords, &one.leaked, reterr);
}

void portal_stop(void)
{
    leaked_passwords_free(one.leaked);
    one = (struct portal){ 0 };
}
