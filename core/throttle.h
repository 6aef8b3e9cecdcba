#pragma once
#include "caller.h"
#include "db.h"

/* Bounds for what costs something or reaches others; the counters are in the database, so that all processes share them. */

/* Registrations, one-time passwords and contact messages of one source. PROBLEM_TOO_MANY with the seconds to wait. */
bool throttle_registration(const struct origin *from, struct problem *reterr);
bool throttle_reset(const struct origin *from, struct problem *reterr);
bool throttle_contact(const struct origin *from, struct problem *reterr);

/* Refused logins of clients. */
bool throttle_client(const struct origin *from, struct problem *reterr);

/* Whether one more mail of a kind that anybody can cause may go to an address: five in an hour. Each kind counts for itself, so that
 * nobody can keep others from their one-time password by contact messages in their name. */
bool throttle_mail(struct db *db, const char *kind, const char *address, bool *ret_may, struct problem *reterr);

/* A password is asked for again by a session: counted like a login for the same address. throttle_password_right takes the try back. */
struct password_try { char at[40]; };
bool throttle_password(const char *email, const struct origin *from, struct password_try *ret_try, struct problem *reterr);
bool throttle_password_right(const char *email, const struct origin *from, const struct password_try *try, struct problem *reterr);
