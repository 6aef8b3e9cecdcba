/* Logging in. See session.h. */
#include "hasher.h"
#include "outbox.h"
#include "password_policy.h"
#include "pool.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

/* What login_begin found. */
struct candidate {
    char account[37], password_hash[PHC_ROOM], tried_at[40];
    bool known, email_change_waits;
};

static const char *device_of(const struct origin *from)
{
    return *from->device ? from->device : NULL;
}

static bool candidate_find(const struct sessions_create_input *in, const struct origin *from, struct candidate *ret_candidate,
                           struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    struct candidate c = { 0 };

    if (!query_run(Q_LOGIN_BEGIN, &rows, reterr, in->email, from->source))
        return false;
    long wait = cell_long(rows, 0, 0);
    if (wait > 0)
        return fail_for(reterr, PROBLEM_TOO_MANY, (int)wait, "Please wait before the next try");
    c.known = cell(rows, 0, 2) != NULL;
    snprintf(c.tried_at, sizeof(c.tried_at), "%s", PQgetvalue(rows, 0, 1));
    snprintf(c.account, sizeof(c.account), "%s", PQgetvalue(rows, 0, 2));
    snprintf(c.password_hash, sizeof(c.password_hash), "%s", PQgetvalue(rows, 0, 3));
    c.email_change_waits = c.known && cell_true(rows, 0, 5);
    *ret_candidate = c;
    return true;
}

/* The try stays counted; the owner of the account can see it. */
static bool refuse(const struct candidate *c, const struct origin *from, struct problem *reterr)
{
    struct problem ignored = { 0 };
    query_run(Q_LOGIN_FAILED, NULL, &ignored, c->known ? c->account : NULL, from->source, device_of(from));
    return fail(reterr, PROBLEM_LOGIN_FAILED, "Is the address right, and the account activated?");
}

/* Puts the new address in the place of the old one; where somebody took it in between, everything stays as it was. */
static bool email_change_apply(struct tx *tx, struct db *db, const char *account, const struct origin *from, const char **ret_outcome,
                               struct problem *reterr)
{
    AUTO(PQclear) PGresult *claimed = NULL;
    AUTO(PQclear) PGresult *changed = NULL;
    struct problem taken = { 0 };

    if (!db_run(db, Q_EMAIL_CHANGE_CLAIM, &claimed, reterr, account))
        return false;
    if (PQntuples(claimed) == 0)
        return true;
    const char *address = cell(claimed, 0, 0);
    /* Registrations for the address first, in the order that an activation takes: the two cannot wait for each other. */
    if (!db_run(db, Q_REGISTRATION_HOLD, NULL, reterr, NULL, address) || !tx_mark(tx, reterr))
        return false;
    if (!db_run(db, Q_EMAIL_CHANGE_APPLY, &changed, &taken, account, address, from->source, device_of(from))) {
        *ret_outcome = "address_taken";
        if (taken.kind != PROBLEM_CONFLICT)
            return *reterr = taken, false;
        return tx_back(tx, reterr) && db_run(db, Q_EMAIL_CHANGE_REFUSED, NULL, reterr, account, address, from->source, device_of(from));
    }
    *ret_outcome = "completed";
    const char *old = cell(changed, 0, 0), *language = cell(changed, 0, 1);
    return outbox_add(db, "email_changed", language, old, NULL, NULL, reterr) &&
           outbox_add(db, "email_changed", language, address, NULL, NULL, reterr);
}

/* One statement; no row where the password was changed since it was looked at. */
static bool open_row(struct db *db, const struct candidate *c, const char *email, const struct origin *from, bool by_one_time_password,
                     struct session_opened *opened, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    char hash[SECRET_HASH_ROOM];

    secret_new(opened->secret);
    secret_hash(opened->secret, hash);
    if (!db_run(db, Q_SESSION_OPEN, &rows, reterr, c->account, c->password_hash, hash, by_one_time_password ? "one_time_password" : "password",
                BOOL(by_one_time_password), device_of(from), from->source, email, c->tried_at))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_LOGIN_FAILED, "The password was changed in the meantime");
    snprintf(opened->account, sizeof(opened->account), "%s", c->account);
    snprintf(opened->session, sizeof(opened->session), "%s", PQgetvalue(rows, 0, 0));
    opened->moment = cell_long(rows, 0, 1);
    opened->new_password_due = by_one_time_password;
    return cell_copy(rows, 0, 2, &opened->session_json, reterr);
}

static bool open_by_password(const struct candidate *c, const char *email, const struct origin *from, struct session_opened *opened,
                             struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO_TX struct tx tx = { 0 };

    if (!pool_take(&db, reterr))
        return false;
    if (!c->email_change_waits)
        return open_row(db, c, email, from, false, opened, reterr);
    return tx_begin(&tx, db, reterr) && open_row(db, c, email, from, false, opened, reterr) &&
           email_change_apply(&tx, db, c->account, from, &opened->email_change, reterr) && tx_commit(&tx, reterr);
}

/* 128 random bits need no slow hash. A wrong one is simply a wrong password. */
static bool open_by_one_time_password(const struct candidate *c, const struct sessions_create_input *in, const struct origin *from,
                                      struct session_opened *opened, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    char hash[SECRET_HASH_ROOM];

    one_time_password_hash(in->password, hash);
    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) ||
        !db_run(db, Q_ONE_TIME_PASSWORD_USE, &rows, reterr, c->known ? c->account : NULL, hash))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_LOGIN_FAILED, "wrong");
    return open_row(db, c, in->email, from, true, opened, reterr) && tx_commit(&tx, reterr);
}

/* Today's parameters are stronger; a failure is no reason to refuse the login. */
static void rehash(struct candidate *c, const char *password)
{
    struct problem ignored = { 0 };
    char fresh[PHC_ROOM];
    if (hasher_hash(password, fresh, &ignored) && query_run(Q_ACCOUNT_REHASH, NULL, &ignored, c->account, c->password_hash, fresh))
        snprintf(c->password_hash, sizeof(c->password_hash), "%s", fresh);
}

/* Takes the counted try back. */
static void login_untried(const char *email, const struct origin *from, const struct candidate *c)
{
    struct problem ignored = { 0 };
    (void)query_run(Q_PASSWORD_RIGHT, NULL, &ignored, email, from->source, c->tried_at);
}

bool session_open(const struct sessions_create_input *in, const struct origin *from, struct session_opened *ret_opened, struct problem *reterr)
{
    struct candidate c;
    bool match, outdated;
    AUTO(free) char *password = password_normal(in->password);
    AUTO_SESSION_OPENED struct session_opened opened = { .email_change = "none" };

    /* Whatever the address, one hash is made, and no connection is held meanwhile. */
    if (!password)
        return fail_field(reterr, "password", "format");
    if (!candidate_find(in, from, &c, reterr))
        return false;
    if (!hasher_verify(c.known ? c.password_hash : NULL, password, &match, &outdated, reterr)) {
        login_untried(in->email, from, &c); /* nobody has looked at the password */
        return false;
    }
    if (match && outdated)
        rehash(&c, password);
    bool opens = match ? open_by_password(&c, in->email, from, &opened, reterr) : open_by_one_time_password(&c, in, from, &opened, reterr);
    if (!opens)
        return reterr->kind == PROBLEM_LOGIN_FAILED ? refuse(&c, from, reterr) : false;
    *ret_opened = opened;
    opened.session_json = NULL;
    return true;
}
