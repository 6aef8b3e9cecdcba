/* The bare reference: Ulfius, a JWT check and the same two SELECTs as the portal's GET /me, and nothing else. No routing, no rules, no log.
 * GET /services/ID is the service page's one SELECT instead, for everyone.
 * reference PORT KEYFILE: answers GET on any other path; the database by libpq's environment, one connection per worker as in the portal's pool. */
#include "queries.h"

#include <jwt.h>
#include <libpq-fe.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ulfius.h>

enum { POOL = 8 };
struct query_def { const char *name; int nparams; const char *sql; };
extern const struct query_def query_defs[];
static char key[128];
static PGconn *pool[POOL];
static int idle = POOL;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t given = PTHREAD_COND_INITIALIZER;

static PGconn *take(void)
{
    pthread_mutex_lock(&lock);
    while (idle == 0)
        pthread_cond_wait(&given, &lock);
    PGconn **at = &pool[--idle], *conn = *at;
    pthread_mutex_unlock(&lock);
    if (!conn) {
        conn = PQconnectdb("");
        PQclear(PQprepare(conn, "check", query_defs[Q_SESSION_CHECK].sql, 0, NULL));
        PQclear(PQprepare(conn, "get", query_defs[Q_ACCOUNT_GET].sql, 0, NULL));
        PQclear(PQprepare(conn, "service", query_defs[Q_SERVICES_GET].sql, 0, NULL));
    }
    return conn;
}

static void give(PGconn *conn)
{
    pthread_mutex_lock(&lock);
    pool[idle++] = conn;
    pthread_cond_signal(&given);
    pthread_mutex_unlock(&lock);
}

/* GET /services/ID: what a service page shows, for everyone. */
static int answer_service(const struct _u_request *request, struct _u_response *response, void *unused)
{
    (void)unused;
    PGconn *conn = take();
    PGresult *rows = PQexecPrepared(conn, "service", 1, (const char *[]){ strrchr(request->http_url, '/') + 1 }, NULL, NULL, 0);
    give(conn);
    ulfius_set_string_body_response(response, 200, PQgetvalue(rows, 0, 0));
    u_map_put(response->map_header, "Content-Type", "application/json");
    PQclear(rows);
    return U_CALLBACK_COMPLETE;
}

static int answer(const struct _u_request *request, struct _u_response *response, void *unused)
{
    const char *bearer = u_map_get_case(request->map_header, "Authorization");
    jwt_t *jwt = NULL;
    char expires[24], begins[24];

    (void)unused;
    if (!bearer) { /* the start is measured by this: like /readyz it needs a connection */
        give(take());
        return ulfius_set_string_body_response(response, 200, "{}"), U_CALLBACK_COMPLETE;
    }
    if (jwt_decode(&jwt, bearer + 7, (unsigned char *)key, (int)strlen(key)) != 0 || jwt_get_alg(jwt) != JWT_ALG_HS256)
        return ulfius_set_string_body_response(response, 401, ""), U_CALLBACK_COMPLETE;
    snprintf(expires, sizeof(expires), "%ld", jwt_get_grant_int(jwt, "exp"));
    snprintf(begins, sizeof(begins), "%ld", jwt_get_grant_int(jwt, "nbf"));
    PGconn *conn = take();
    PGresult *session = PQexecPrepared(conn, "check", 3, (const char *[]){ jwt_get_grant(jwt, "sid"), expires, begins }, NULL, NULL, 0);
    PGresult *rows = PQexecPrepared(conn, "get", 1, (const char *[]){ PQgetvalue(session, 0, 0) }, NULL, NULL, 0);
    give(conn);
    ulfius_set_string_body_response(response, 200, PQgetvalue(rows, 0, 0));
    u_map_put(response->map_header, "Content-Type", "application/json");
    PQclear(session);
    PQclear(rows);
    jwt_free(jwt);
    return U_CALLBACK_COMPLETE;
}

int main(int argc, char **argv)
{
    struct _u_instance server;
    struct MHD_OptionItem options[] = { { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)&mhd_request_completed, NULL },
                                        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)&ulfius_uri_logger, NULL },
                                        { MHD_OPTION_END, 0, NULL } };
    FILE *file = argc == 3 ? fopen(argv[2], "re") : NULL;
    sigset_t stop;
    int caught;

    if (!file || !fgets(key, sizeof(key), file))
        return fprintf(stderr, "reference PORT KEYFILE\n"), 2;
    fclose(file);
    key[strcspn(key, "\n")] = '\0';
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    ulfius_init_instance(&server, (unsigned)strtol(argv[1], NULL, 10), NULL, NULL);
    ulfius_add_endpoint_by_val(&server, "GET", "/services", "/:id", 0, answer_service, NULL);
    ulfius_set_default_endpoint(&server, answer, NULL);
    ulfius_start_framework_with_mhd_options(&server, MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, options);
    sigwait(&stop, &caught);
    return EXIT_SUCCESS;
}
