#include "smtp.h"

#include "cleanup.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum { CONNECT_S = 10, WHOLE_S = 30 };

DEFINE_AUTO(CURL, curl_easy_cleanup)
DEFINE_AUTO(struct curl_slist, curl_slist_free_all)

struct reading { const char *text; size_t left; };

static size_t read_text(char *to, size_t size, size_t count, void *of)
{
    struct reading *reading = of;
    size_t n = size * count < reading->left ? size * count : reading->left;
    memcpy(to, reading->text, n);
    reading->text += n;
    reading->left -= n;
    return n;
}

static void set_server(CURL *curl, const struct smtp_server *server)
{
    char url[300];
    bool implicit = strcmp(server->tls, "tls") == 0;

    snprintf(url, sizeof(url), "%s://%s:%d", implicit ? "smtps" : "smtp", server->host, server->port);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(strcmp(server->tls, "none") == 0 ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* the environment's proxies are none of ours */
    if (server->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    }
}

enum smtp_result smtp_send(const struct smtp_server *server, const char *from, const char *to, const char *text, size_t length,
                           char *ret_error, size_t error_room)
{
    AUTO(curl_easy_cleanup) CURL *curl = curl_easy_init();
    AUTO(curl_slist_free_all) struct curl_slist *recipients = curl_slist_append(NULL, to);
    struct reading reading = { text, length };
    long code = 0;

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

    CURLcode result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    if (result == CURLE_OK)
        return SMTP_SENT;
    snprintf(ret_error, error_room, "%s (server's answer: %ld)", curl_easy_strerror(result), code);
    /* Only what is said of the mailbox or the mail is final; 530 and 535, say, are about our own login, which the operator mends. */
    return code >= 550 && code <= 554 ? SMTP_NEVER : SMTP_LATER;
}
