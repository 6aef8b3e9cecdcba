#include "../../core/smtp.h"

#include "tap.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

/* A mail server that answers one connection, and gives one of its steps an answer of the test's own. */
struct server { int socket, port; const char *step, *answer; };

/* What stands at a step: "greeting", "text", or the command in four letters. */
static const char *answer_at(const struct server *server, const char *step)
{
    static const char *const usual[][2] = { { "greeting", "220 hello" }, { "DATA", "354 go on" }, { "QUIT", "221 bye" } };
    if (strcmp(step, server->step) == 0)
        return server->answer;
    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
        if (strcmp(step, usual[i][0]) == 0)
            return usual[i][1];
    return "250 fine";
}

static void *serve(void *of)
{
    const struct server *server = of;
    int peer = accept(server->socket, NULL, NULL);
    FILE *in = fdopen(peer, "r");
    char line[1000], step[20] = "greeting";

    while (in && dprintf(peer, "%s\r\n", answer_at(server, step)) > 0 && fgets(line, sizeof(line), in)) {
        bool text = strcmp(step, "DATA") == 0 && strncmp(answer_at(server, step), "354", 3) == 0;
        while (text && strcmp(line, ".\r\n") != 0 && fgets(line, sizeof(line), in))
            ;
        snprintf(step, sizeof(step), "%.4s", text ? "text" : line);
    }
    if (in)
        fclose(in);
    return NULL;
}

static bool listen_at(struct server *server, int family)
{
    struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct sockaddr_in old = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = family == AF_INET6 ? sizeof(at) : sizeof(old);
    struct sockaddr *address = family == AF_INET6 ? (struct sockaddr *)&at : (struct sockaddr *)&old;

    server->socket = socket(family, SOCK_STREAM, 0);
    if (server->socket < 0 || bind(server->socket, address, n) != 0 || listen(server->socket, 1) != 0 || getsockname(server->socket, address, &n) != 0)
        return false;
    server->port = ntohs(family == AF_INET6 ? at.sin6_port : old.sin_port);
    return true;
}

static enum smtp_result send_to(struct server *server, const char *host, char *ret_error, size_t room)
{
    static const char text[] = "Subject: x\r\n\r\n.\r\nx\r\n";
    struct smtp_server to = { .host = host, .port = server->port, .tls = "none" };
    pthread_t thread;

    pthread_create(&thread, NULL, serve, server);
    enum smtp_result result = smtp_send(&to, "portal@portal.example", "ada@example.org", text, strlen(text), ret_error, room);
    shutdown(server->socket, SHUT_RDWR); /* ends a wait for a client that never came */
    pthread_join(thread, NULL);
    close(server->socket);
    return result;
}

static const struct { const char *step, *answer; enum smtp_result result; const char *why; } cases[] = {
    { "", "", SMTP_SENT, "a willing server has the mail" },
    { "RCPT", "550 5.1.1 ada@example.org is not here", SMTP_NEVER, "a mailbox that is not there is final" },
    { "RCPT", "553 no such name", SMTP_NEVER, "... said in the old way as well" },
    { "text", "554 5.6.0 what a mail", SMTP_NEVER, "a mail that is refused is final" },
    { "text", "552 too large", SMTP_NEVER, "... one too large as well" },
    { "RCPT", "450 4.2.0 later", SMTP_LATER, "a greylist is not" },
    { "text", "451 later", SMTP_LATER, "nor a full disk" },
    { "RCPT", "554 5.7.1 relay access denied", SMTP_LATER, "a relay that does not know us is the operator's to mend" },
    { "MAIL", "550 who are you", SMTP_LATER, "... so is a sender that it does not take" },
    { "MAIL", "553 5.7.1 not your address", SMTP_LATER, "... or not from us" },
    { "greeting", "554 no mail here", SMTP_LATER, "... a host that takes no mail" },
    { "greeting", "421 busy", SMTP_LATER, "... one that is busy" },
    { "DATA", "554 no", SMTP_LATER, "... and one that wants no text" },
};

int main(void)
{
    char error[200];
    struct server server = { 0 };

    curl_global_init(CURL_GLOBAL_DEFAULT);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        server.step = cases[i].step;
        server.answer = cases[i].answer;
        *error = '\0';
        enum smtp_result result = listen_at(&server, AF_INET) ? send_to(&server, "127.0.0.1", error, sizeof(error)) : SMTP_LATER;
        ok(result == cases[i].result, "%s", cases[i].why);
        ok((result == SMTP_SENT) == !*error && !strstr(error, "ada@"), "... and the reason names nobody: %s", error);
    }
    server.step = "";
    if (listen_at(&server, AF_INET6))
        ok(send_to(&server, "::1", error, sizeof(error)) == SMTP_SENT, "a host may be an IPv6 address");
    ok(smtp_send(&(struct smtp_server){ .host = "127.0.0.1", .port = 1, .tls = "none" }, "a@b.example", "c@d.example", "x", 1, error, sizeof(error)) == SMTP_LATER,
       "a server that is away is waited for");
    curl_global_cleanup();
    return done();
}
