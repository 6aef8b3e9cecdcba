#include "search.h"

#include "pool.h"

bool search_suggest(const struct services_suggest_input *in, char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_SERVICES_SUGGEST, &rows, reterr, in->q, DEC(in->limit)) && cell_copy(rows, 0, 0, ret_json, reterr);
}
