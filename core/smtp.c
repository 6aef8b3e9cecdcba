#include "smtp.h"

#include "cleanup.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_S = 10, WHOLE_S = 30 };

DEFINE_AUTO(CURL, curl_easy_cleanup)
DEFINE_AUTO(struct curl_slist, curl_slist_free_all)

struct reading { const char *text; size_t left; };
struct reply { char start[16]; }; /* of the server's last line but its farewell: `550 5.1.1 ` and the like */

static size_t read_text(char *to, size_t size, size_t count, void *of)
{
    struct reading *reading = of;
    size_t n = size * count < reading->left ? size * count : reading->left;
    memcpy(to, reading->text, n);
    reading->text += n;
    reading->left -= n;
    return n;
}

static size_t read_reply(char *line, size_t size, size_t count, void *of)
{
    struct reply *reply = of;
    if (size * count >= 3 && strncmp(line, "221", 3) != 0) /* the farewell after a refusal */
        snprintf(reply->start, sizeof(reply->start), "%.*s", (int)(size * count), line);
    return size * count;
}

static void set_server(CURL *curl, const struct smtp_server *server)
{
    char url[300];
    bool implicit = strcmp(server->tls, "tls") == 0, six = strchr(server->host, ':');

    snprintf(url, sizeof(url), "%s://%s%s%s:%d", implicit ? "smtps" : "smtp", six ? "[" : "", server->host, six ? "]" : "", server->port);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(strcmp(server->tls, "none") == 0 ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* the environment's proxies are none of ours */
    if (server->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
    if (server->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    }
}

/* Only what is said of the mailbox or of the mail is final. Everything else is the operator's to mend, and no mail may be lost until then:
 * a greeting, a login, a sender that is refused, or a relay that does not take mail from us (5.7.x of RFC 3463, 3.8). */
static bool final(const char *error, const struct reply *reply, bool text_sent)
{
    long code = strtol(reply->start, NULL, 10);
    return (text_sent || strncmp(error, "RCPT", 4) == 0) && code >= 550 && code <= 554 && strncmp(reply->start + 3, " 5.7.", 5) != 0;
}

enum smtp_result smtp_send(const struct smtp_server *server, const char *from, const char *to, const char *text, size_t length,
                           char *ret_error, size_t error_room)
{
    AUTO(curl_easy_cleanup) CURL *curl = curl_easy_init();
    AUTO(curl_slist_free_all) struct curl_slist *recipients = curl_slist_append(NULL, to);
    char error[CURL_ERROR_SIZE] = "";
    struct reading reading = { text, length };
    struct reply reply = { "" };

    if (!curl || !recipients)
        return snprintf(ret_error, error_room, "out of memory"), SMTP_LATER;
    set_server(curl, server);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_text);
    curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, read_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error); /* begins with the command that was refused: `RCPT failed: 550` */

    CURLcode result = curl_easy_perform(curl);
    if (result == CURLE_OK)
        return SMTP_SENT;
    snprintf(ret_error, error_room, "%s (server's answer: %.3s)", *error ? error : curl_easy_strerror(result),
             *reply.start ? reply.start : "---");
    return final(error, &reply, reading.left < length) ? SMTP_NEVER : SMTP_LATER;
}
