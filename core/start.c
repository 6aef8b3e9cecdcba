#include "start.h"

#include "pool.h"

#include <string.h>

/* What would not help is not asked for: nobody gets a better account for a service that cannot be started online or is not for people.
 * A visitor may come back as an organisation, so the audience is told once somebody has logged in. */
static void decide(struct start *start, const struct caller *caller, enum level needed, bool organisations_only)
{
    bool visitor = !*caller->account;

    start->offline = !start->form && !start->url;
    if (start->offline)
        return;
    start->login = visitor;
    start->organisation = organisations_only && !visitor;
    if (!start->organisation && needed > (visitor ? LEVEL_LOW : caller->level))
        start->level = needed;
    start->plus_suffices = start->level == LEVEL_SUBSTANTIAL && caller->kind != KIND_PLUS;
}

bool start_decide(struct db *db, const struct caller *caller, const char *service, struct start *ret_start, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    struct start start = { 0 };

    if (db ? !db_run(db, Q_SERVICES_START, &rows, reterr, service) : !query_run(Q_SERVICES_START, &rows, reterr, service))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such service");
    start.form = cell_true(rows, 0, 2);
    if (cell(rows, 0, 3) && !cell_copy(rows, 0, 3, &start.url, reterr))
        return false;
    decide(&start, caller, (enum level)cell_long(rows, 0, 0), cell_true(rows, 0, 1));
    *ret_start = start;
    return true;
}

bool start_ready(const struct start *start)
{
    return !start->login && !start->organisation && !start->offline && start->level == LEVEL_LOW;
}

void start_done(struct start *start)
{
    free(start->url);
    start->url = NULL;
}
