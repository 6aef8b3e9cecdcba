/* Editing the profile. See account.h. */
#include "account.h"
#include "pool.h"

#include <stdio.h>
#include <string.h>

/* What stands in the account while it is held for the change. */
struct held { long version; const char *locked, *today; };

static bool is_locked(const struct held *held, const char *name)
{
    char wanted[40];
    snprintf(wanted, sizeof(wanted), ",%s,", name);
    return strstr(held->locked, wanted) != NULL;
}

static bool check(const struct me_update_input *in, const struct held *held, struct problem *reterr)
{
    const struct { const char *name; bool given; } fields[] = {
        { "title", in->title_given },
        { "first_name", in->first_name != NULL },
        { "last_name", in->last_name != NULL },
        { "birth_date", in->birth_date_given },
        { "place_of_birth", in->place_of_birth_given },
        { "birth_name", in->birth_name_given },
        { "nationality", in->nationality_given },
        { "address", in->address_given },
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        if (fields[i].given && is_locked(held, fields[i].name))
            fail_field(reterr, fields[i].name, "locked");
    if (in->birth_date && strcmp(in->birth_date, held->today) > 0) /* both are YYYY-MM-DD */
        fail_field(reterr, "birth_date", "range");
    if (reterr->kind != PROBLEM_NONE)
        return false;
    return strtol(in->if_match + 1, NULL, 10) == held->version || fail(reterr, PROBLEM_PRECONDITION_FAILED, "Read it again, then change it");
}

static bool change(struct db *db, const struct caller *caller, const struct me_update_input *in, struct problem *reterr)
{
    return db_run(db, Q_PROFILE_CHANGE, NULL, reterr, caller->account, in->first_name, in->last_name, BOOL(in->title_given), in->title,
                  BOOL(in->birth_date_given), in->birth_date, BOOL(in->place_of_birth_given), in->place_of_birth, BOOL(in->birth_name_given),
                  in->birth_name, BOOL(in->nationality_given), in->nationality, BOOL(in->phone_given), in->phone, BOOL(in->address_given),
                  in->address.street, in->address.house_number, in->address.postal_code, in->address.town,
                  in->address.street ? in->address.country : NULL, in->language, caller->from.source,
                  *caller->from.device ? caller->from.device : NULL);
}

bool account_change(const struct caller *caller, const struct me_update_input *in, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(PQclear) PGresult *page = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_ACCOUNT_LOCK, &rows, reterr, caller->account))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_SESSION_ENDED, "The account is gone");
    struct held held = { cell_long(rows, 0, 0), PQgetvalue(rows, 0, 1), PQgetvalue(rows, 0, 2) };
    if (!check(in, &held, reterr) || !change(db, caller, in, reterr) || !db_run(db, Q_ACCOUNT_GET, &page, reterr, caller->account) ||
        !cell_copy(page, 0, 0, &json, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_version = cell_long(page, 0, 1);
    *ret_json = TAKE(json);
    return true;
}
