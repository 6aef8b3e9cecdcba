#pragma once
#include "hasher.h"

/* Passwords as PHC strings by argon2id, on the calling thread (in a process of its own: hash_child.h). Each thread keeps its 19 MiB from
 * one hash to the next: mapping them anew each time costs a tenth of the hash. */

/* A new PHC string with today's parameters and a salt of its own. */
bool argon2id_make(const char *password, char ret_phc[PHC_ROOM]);

/* Whether the password fits; false where the PHC string cannot be read. */
bool argon2id_fits(const char *phc, const char *password, bool *ret_fits);

/* Whether a PHC string was made with less than today's parameters. */
bool argon2id_outdated(const char *phc);

/* A PHC string of today's parameters that fits no password: salt and tag are random, so nothing has to be hashed for it. */
void argon2id_nobody(char ret_phc[PHC_ROOM]);

/* Frees what the calling thread keeps. */
void argon2id_done(void);
