#pragma once
#include "problem.h"

/* Keys of the program, as files in one folder (PORTAL_KEYS): `<name>.key` is in use, `<name>.previous.key` is still accepted.
 * They hold 43 random characters and are never kept in the database. */

enum { KEY_ROOM = 128 };

struct key { char text[KEY_ROOM]; }; /* empty where there is none */
struct key_pair { struct key current, previous; };

/* Reads both files. A missing current key is made where may_make (development), otherwise it is a problem whose detail is a sentence
 * for the operator. */
bool keys_read(const char *folder, const char *name, bool may_make, struct key_pair *ret_keys, struct problem *reterr);

/* The current key becomes the previous one and a new one is made. A crash in between loses neither. */
bool keys_rotate(const char *folder, const char *name, struct problem *reterr);
