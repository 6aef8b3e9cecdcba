#include "intake.h"

#include "outbox.h"
#include "pool.h"
#include "portal.h"
#include "secret.h"
#include "throttle.h"

#include <stdio.h>

/* A new address gets a link, whose hash goes to the registration. The mail repeats nothing that was typed: its reader may be a stranger,
 * and the name an advertisement. */
static bool mail_activation(struct db *db, const PGresult *rows, struct problem *reterr)
{
    char token[SECRET_ROOM], hash[SECRET_HASH_ROOM], link[320];
    struct mail_value values[] = { { "link", link }, { NULL, NULL } };

    secret_new(token);
    secret_hash(token, hash);
    snprintf(link, sizeof(link), "%s/activate#token=%s", portal()->settings->public_url, token);
    return db_run(db, Q_REGISTRATION_DECIDE, NULL, reterr, cell(rows, 0, 0), hash) &&
           outbox_add(db, "activation", cell(rows, 0, 2), cell(rows, 0, 1), NULL, values, reterr);
}

bool intake_registration(bool *ret_worked, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    bool may;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_REGISTRATION_UNDECIDED, &rows, reterr))
        return false;
    *ret_worked = PQntuples(rows) > 0;
    if (!*ret_worked)
        return true;
    const char *owner = cell(rows, 0, 3); /* the address as its owner wrote it, where it has one */
    if (!throttle_mail(db, "registration", owner ? owner : cell(rows, 0, 1), &may, reterr))
        return false;
    /* Without its mail a registration leads nowhere: it need not wait for 24 hours. */
    bool done = may && !owner ? mail_activation(db, rows, reterr)
                              : db_run(db, Q_REGISTRATION_REMOVE, NULL, reterr, cell(rows, 0, 0)) &&
                                    (!may || outbox_add(db, "already_registered", cell(rows, 0, 4), owner, NULL, NULL, reterr));
    return done && tx_commit(&tx, reterr);
}

static bool mail_one_time_password(struct db *db, const PGresult *rows, struct problem *reterr)
{
    char password[ONE_TIME_PASSWORD_ROOM], hash[SECRET_HASH_ROOM];
    struct mail_value values[] = { { "password", password }, { NULL, NULL } };

    one_time_password_new(password);
    one_time_password_hash(password, hash);
    return db_run(db, Q_ONE_TIME_PASSWORD_ADD, NULL, reterr, cell(rows, 0, 1), hash, cell(rows, 0, 4), cell(rows, 0, 5)) &&
           outbox_add(db, "one_time_password", cell(rows, 0, 3), cell(rows, 0, 2), NULL, values, reterr);
}

bool intake_password_reset(bool *ret_worked, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    bool may = false;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_PASSWORD_RESET_UNDECIDED, &rows, reterr))
        return false;
    *ret_worked = PQntuples(rows) > 0;
    if (!*ret_worked)
        return true;
    const char *email = cell(rows, 0, 2); /* NULL: no account has the address */
    return (!email || throttle_mail(db, "password_reset", email, &may, reterr)) && (!may || mail_one_time_password(db, rows, reterr)) &&
           db_run(db, Q_PASSWORD_RESET_REMOVE, NULL, reterr, cell(rows, 0, 0)) && tx_commit(&tx, reterr);
}
