#include "desk.h"

#include "email_address.h"
#include "pool.h"

#include <string.h>

bool desk_staff_check(const struct caller *caller, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_DESK_STAFF_CHECK, &rows, reterr, caller->account) &&
           (cell_true(rows, 0, 0) || fail(reterr, PROBLEM_FORBIDDEN, "This is for the staff of service desks"));
}

bool desk_save(const struct desk_facts *facts, bool *ret_new, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!*facts->name || !email_address_valid(facts->email))
        return fail(reterr, PROBLEM_BAD_INPUT, "A desk needs a name and an e-mail address; '%.80s' is none", facts->email);
    if (!query_run(Q_DESK_SAVE, &rows, reterr, facts->name, facts->email, facts->phone, facts->address, facts->opening_hours, facts->url))
        return false;
    *ret_new = cell_true(rows, 0, 0);
    return true;
}

bool desk_list(FILE *to, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_DESK_LIST, &rows, reterr))
        return false;
    for (int i = 0; i < PQntuples(rows); i++)
        fprintf(to, "%s  %s  %s service(s)  %s member(s) of staff\n", PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 2),
                PQgetvalue(rows, i, 3));
    return true;
}

bool desk_staff_add(const char *desk, const char *email, const char *role, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (strcmp(role, "reader") != 0 && strcmp(role, "clerk") != 0)
        return fail(reterr, PROBLEM_BAD_INPUT, "The role is reader or clerk, not '%.40s'", role);
    if (!query_run(Q_DESK_STAFF_ADD, &rows, reterr, desk, email, role))
        return false;
    if (!cell_true(rows, 0, 0))
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no desk '%.60s'", desk);
    return cell_true(rows, 0, 1) || fail(reterr, PROBLEM_NOT_FOUND, "There is no account '%.60s'", email);
}

bool desk_staff_remove(const char *desk, const char *email, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_DESK_STAFF_REMOVE, &rows, reterr, desk, email) &&
           (PQntuples(rows) > 0 || fail(reterr, PROBLEM_NOT_FOUND, "'%.60s' is not staff of '%.60s'", email, desk));
}

bool desk_staff_list(const char *desk, FILE *to, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_DESK_STAFF_LIST, &rows, reterr, desk))
        return false;
    for (int i = 0; i < PQntuples(rows); i++)
        fprintf(to, "%s  %s  %s\n", PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 2));
    return true;
}
