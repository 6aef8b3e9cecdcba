/* What a desk does with requests. See request.h. */
#include "outbox.h"
#include "pool.h"
#include "request.h"

#include <ctype.h>
#include <string.h>

static bool page_read(struct db *db, const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_DESK_REQUEST_GET, &rows, reterr, caller_account(caller), caller_client(caller), request))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such request to your desks");
    if (!cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_version = cell_long(rows, 0, 1);
    return true;
}

bool request_desk_get(const struct caller *caller, const char *request, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    return pool_take(&db, reterr) && page_read(db, caller, request, ret_json, ret_version, reterr);
}

/* A part of a request's number as people type it: without hyphens and blanks, and with what request_number() leaves out read as what it looks
 * like. Empty where it can be no number. */
static void number_of(const char *typed, char *ret_number, size_t room)
{
    size_t n = 0;

    *ret_number = '\0';
    for (; *typed; typed++) {
        char sign = (char)toupper((unsigned char)*typed);
        if (strchr("- ", sign))
            continue;
        if (!isalnum((unsigned char)sign) || n + 1 >= room)
            return;
        ret_number[n++] = sign == 'O' ? '0' : strchr("IL", sign) ? '1' : sign;
    }
    ret_number[n] = '\0';
}

bool request_desk_list(const struct caller *caller, const struct desk_requests_list_input *in, char **ret_json, char **ret_next,
                       struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *next = NULL;
    char number[16] = "";

    if (in->q)
        number_of(in->q, number, sizeof(number));
    if (!query_run(Q_DESK_REQUEST_LIST, &rows, reterr, caller_account(caller), caller_client(caller), in->state, in->service_id, in->q, number,
                   in->cursor, DEC(in->limit)))
        return false;
    if (!cell_true(rows, 0, 2))
        return fail_field(reterr, "cursor", "wrong");
    if ((cell(rows, 0, 1) && !cell_copy(rows, 0, 1, &next, reterr)) || !cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_next = TAKE(next);
    return true;
}

/* Held by desk_request_hold: whether the caller may take it to the new state. */
static bool check(const PGresult *rows, const struct desk_request_states_create_input *in, struct problem *reterr)
{
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such request to your desks");
    if (!cell_true(rows, 0, 2))
        return fail(reterr, PROBLEM_FORBIDDEN, "Your role at the desk is to read");
    if (cell_long(rows, 0, 0) != strtol(in->if_match + 1, NULL, 10))
        return fail(reterr, PROBLEM_PRECONDITION_FAILED, "Read the request again, then answer it");
    return cell_true(rows, 0, 1) || fail(reterr, PROBLEM_CONFLICT, "The request cannot become %s from where it is", in->state);
}

/* The mail says that there is something new, not what: mail is no place for what an authority writes. */
static bool tell(struct db *db, const PGresult *changed, const char *request, struct problem *reterr)
{
    struct mail_value values[] = {
        { "number", cell(changed, 0, 0) }, { "service", cell(changed, 0, 1) }, { "request", request }, { NULL, NULL } };
    return !cell(changed, 0, 2) || outbox_add(db, "request_changed", cell(changed, 0, 3), cell(changed, 0, 2), NULL, values, reterr);
}

bool request_desk_change(const struct caller *caller, const struct desk_request_states_create_input *in, char **ret_json, long *ret_version,
                         struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(PQclear) PGresult *changed = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };
    const char *account = caller_account(caller), *client = caller_client(caller);
    long version;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_DESK_REQUEST_OWNER_HOLD, NULL, reterr, in->request_id) ||
        !db_run(db, Q_DESK_REQUEST_HOLD, &rows, reterr, account, client, in->request_id, in->state) || !check(rows, in, reterr) ||
        !db_run(db, Q_DESK_REQUEST_CHANGE, &changed, reterr, account, client, in->request_id, in->state, in->text) ||
        !tell(db, changed, in->request_id, reterr) || !page_read(db, caller, in->request_id, &json, &version, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_version = version;
    *ret_json = TAKE(json);
    return true;
}
