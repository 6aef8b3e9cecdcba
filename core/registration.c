#include "registration.h"

#include "hasher.h"
#include "password_policy.h"
#include "pool.h"
#include "portal.h"
#include "secret.h"
#include "throttle.h"

#include <jansson.h>
#include <string.h>

static bool check(const struct registrations_create_input *in, struct problem *reterr)
{
    struct password_owner owner = { in->email, in->first_name, in->last_name };

    password_check(&portal()->policy, portal()->leaked, in->password, &owner, "password", reterr);
    if (strcmp(in->consent_version, portal()->settings->consent_version) != 0)
        fail_field(reterr, "consent_version", "outdated");
    return reterr->kind == PROBLEM_NONE;
}

bool registration_add(const struct registrations_create_input *in, const struct origin *from, struct problem *reterr)
{
    AUTO(free) char *password = NULL;
    char phc[PHC_ROOM];

    if (!check(in, reterr) || !throttle_registration(from, reterr))
        return false;
    password = password_normal(in->password);
    return hasher_hash(password, phc, reterr) &&
           query_run(Q_REGISTRATION_ADD, NULL, reterr, in->email, phc, in->title, in->first_name, in->last_name, in->language,
                     in->consent_version, from->source);
}

/* The link fits no registration: has it done its work, or was it never valid? */
static bool refuse(struct db *db, const char *hash, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_MAILED_TOKEN_USED, &rows, reterr, hash, "activation"))
        return false;
    return PQntuples(rows) > 0 ? fail(reterr, PROBLEM_LINK_USED, "The account is active: log in")
                               : fail(reterr, PROBLEM_LINK_NOT_VALID, "It was valid for 24 hours; register again");
}

static bool activate(struct db *db, const PGresult *rows, const char *hash, const struct origin *from, struct problem *reterr)
{
    const char *email = cell(rows, 0, 0);
    return db_run(db, Q_REGISTRATION_ACTIVATE, NULL, reterr, email, cell(rows, 0, 1), cell(rows, 0, 5), cell(rows, 0, 6), cell(rows, 0, 8),
                  cell(rows, 0, 2), cell(rows, 0, 3), cell(rows, 0, 4), hash, from->source, *from->device ? from->device : NULL) &&
           db_run(db, Q_REGISTRATION_REMOVE_REST, NULL, reterr, email);
}

bool registration_activate(const char *token, const struct origin *from, char **ret_json, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    char hash[SECRET_HASH_ROOM];

    secret_hash(token, hash);
    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_REGISTRATION_HOLD, NULL, reterr, hash, NULL) ||
        !db_run(db, Q_REGISTRATION_CLAIM, &rows, reterr, hash))
        return false;
    if (PQntuples(rows) == 0)
        return refuse(db, hash, reterr);
    if (!activate(db, rows, hash, from, reterr) || !tx_commit(&tx, reterr))
        return reterr->kind == PROBLEM_CONFLICT ? fail(reterr, PROBLEM_LINK_NOT_VALID, "The address has an account by now: log in") : false;

    json_auto_t *answer = json_pack("{ss}", "email", cell(rows, 0, 0));
    *ret_json = answer ? json_dumps(answer, JSON_COMPACT) : NULL;
    return *ret_json || fail_internal(reterr, "out of memory");
}
