#pragma once
#include "problem.h"

/* Passwords as argon2id, in a few processes of their own at nice 19 (hash_child.h), behind a bounded queue: a storm of logins gets
 * PROBLEM_BUSY and does not slow other calls down. Callers wait for their hash; hold no database connection meanwhile. */

enum { PHC_ROOM = 128 };

/* threads: as many as cores, each with a process that hashes for it, started with the first hash; queue: hashes that may wait, beyond those being made. */
bool hasher_start(int threads, int queue, struct problem *reterr);
void hasher_stop(void);

/* A new PHC string with a salt of its own. The password is taken as it is; see password_normal. */
bool hasher_hash(const char *password, char ret_phc[PHC_ROOM], struct problem *reterr);

/* Whether the password fits. Without a PHC (an unknown account) it works just as long, and does not fit. ret_outdated: it fits, but
 * its parameters are below today's; hash it anew. */
bool hasher_verify(const char *phc, const char *password, bool *ret_match, bool *ret_outdated, struct problem *reterr);

/* For the metrics. */
void hasher_depth(int *ret_waiting, int *ret_running);
