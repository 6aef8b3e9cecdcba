#pragma once
#include "hasher.h"

#include <sys/types.h>

/* Hashes in a process of its own, one for each hash thread. A kernel that shares time between groups of processes (autogroups, control
 * groups) lets a thread at nice 19 use up the share of its whole group: quick calls of the portal and of the database then wait for the
 * hashes. A process in a session of its own, whose group is at nice 19 as well, takes only what nobody else wants.
 *
 * The child is this very program, started with the one word HASH_CHILD_WORD, with a socket as its standard input. It ends when that
 * closes: with its parent, however that ends. Passwords pass through the socket alone. */

#define HASH_CHILD_WORD "hash"

struct hash_child { pid_t process; int socket; };
#define HASH_CHILD_NONE { .process = -1, .socket = -1 }

/* Hashes (phc NULL) or compares; see argon2id.h. Starts the child where there is none, and once more where it has died. */
bool hash_child_ask(struct hash_child *child, const char *phc, const char *password, char ret_made[PHC_ROOM], bool *ret_fits);

/* Ends the child; accepts one that was never started. */
void hash_child_stop(struct hash_child *child);

/* What the child does: answers until its standard input ends. The exit status. */
int hash_child_main(void);
