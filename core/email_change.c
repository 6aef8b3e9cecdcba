#include "email_change.h"

#include "account.h"
#include "outbox.h"
#include "pool.h"
#include "portal.h"
#include "secret.h"
#include "throttle.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *device_of(const struct origin *from)
{
    return *from->device ? from->device : NULL;
}

static bool check(const struct me_email_change_create_input *in, const struct account_facts *facts, struct problem *reterr)
{
    if (strcasecmp(in->new_email, in->new_email_repeated) != 0)
        fail_field(reterr, "new_email_repeated", "differs");
    if (strcasecmp(in->new_email, facts->email) == 0)
        fail_field(reterr, "new_email", "same");
    return reterr->kind == PROBLEM_NONE;
}

/* Whose the new address is shows in its own mailbox alone. */
static bool mail_new_address(struct db *db, const char *address, const char *language, const char *token, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    bool may;
    char link[320];
    struct mail_value values[] = { { "link", link }, { NULL, NULL } };

    snprintf(link, sizeof(link), "%s/confirm-email#token=%s", portal()->settings->public_url, token);
    if (!throttle_mail(db, "email_change", address, &may, reterr) || !db_run(db, Q_EMAIL_KNOWN, &rows, reterr, address))
        return false;
    if (!may)
        return true;
    bool taken = PQntuples(rows) > 0;
    return outbox_add(db, taken ? "email_change_taken" : "email_change_confirm", taken ? cell(rows, 0, 0) : language, address, NULL, values, reterr);
}

bool email_change_add(const struct caller *caller, const struct me_email_change_create_input *in, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO_TX struct tx tx = { 0 };
    struct account_facts facts;
    char token[SECRET_ROOM], hash[SECRET_HASH_ROOM];

    if (!account_facts_read(caller->account, &facts, reterr) || !check(in, &facts, reterr) ||
        !account_ask_password(caller, in->password, "password", &facts, reterr))
        return false;
    secret_new(token);
    secret_hash(token, hash);
    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_ACCOUNT_LOCK, NULL, reterr, caller->account) ||
        !db_run(db, Q_EMAIL_CHANGE_ADD, &rows, reterr, caller->account, hash, in->new_email, facts.email, caller->from.source,
                device_of(&caller->from), facts.password_hash))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_CONFLICT, "The password was changed in the meantime");
    return mail_new_address(db, in->new_email, facts.language, token, reterr) &&
           outbox_add(db, "email_change_notice", facts.language, facts.email, NULL, NULL, reterr) && tx_commit(&tx, reterr);
}

bool email_change_confirm(const char *token, const struct origin *from, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(PQclear) PGresult *used = NULL;
    char hash[SECRET_HASH_ROOM];

    secret_hash(token, hash);
    if (!pool_take(&db, reterr) || !db_run(db, Q_EMAIL_CHANGE_CONFIRM, &rows, reterr, hash, from->source, device_of(from)))
        return false;
    if (PQntuples(rows) > 0)
        return true;
    if (!db_run(db, Q_MAILED_TOKEN_USED, &used, reterr, hash, "email_change"))
        return false;
    return PQntuples(used) > 0 ? fail(reterr, PROBLEM_LINK_USED, "The address is confirmed: log in with the old one")
                               : fail(reterr, PROBLEM_LINK_NOT_VALID, "It was valid for 24 hours, or was cancelled");
}
