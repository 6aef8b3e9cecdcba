#pragma once
#include "db.h"
#include "mail_text.h"

/* Mail owed: added in the transaction of the change that owes it, sent by a worker. */

/* One mail by template, to an address, in a language. values end with a NULL name; {{portal}} and {{portal_url}} come by themselves.
 * reply_to may be NULL. */
bool outbox_add(struct db *db, const char *template, const char *language, const char *to, const char *reply_to,
                const struct mail_value *values, struct problem *reterr);

/* Sends one mail that is due. *ret_worked: there was one, sent or not; its failure is written down for the next try and put into *reterr's
 * cause (kind PROBLEM_NONE), so that the caller can log it. */
bool outbox_step(bool *ret_worked, struct problem *reterr);

/* Reads the SMTP password's file. A problem's detail is a sentence for the operator. */
bool outbox_start(struct problem *reterr);
void outbox_stop(void);
