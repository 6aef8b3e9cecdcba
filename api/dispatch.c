#include "dispatch.h"

#include "../core/database.h"
#include "../core/network.h"
#include "../core/secret.h"
#include "access.h"
#include "answer.h"
#include "body.h"
#include "metrics.h"
#include "uri.h"

#include <arpa/inet.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <yder.h>

#define BASE "/api/v1"
#define COOKIE "__Host-session"

static const struct settings *settings;
static atomic_int running;

/* What one request needs beside its call. */
struct request {
    const struct _u_request *http;
    const char *target; /* path and query below the port's base */
    const struct route *route;
    struct uri uri;
    json_t *body;
};

void dispatch_start(const struct settings *of)
{
    settings = of;
}

int dispatch_running(void)
{
    return running + answer_streaming();
}

static const char *header(const struct _u_request *http, const char *name)
{
    return u_map_get_case(http->map_header, name);
}

static const char *request_text(const void *of, enum field_place place, const char *name)
{
    const struct request *request = of;
    return place == IN_PATH    ? uri_variable(&request->uri, name)
           : place == IN_QUERY ? uri_query(&request->uri, name)
           : place == IN_FORM  ? uri_form_value(&request->uri, name)
                               : header(request->http, name);
}

static void origin_read(const struct _u_request *http, struct origin *ret_from)
{
    char peer[INET6_ADDRSTRLEN] = "0.0.0.0";
    const char *device = header(http, "User-Agent");
    const struct sockaddr *address = http->client_address;

    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, peer, sizeof(peer));
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, peer, sizeof(peer));
    source_of(peer, header(http, "X-Forwarded-For"), settings->trusted_proxies, ret_from->source, sizeof(ret_from->source));

    /* Printable ASCII alone: it is shown to people and kept in the database. */
    for (size_t n = 0; device && *device && n < sizeof(ret_from->device) - 1; device++)
        if (*device >= ' ' && *device <= '~')
            ret_from->device[n++] = *device;
}

/* The route of a request. Where the path is known but not the method, the methods that are go into ret_allow. */
static const struct route *route_find(enum port port, const char *method, const char *path, char *ret_allow, size_t room)
{
    size_t n = 0;
    const char *matched = NULL; /* "/sessions/others" is no session: the first path that fits is the one */

    for (size_t i = 0; i < routes_count; i++) {
        if (routes[i].port != port || (matched ? strcmp(matched, routes[i].path) != 0 : !uri_fits(path, routes[i].path)))
            continue;
        matched = routes[i].path;
        if (strcmp(routes[i].method, method) == 0)
            return &routes[i];
        n += (size_t)snprintf(ret_allow + n, n < room ? room - n : 0, "%s%s", n ? ", " : "", routes[i].method);
    }
    return NULL;
}

/* A page of another site can send requests, but not hide where it comes from. */
static bool check_origin(const struct request *r, struct call *call)
{
    const char *origin = header(r->http, "Origin");
    if (!origin || strcmp(r->route->method, "GET") == 0 || strcmp(origin, settings->public_url) == 0)
        return true;
    return fail(&call->problem, PROBLEM_FOREIGN_ORIGIN, "The portal's pages come from %.100s", settings->public_url);
}

/* RFC 6585, 3: whoever changes a thing says which version of it was read. */
static bool check_precondition(const struct request *r, struct call *call)
{
    for (size_t i = 0; i < r->route->fields_count; i++)
        if (r->route->fields[i].place == IN_HEADER && strcmp(r->route->fields[i].name, "If-Match") == 0 && !header(r->http, "If-Match"))
            return fail(&call->problem, PROBLEM_PRECONDITION_REQUIRED, "Send If-Match with the ETag that was read");
    return true;
}

static bool read_input(struct request *r, struct call *call, void *ret_input)
{
    struct input_source source = { .text = request_text, .of = r };

    if (!uri_variables(&r->uri, r->uri.path, r->route->path, &call->problem))
        return false;
    if (!body_read(r->route, r->http, settings->json_depth, &r->uri, &r->body, &call->problem))
        return false;
    if ((int)json_object_size(r->body) < r->route->body_min)
        return fail_field(&call->problem, "", "empty");
    for (int i = 0; i < r->uri.query_count; i++) {
        bool known = false;
        for (size_t f = 0; f < r->route->fields_count; f++)
            known |= r->route->fields[f].place == IN_QUERY && strcmp(r->route->fields[f].name, r->uri.query[i].name) == 0;
        if (!known)
            fail_field(&call->problem, r->uri.query[i].name, "unknown");
    }
    source.body = r->body;
    call->input = ret_input;
    return input_read(&source, r->route->fields, r->route->fields_count, ret_input, &call->problem);
}

/* Cheap refusals first: what needs no database is refused without a connection. */
static bool call_run(struct request *r, struct call *call)
{
    _Alignas(max_align_t) char input[INPUT_ROOM] = { 0 };
    struct credentials given = { .authorization = header(r->http, "Authorization"), .cookie = u_map_get(r->http->map_cookie, COOKIE) };

    return uri_read(&r->uri, r->target, &call->problem) && check_origin(r, call) && body_check(r->route, r->http, settings, call) &&
           access_read(r->route, &given, &call->problem) && check_precondition(r, call) && read_input(r, call, input) &&
           access_check(r->route, &given, call) && r->route->handler(call);
}

/* The one place that logs a call: no body, no address, no name. A route's pattern rather than its path, since paths hold ids. */
static void log_call(const char *id, const struct request *r, const struct call *call, const struct _u_response *response, double seconds)
{
    char account[65] = "-";
    bool bad = call->problem.kind == PROBLEM_INTERNAL || call->problem.kind == PROBLEM_UNAVAILABLE;

    if (*call->caller.account)
        secret_hash(call->caller.account, account);
    y_log_message(bad ? Y_LOG_LEVEL_ERROR : Y_LOG_LEVEL_INFO, "request id=%s method=%s route=%s status=%ld ms=%.1f account=%.12s problem=%s%s%s%s",
                  id, r->route ? r->route->method : "-", r->route ? r->route->path : "-", response->status, seconds * 1000, account,
                  call->problem.kind ? problem_slug(call->problem.kind) : "-", *call->problem.cause ? " cause=\"" : "",
                  call->problem.cause, *call->problem.cause ? "\"" : "");
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* Below the API's base or on the operations port: everything is a route or a problem. */
static void answer_route(enum port port, struct request *r, struct call *call, struct _u_response *response)
{
    char allow[64] = "", path[512];

    snprintf(path, sizeof(path), "%.*s", (int)strcspn(r->target, "?"), r->target);
    r->route = route_find(port, r->http->http_verb, path, allow, sizeof(allow));
    if (r->route && call_run(r, call)) {
        answer_call(response, r->http, call);
        return;
    }
    if (!r->route && *allow)
        fail(&call->problem, PROBLEM_METHOD_NOT_ALLOWED, "Allowed here: %s", allow);
    else if (!r->route)
        fail(&call->problem, PROBLEM_NOT_FOUND, "The contract names no such path");
    answer_problem(response, &call->problem);
    if (*allow && !r->route)
        u_map_put(response->map_header, "Allow", allow);
}

/* Above the API: the pages. A person who asks for nothing that exists is told so by the start page, in words. */
static void answer_site(const struct request *r, struct call *call, struct _u_response *response)
{
    char path[512];
    const char *accept = header(r->http, "Accept");
    bool reads = strcmp(r->http->http_verb, "GET") == 0 || strcmp(r->http->http_verb, "HEAD") == 0;
    size_t n = strcspn(r->target, "?");

    snprintf(path, sizeof(path), "%.*s", (int)n, r->target);
    const struct page *page = n < sizeof(path) ? site_find(path) : NULL;
    if (reads && page) {
        answer_page(response, r->http, page, 200);
    } else if (page) {
        fail(&call->problem, PROBLEM_METHOD_NOT_ALLOWED, "Pages can be read, no more");
        answer_problem(response, &call->problem);
        u_map_put(response->map_header, "Allow", "GET, HEAD");
    } else if (reads && site_index() && accept && strstr(accept, "text/html")) {
        answer_page(response, r->http, site_index(), 404);
    } else {
        fail(&call->problem, PROBLEM_NOT_FOUND, "There is no such page");
        answer_problem(response, &call->problem);
    }
}

static int dispatch(enum port port, const struct _u_request *http, struct _u_response *response)
{
    struct timespec start;
    char id[SECRET_ROOM];
    struct call call = { 0 };
    struct request r = { .http = http, .target = http->http_url };
    bool based = strncmp(http->http_url, BASE, strlen(BASE)) == 0 && strchr("/?", http->http_url[strlen(BASE)]);
    bool api = strncmp(http->http_url, "/api", 4) == 0 && strchr("/?", http->http_url[4]); /* no version but ours is there, and no page */

    clock_gettime(CLOCK_MONOTONIC, &start);
    running++;
    secret_new(id);
    id[16] = '\0';
    u_map_put(response->map_header, "X-Request-Id", id);
    origin_read(http, &call.caller.from);
    if (port == PORT_PUBLIC && based)
        r.target += strlen(BASE);

    if (port == PORT_OPERATIONS || api)
        answer_route(port, &r, &call, response);
    else
        answer_site(&r, &call, response);

    pool_release();
    double seconds = seconds_since(&start);
    metrics_count(r.route ? (size_t)(r.route - routes) : routes_count, (int)response->status, seconds);
    log_call(id, &r, &call, response, seconds);
    json_decref(r.body);
    free(call.body);
    running--;
    return U_CALLBACK_COMPLETE;
}

int dispatch_public(const struct _u_request *request, struct _u_response *response, void *unused)
{
    (void)unused;
    return dispatch(PORT_PUBLIC, request, response);
}

int dispatch_operations(const struct _u_request *request, struct _u_response *response, void *unused)
{
    (void)unused;
    return dispatch(PORT_OPERATIONS, request, response);
}
