#include "body.h"

#include "input.h"

#include <string.h>

static const char *const types[] = {
    [BODY_JSON] = "application/json",
    [BODY_FORM] = "application/x-www-form-urlencoded",
    [BODY_FILE] = "application/octet-stream",
};

/* The type itself, or the type with parameters. */
static bool type_is(const char *given, const char *wanted)
{
    size_t n = strlen(wanted);
    return given && strncasecmp(given, wanted, n) == 0 && strchr("; \t", given[n]);
}

bool body_check(const struct route *route, const struct _u_request *http, const struct settings *settings, struct call *call)
{
    size_t length = http->binary_body_length;
    int most = route->body == BODY_FILE ? settings->file_bytes : settings->body_bytes;

    if (length > (size_t)most)
        return fail(&call->problem, PROBLEM_TOO_LARGE, "At most %d bytes are taken", most);
    if (route->body == BODY_NONE)
        return length == 0 || fail(&call->problem, PROBLEM_MALFORMED, "This takes no body");
    if (!type_is(u_map_get_case(http->map_header, "Content-Type"), types[route->body]))
        return fail(&call->problem, PROBLEM_MEDIA_TYPE, "Send Content-Type: %s", types[route->body]);
    if (route->body == BODY_FILE)
        call->file = (struct call_file){ http->binary_body, length };
    return true;
}

bool body_read(const struct route *route, const struct _u_request *http, int json_depth, struct uri *uri, json_t **ret_body,
               struct problem *reterr)
{
    if (route->body == BODY_JSON)
        return input_body(http->binary_body, http->binary_body_length, json_depth, ret_body, reterr);
    return route->body != BODY_FORM || uri_form(uri, http->binary_body, http->binary_body_length, reterr);
}
