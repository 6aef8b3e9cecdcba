#include "throttle.h"

#include "pool.h"

#include <stdio.h>

enum { HOUR = 3600 };

static bool waited(long seconds, struct problem *reterr)
{
    return seconds == 0 || fail_for(reterr, PROBLEM_TOO_MANY, (int)seconds, "Please wait before the next try");
}

static bool source_take(const char *scope, const struct origin *from, long most, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_THROTTLE_TAKE, &rows, reterr, scope, BOOL(false), from->source, DEC(most), DEC(HOUR)) &&
           waited(cell_long(rows, 0, 0), reterr);
}

bool throttle_registration(const struct origin *from, struct problem *reterr)
{
    return source_take("registration_source", from, 10, reterr);
}

bool throttle_reset(const struct origin *from, struct problem *reterr)
{
    return source_take("reset_source", from, 10, reterr);
}

bool throttle_contact(const struct origin *from, struct problem *reterr)
{
    return source_take("contact_source", from, 5, reterr);
}

bool throttle_client(const struct origin *from, struct problem *reterr)
{
    return source_take("client_source", from, 30, reterr);
}

bool throttle_mail(struct db *db, const char *kind, const char *address, bool *ret_may, struct problem *reterr)
{
    char scope[64];
    AUTO(PQclear) PGresult *rows = NULL;

    snprintf(scope, sizeof(scope), "mail_%s", kind);
    if (!db_run(db, Q_THROTTLE_TAKE, &rows, reterr, scope, BOOL(true), address, DEC(5), DEC(HOUR)))
        return false;
    *ret_may = cell_long(rows, 0, 0) == 0;
    return true;
}

bool throttle_password(const char *email, const struct origin *from, struct password_try *ret_try, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    if (!query_run(Q_PASSWORD_TRIED, &rows, reterr, email, from->source) || !waited(cell_long(rows, 0, 0), reterr))
        return false;
    snprintf(ret_try->at, sizeof(ret_try->at), "%s", PQgetvalue(rows, 0, 1));
    return true;
}

bool throttle_password_right(const char *email, const struct origin *from, const struct password_try *try, struct problem *reterr)
{
    return query_run(Q_PASSWORD_RIGHT, NULL, reterr, email, from->source, try->at);
}
