#include "figures.h"

#include "db.h"

bool figures_outbox(struct outbox_figures *ret_outbox, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    if (!query_run(Q_OUTBOX_STATE, &rows, reterr))
        return false;
    *ret_outbox = (struct outbox_figures){ cell_long(rows, 0, 0), cell_long(rows, 0, 1) };
    return true;
}

bool figures_jobs(void (*each)(const struct job_figures *job, void *of), void *of, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    if (!query_run(Q_JOB_LIST, &rows, reterr))
        return false;
    for (int i = 0; i < PQntuples(rows); i++) {
        struct job_figures job = { cell(rows, i, 0), cell_long(rows, i, 1), cell_long(rows, i, 2) };
        each(&job, of);
    }
    return true;
}

bool figures_schema(long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    if (!query_run(Q_SCHEMA_VERSION, &rows, reterr))
        return false;
    *ret_version = cell_long(rows, 0, 0);
    return true;
}
