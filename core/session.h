#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"
#include "secret.h"

/* Sessions: opened by a login, alive while their user acts. */

/* The same as session_idle() and session_absolute() in SQL, which decide; a test compares them. */
enum { SESSION_IDLE_S = 20 * 60, SESSION_ABSOLUTE_S = 12 * 60 * 60, SESSION_WARNING_S = 2 * 60 };

/* A session that a client is told about. */
struct session_opened {
    char account[37], session[37];
    char secret[SECRET_ROOM];  /* for the cookie; only its hash is kept */
    long moment;               /* of the database's clock, epoch seconds */
    bool new_password_due;
    const char *email_change;  /* none, completed or address_taken */
    char *session_json;        /* owned */
};
#define AUTO_SESSION_OPENED __attribute__((cleanup(session_opened_done)))
void session_opened_done(struct session_opened *opened);

/* Logs in with a password or a one-time password. Every failure is PROBLEM_LOGIN_FAILED, in the same time; too many of them are
 * PROBLEM_TOO_MANY. Makes a confirmed change of the e-mail address active. */
bool session_open(const struct sessions_create_input *in, const struct origin *from, struct session_opened *ret_opened,
                  struct problem *reterr);

/* Fills account, session and kind of *caller if the session of a token lives and the token is valid now; PROBLEM_SESSION_ENDED if not.
 * ret_stale: session_touch is due. */
bool session_check(const char *session, long expires, long not_before, struct caller *caller, bool *ret_stale, struct problem *reterr);

/* The same by the cookie's secret. */
bool session_by_secret(const char *secret, struct caller *caller, struct problem *reterr);

/* Its user acts: written down at most every 30 seconds. */
bool session_touch(const char *session, struct problem *reterr);

/* What the contract shows of a session; ret_moment as in struct session_opened. The caller frees the text. */
bool session_current(const char *session, char **ret_json, long *ret_moment, struct problem *reterr);
bool session_list(const struct caller *caller, char **ret_json, struct problem *reterr);

/* Ends one of the caller's sessions; `event` is what the audit trail calls it. PROBLEM_NOT_FOUND where it is not the caller's. */
bool session_end(const struct caller *caller, const char *session, const char *event, struct problem *reterr);
bool session_end_others(const struct caller *caller, struct problem *reterr);
