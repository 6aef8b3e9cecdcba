#pragma once
#include "../core/settings.h"

/* The two ports. */

/* Opens the public and the operations port; from here on calls are answered. */
bool server_start(const struct settings *settings, struct problem *reterr);

/* Accepts no more connections, lets calls under way end for at most drain_s seconds, then closes the ports. */
void server_stop(int drain_s);

/* Whether server_stop has begun: /readyz says so. */
bool server_stopping(void);
