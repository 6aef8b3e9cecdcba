#include "answer.h"

#include "../core/secret.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_BLOCK = 64 * 1024 };

#define COOKIE "__Host-session"

static void put(struct _u_response *response, const char *name, const char *value)
{
    u_map_put(response->map_header, name, value);
}

void answer_defaults(struct _u_map *headers, bool https)
{
    /* KERN's icons are data: images; nothing else comes from anywhere but here, and nothing is inline. */
    u_map_put(headers, "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
              "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    u_map_put(headers, "X-Content-Type-Options", "nosniff");
    u_map_put(headers, "Referrer-Policy", "no-referrer");
    u_map_put(headers, "Cross-Origin-Opener-Policy", "same-origin");
    u_map_put(headers, "Cross-Origin-Resource-Policy", "same-origin");
    u_map_put(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    if (https)
        u_map_put(headers, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
}

/* A session cookie lives as long as the session may: closing the browser does not log out. */
static void put_cookie(struct _u_response *response, const struct call *call)
{
    char cookie[256];
    if (*call->session_secret)
        snprintf(cookie, sizeof(cookie), COOKIE "=%s; Path=/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict", call->session_secret);
    else if (call->session_over)
        snprintf(cookie, sizeof(cookie), COOKIE "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict");
    else
        return;
    put(response, "Set-Cookie", cookie);
}

/* What is the same for everyone may be kept; its content names it. */
static void put_caching(struct _u_response *response, struct call *call)
{
    char keep[40], hash[SECRET_HASH_ROOM];

    snprintf(keep, sizeof(keep), call->cache_seconds ? "public, max-age=%d" : "no-store", call->cache_seconds);
    put(response, "Cache-Control", keep);
    if (call->cache_seconds && !*call->etag) {
        secret_hash(call->body, hash);
        snprintf(call->etag, sizeof(call->etag), "\"%.32s\"", hash);
    }
    if (*call->etag)
        put(response, "ETag", call->etag);
}

/* RFC 9110, 13.1.2: one of a list, each perhaps weakened by a server that packs answers on the way, or a star. */
static bool has_already(const struct _u_request *request, const char *etag)
{
    const char *have = u_map_get_case(request->map_header, "If-None-Match");
    return have && (strcmp(have, "*") == 0 || strstr(have, etag));
}

static atomic_int streaming;

int answer_streaming(void)
{
    return streaming;
}

static ssize_t stream_read(void *of, uint64_t at, char *to, size_t room)
{
    const struct call_stream *stream = of;
    size_t size;

    if (at >= stream->size)
        return U_STREAM_END;
    return stream->read(stream->of, at, to, room, &size) ? (ssize_t)size : (ssize_t)U_STREAM_ERROR;
}

static void stream_done(void *of)
{
    struct call_stream *stream = of;
    stream->done(stream->of);
    free(stream);
    streaming--;
}

/* From now on the HTTP server asks for the pieces, in this connection's thread, and says when it is done. */
static void put_stream(struct _u_response *response, const struct call_stream *given)
{
    struct call_stream *stream = malloc(sizeof(*stream));

    if (!stream) {
        given->done(given->of);
        response->status = 500;
        return;
    }
    *stream = *given;
    streaming++;
    ulfius_set_stream_response(response, (unsigned)response->status, stream_read, stream_done, stream->size, STREAM_BLOCK, stream);
}

void answer_call(struct _u_response *response, const struct _u_request *request, struct call *call)
{
    put_cookie(response, call);
    put_caching(response, call);
    if (*call->link)
        put(response, "Link", call->link);
    if (*call->disposition)
        put(response, "Content-Disposition", call->disposition);
    if (call->authenticate)
        put(response, "WWW-Authenticate", call->authenticate);
    if (call->cache_seconds && has_already(request, call->etag)) {
        response->status = 304;
        return;
    }
    response->status = call->status ? call->status : call->body || call->stream.read ? 200 : 204;
    if (!call->body && !call->stream.read)
        return;
    put(response, "Content-Type", call->content_type ? call->content_type : "application/json");
    if (call->stream.read) {
        put_stream(response, &call->stream);
        return;
    }
    response->binary_body_length = call->body_length ? call->body_length : strlen(call->body);
    response->binary_body = TAKE(call->body);
}

static json_t *problem_json(const struct problem *p)
{
    json_t *errors = json_array();
    for (int i = 0; i < p->fields_count; i++) {
        const char *code = p->fields[i].code;
        json_array_append_new(errors, json_pack("{ss, ss, ss}", "field", problem_field_name(p, i), "code", code, "detail",
                                                problem_field_detail(code)));
    }
    json_t *body = json_pack("{ss, ss, si, ss}", "type", problem_slug(p->kind), "title", problem_title(p->kind), "status",
                             problem_status(p->kind), "detail", p->detail);
    if (p->fields_count > 0)
        json_object_set(body, "errors", errors);
    json_decref(errors);
    return body;
}

static void put_waiting(struct _u_response *response, const struct problem *p)
{
    char seconds[16];
    snprintf(seconds, sizeof(seconds), "%d", p->retry_after);
    put(response, "Retry-After", seconds);
    if (p->kind == PROBLEM_TOO_MANY) {
        put(response, "RateLimit-Remaining", "0");
        put(response, "RateLimit-Reset", seconds);
    }
}

void answer_problem(struct _u_response *response, const struct problem *p)
{
    json_auto_t *body = problem_json(p);

    response->status = problem_status(p->kind);
    response->binary_body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    response->binary_body_length = response->binary_body ? strlen(response->binary_body) : 0;
    put(response, "Content-Type", "application/problem+json");
    put(response, "Cache-Control", "no-store");
    if (p->retry_after > 0)
        put_waiting(response, p);
    if (response->status == 401)
        put(response, "WWW-Authenticate", "Bearer realm=\"portal\"");
}

void answer_page(struct _u_response *response, const struct _u_request *request, const struct page *page, int status)
{
    const char *have = u_map_get_case(request->map_header, "If-None-Match");
    const char *takes = u_map_get_case(request->map_header, "Accept-Encoding");
    bool packed = page->packed && takes && strstr(takes, "gzip");

    put(response, "ETag", page->etag);
    put(response, "Cache-Control", "no-cache"); /* asked again each time, answered by 304 */
    put(response, "Vary", "Accept-Encoding");
    if (status == 200 && have && strcmp(have, page->etag) == 0) {
        response->status = 304;
        return;
    }
    put(response, "Content-Type", page->content_type);
    if (packed)
        put(response, "Content-Encoding", "gzip");
    ulfius_set_binary_body_response(response, (unsigned)status, packed ? page->packed : page->bytes,
                                    packed ? page->packed_length : page->length);
}
