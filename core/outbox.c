#include "outbox.h"

#include "mail.h"
#include "pool.h"
#include "portal.h"
#include "smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum { VALUES_MOST = 8 };

static char password[256];

bool outbox_start(struct problem *reterr)
{
    const char *path = portal()->settings->smtp_password_file;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    *password = '\0';
    if (!*path)
        return true;
    FILE *file = fopen(path, "re");
    bool good = file && fgets(password, sizeof(password), file);
    if (file)
        fclose(file);
    password[strcspn(password, "\r\n")] = '\0';
    return good || fail(reterr, PROBLEM_INTERNAL, "PORTAL_SMTP_PASSWORD_FILE (%.80s) cannot be read", path);
}

void outbox_stop(void)
{
    explicit_bzero(password, sizeof(password));
    curl_global_cleanup();
}

bool outbox_add(struct db *db, const char *template, const char *language, const char *to, const char *reply_to,
                const struct mail_value *values, struct problem *reterr)
{
    const struct settings *settings = portal()->settings;
    struct mail_value all[VALUES_MOST] = { { "portal", settings->name }, { "portal_url", settings->public_url } };
    AUTO(free) char *subject = NULL;
    AUTO(free) char *body = NULL;

    for (size_t i = 0; values && values[i].name && i + 3 < VALUES_MOST; i++)
        all[i + 2] = values[i];
    return mail_text(template, language, all, &subject, &body, reterr) &&
           db_run(db, Q_OUTBOX_ADD, NULL, reterr, template, to, reply_to, subject, body);
}

static enum smtp_result send_row(const PGresult *rows, char *ret_error, size_t room)
{
    const struct settings *s = portal()->settings;
    struct smtp_server server = { .host = s->smtp_host, .port = s->smtp_port, .tls = s->smtp_tls, .user = *s->smtp_user ? s->smtp_user : NULL,
                                  .password = password, .ca_file = *s->smtp_ca_file ? s->smtp_ca_file : NULL };
    struct mail mail = { .id = cell(rows, 0, 0), .from = s->mail_from, .from_name = s->name, .to = cell(rows, 0, 1),
                         .reply_to = cell(rows, 0, 2), .subject = cell(rows, 0, 3), .body = cell(rows, 0, 4) };
    AUTO(free) char *text = NULL;
    size_t length;
    struct problem problem = { 0 };

    if (!mail_compose(&mail, &text, &length, &problem))
        return snprintf(ret_error, room, "%s", problem.cause), SMTP_NEVER;
    return smtp_send(&server, mail.from, mail.to, text, length, ret_error, room);
}

/* The mail has gone, but the database may be away: it is written down before anything else is sent, so that it is not sent twice. */
static bool write_down_sent(char *unwritten, struct problem *reterr)
{
    if (*unwritten && !query_run(Q_OUTBOX_SENT, NULL, reterr, unwritten))
        return false;
    *unwritten = '\0';
    return true;
}

bool outbox_step(bool *ret_worked, struct problem *reterr)
{
    static _Thread_local char unwritten[37];
    AUTO(PQclear) PGresult *rows = NULL;
    char error[200] = "";

    if (!write_down_sent(unwritten, reterr) || !query_run(Q_OUTBOX_TAKE, &rows, reterr))
        return false;
    *ret_worked = PQntuples(rows) > 0;
    if (!*ret_worked)
        return true;
    const char *id = cell(rows, 0, 0);
    enum smtp_result result = send_row(rows, error, sizeof(error));
    if (result == SMTP_SENT) {
        snprintf(unwritten, sizeof(unwritten), "%s", id);
        return write_down_sent(unwritten, reterr);
    }
    snprintf(reterr->cause, sizeof(reterr->cause), "mail %s, try %s: %s", id, PQgetvalue(rows, 0, 5), error);
    return query_run(Q_OUTBOX_RETRY, NULL, reterr, id, error, BOOL(result == SMTP_NEVER));
}
