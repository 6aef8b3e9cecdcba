#include "account.h"

#include "hasher.h"
#include "outbox.h"
#include "password_policy.h"
#include "pool.h"
#include "portal.h"
#include "throttle.h"

#include <stdio.h>
#include <string.h>

static const char *device_of(const struct caller *caller)
{
    return *caller->from.device ? caller->from.device : NULL;
}

static bool page_read(const PGresult *rows, char **ret_json, long *ret_version, struct problem *reterr)
{
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_SESSION_ENDED, "The account is gone");
    *ret_version = cell_long(rows, 0, 1);
    return cell_copy(rows, 0, 0, ret_json, reterr);
}

bool account_get(const char *account, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_ACCOUNT_GET, &rows, reterr, account) && page_read(rows, ret_json, ret_version, reterr);
}

bool account_facts_read(const char *account, struct account_facts *ret_facts, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    struct account_facts facts;

    if (!query_run(Q_ACCOUNT_FACTS, &rows, reterr, account))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_SESSION_ENDED, "The account is gone");
    snprintf(facts.email, sizeof(facts.email), "%s", PQgetvalue(rows, 0, 0));
    snprintf(facts.password_hash, sizeof(facts.password_hash), "%s", PQgetvalue(rows, 0, 1));
    snprintf(facts.first_name, sizeof(facts.first_name), "%s", PQgetvalue(rows, 0, 2));
    snprintf(facts.last_name, sizeof(facts.last_name), "%s", PQgetvalue(rows, 0, 3));
    snprintf(facts.language, sizeof(facts.language), "%s", PQgetvalue(rows, 0, 4));
    *ret_facts = facts;
    return true;
}

static bool wrong(const char *field, struct problem *reterr)
{
    fail_field(reterr, field, "wrong");
    return fail(reterr, PROBLEM_WRONG_PASSWORD, "The password of the account is asked for");
}

bool account_ask_password(const struct caller *caller, const char *password, const char *field, struct account_facts *ret_facts,
                          struct problem *reterr)
{
    AUTO(free) char *normal = password_normal(password);
    struct account_facts facts;
    struct password_try try;
    bool match, outdated;

    if (!normal)
        return wrong(field, reterr);
    if (!account_facts_read(caller->account, &facts, reterr) || !throttle_password(facts.email, &caller->from, &try, reterr) ||
        !hasher_verify(facts.password_hash, normal, &match, &outdated, reterr))
        return false;
    if (!match)
        return wrong(field, reterr);
    *ret_facts = facts;
    return throttle_password_right(facts.email, &caller->from, &try, reterr);
}

/* What of the new password can be told before the old one is asked for. */
static bool check_new_password(const struct me_password_update_input *in, const struct caller *caller, const struct account_facts *facts,
                               struct problem *reterr)
{
    struct password_owner owner = { facts->email, facts->first_name, facts->last_name };

    password_check(&portal()->policy, portal()->leaked, in->new_password, &owner, "new_password", reterr);
    if (!in->old_password && !caller->new_password_due)
        fail_field(reterr, "old_password", "missing");
    if (in->old_password && strcmp(in->old_password, in->new_password) == 0)
        fail_field(reterr, "new_password", "same");
    return reterr->kind == PROBLEM_NONE;
}

bool account_password_change(const struct caller *caller, const struct me_password_update_input *in, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *password = NULL;
    AUTO_TX struct tx tx = { 0 };
    struct account_facts facts;
    char phc[PHC_ROOM];

    if (!account_facts_read(caller->account, &facts, reterr) || !check_new_password(in, caller, &facts, reterr) ||
        (!caller->new_password_due && !account_ask_password(caller, in->old_password, "old_password", &facts, reterr)))
        return false;
    password = password_normal(in->new_password);
    if (!hasher_hash(password, phc, reterr) || !pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) ||
        !db_run(db, Q_ACCOUNT_LOCK, NULL, reterr, caller->account) ||
        !db_run(db, Q_PASSWORD_CHANGE, &rows, reterr, caller->account, facts.password_hash, phc, caller->session, caller->from.source,
                device_of(caller)))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_CONFLICT, "The password was changed in the meantime");
    return outbox_add(db, "password_changed", facts.language, facts.email, NULL, NULL, reterr) && tx_commit(&tx, reterr);
}

bool account_delete(const struct caller *caller, const struct me_delete_input *in, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    struct account_facts facts;

    if (!account_ask_password(caller, in->password, "password", &facts, reterr) || !pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) ||
        !db_run(db, Q_ACCOUNT_DELETE, &rows, reterr, caller->account, facts.password_hash))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_CONFLICT, "The password was changed in the meantime");
    return outbox_add(db, "account_deleted", facts.language, facts.email, NULL, NULL, reterr) && tx_commit(&tx, reterr);
}

bool account_export(const struct caller *caller, char **ret_json, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!query_run(Q_EXPORT_SEEN, NULL, reterr, caller->account, caller->from.source, device_of(caller)) ||
        !query_run(Q_ACCOUNT_EXPORT, &rows, reterr, caller->account, caller->session))
        return false;
    return PQntuples(rows) > 0 ? cell_copy(rows, 0, 0, ret_json, reterr) : fail(reterr, PROBLEM_SESSION_ENDED, "The account is gone");
}

bool activity_list(const struct caller *caller, const struct me_activity_list_input *in, char **ret_json, char **ret_next,
                   struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *next = NULL;

    if (!query_run(Q_ACTIVITY_LIST, &rows, reterr, caller->account, in->cursor, DEC(in->limit)) ||
        (cell(rows, 0, 1) && !cell_copy(rows, 0, 1, &next, reterr)) || !cell_copy(rows, 0, 0, ret_json, reterr))
        return false;
    *ret_next = TAKE(next);
    return true;
}
