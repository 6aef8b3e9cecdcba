#include "catalogue.h"

#include "pool.h"
#include "secret.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* A cursor is a mark of the list, a dot, and the id of the last service of the page: one of another list would silently skip services. */
enum { MARK = 8 };

static bool list_mark(const struct services_list_input *in, char ret_mark[MARK + 2], struct problem *reterr)
{
    const char *parts[] = { in->q, in->topic, in->situation, in->audience, in->letter };
    AUTO_TEXT struct text all = TEXT(4000);
    AUTO(free) char *whole = NULL;
    char hash[SECRET_HASH_ROOM];

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        text_addf(&all, "%s\n", parts[i] ? parts[i] : "");
    whole = text_take(&all);
    if (!whole)
        return fail_internal(reterr, "out of memory");
    secret_hash(whole, hash);
    snprintf(ret_mark, MARK + 2, "%.*s.", MARK, hash);
    return true;
}

/* The service that a cursor names; *ret_after is NULL without a cursor. */
static bool cursor_read(const char *cursor, const char *mark, const char **ret_after, struct problem *reterr)
{
    if (cursor && strncmp(cursor, mark, MARK + 1) != 0)
        return fail_field(reterr, "cursor", "wrong");
    *ret_after = cursor ? cursor + MARK + 1 : NULL;
    return true;
}

/* By name, or by how well they fit what is searched for. */
static bool list_page(const struct services_list_input *in, const char *after, const char *mark, PGresult **ret_rows, struct problem *reterr)
{
    if (in->q)
        return query_run(Q_SERVICES_SEARCH, ret_rows, reterr, in->topic, in->situation, in->audience, in->letter, after, DEC(in->limit), mark, in->q);
    return query_run(Q_SERVICES_LIST, ret_rows, reterr, in->topic, in->situation, in->audience, in->letter, after, DEC(in->limit), mark);
}

bool catalogue_list(const struct services_list_input *in, char **ret_json, char **ret_next, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *next = NULL;
    char mark[MARK + 2];
    const char *after = NULL;

    if (!list_mark(in, mark, reterr) || !cursor_read(in->cursor, mark, &after, reterr) ||
        !list_page(in, after, mark, &rows, reterr))
        return false;
    if (!cell_true(rows, 0, 2))
        return fail_field(reterr, "cursor", "outdated");
    if ((cell(rows, 0, 1) && !cell_copy(rows, 0, 1, &next, reterr)) || !cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_next = TAKE(next);
    return true;
}

bool catalogue_get(const char *service, char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_SERVICES_GET, &rows, reterr, service))
        return false;
    return PQntuples(rows) > 0 ? cell_copy(rows, 0, 0, ret_json, reterr) : fail(reterr, PROBLEM_NOT_FOUND, "There is no such service");
}

bool catalogue_form(const char *service, char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_SERVICES_FORM_GET, &rows, reterr, service))
        return false;
    return PQntuples(rows) > 0 ? cell_copy(rows, 0, 0, ret_json, reterr) : fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service");
}

bool catalogue_topics(char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run_(Q_SERVICE_TOPICS_LIST, &rows, reterr, NULL, 0) && cell_copy(rows, 0, 0, ret_json, reterr);
}
