#pragma once
#include "password_policy.h"
#include "settings.h"

/* What every subject of the core may look up: settings and rules, read at the start and never changed. */
struct portal {
    const struct settings *settings;
    struct password_policy policy;
    struct leaked_passwords *leaked;
};

const struct portal *portal(void);

bool portal_start(const struct settings *settings, struct problem *reterr);
void portal_stop(void);
