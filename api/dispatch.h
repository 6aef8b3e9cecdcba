#pragma once
#include "../core/settings.h"

#include <ulfius.h>

/* The one callback for every request of a port: finds the route and takes the call through it. See ARCHITECTURE.md, "One way in". */

void dispatch_start(const struct settings *settings);
int dispatch_public(const struct _u_request *request, struct _u_response *response, void *unused);
int dispatch_operations(const struct _u_request *request, struct _u_response *response, void *unused);

/* Calls under way. */
int dispatch_running(void);
