#include "contact.h"

#include "outbox.h"
#include "pool.h"
#include "portal.h"
#include "throttle.h"

bool contact_add(const struct contact_create_input *in, const struct origin *from, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO_TX struct tx tx = { 0 };
    struct mail_value values[] = {
        { "name", in->name }, { "email", in->email }, { "subject", in->subject }, { "message", in->message }, { NULL, NULL } };
    bool may;

    if (!throttle_contact(from, reterr) || !pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) ||
        !outbox_add(db, "contact", in->language, portal()->settings->contact_email, in->email, values, reterr) ||
        !throttle_mail(db, "contact_receipt", in->email, &may, reterr))
        return false;
    if (may && !outbox_add(db, "contact_receipt", in->language, in->email, NULL, NULL, reterr))
        return false;
    return tx_commit(&tx, reterr);
}
