#include "uri.h"

#include "../core/text.h"

#include <ctype.h>
#include <glib.h>
#include <string.h>

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

/* Decodes n bytes into the uri's room; NULL where they are broken, hold a NUL, are no UTF-8 or do not fit. */
static const char *decoded(struct uri *uri, const char *from, size_t n, bool plus_is_blank)
{
    char *start = uri->room + uri->used, *to = start;

    if (uri->used + n + 1 > sizeof(uri->room))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        int c = (unsigned char)from[i];
        if (c == '+' && plus_is_blank)
            c = ' ';
        if (c == '%') {
            if (i + 2 >= n || hex(from[i + 1]) < 0 || hex(from[i + 2]) < 0)
                return NULL;
            c = hex(from[i + 1]) * 16 + hex(from[i + 2]);
            i += 2;
        }
        if (c == 0)
            return NULL;
        *to++ = (char)c;
    }
    *to = '\0';
    uri->used += (size_t)(to - start) + 1;
    return g_utf8_validate(start, to - start, NULL) ? start : NULL;
}

static bool broken(struct problem *reterr)
{
    return fail(reterr, PROBLEM_MALFORMED, "The address or the form holds an escape or a value that cannot be read");
}

static const char *value_of(const struct uri_value *values, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].value;
    return NULL;
}

static bool read_pair(struct uri *uri, const char *pair, size_t n, struct uri_value *values, int *count, struct problem *reterr)
{
    const char *equals = memchr(pair, '=', n);
    size_t name_n = equals ? (size_t)(equals - pair) : n;
    const char *name = decoded(uri, pair, name_n, true);
    const char *value = equals ? decoded(uri, equals + 1, n - name_n - 1, true) : "";

    if (!name || !value || *count == URI_VALUES)
        return broken(reterr);
    if (value_of(values, *count, name))
        return fail_field(reterr, name, "duplicate");
    values[(*count)++] = (struct uri_value){ name, value };
    return true;
}

/* name=value pairs with & between */
static bool read_pairs(struct uri *uri, const char *at, size_t n, struct uri_value *values, int *count, struct problem *reterr)
{
    for (const char *end = at + n; at < end;) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        size_t pair = (size_t)((stop ? stop : end) - at);
        if (pair > 0 && !read_pair(uri, at, pair, values, count, reterr))
            return false;
        at += pair + 1;
    }
    return true;
}

bool uri_read(struct uri *uri, const char *target, struct problem *reterr)
{
    size_t n = strcspn(target, "?");

    uri->used = 0;
    uri->query_count = uri->form_count = uri->variables_count = 0;
    if (n + 1 > sizeof(uri->room))
        return broken(reterr);
    memcpy(uri->room, target, n);
    uri->room[n] = '\0';
    uri->used = n + 1;
    uri->path = uri->room;
    return !target[n] || read_pairs(uri, target + n + 1, strlen(target + n + 1), uri->query, &uri->query_count, reterr);
}

bool uri_form(struct uri *uri, const char *text, size_t n, struct problem *reterr)
{
    return read_pairs(uri, text, n, uri->form, &uri->form_count, reterr);
}

bool uri_fits(const char *path, const char *pattern)
{
    while (*path && *pattern) {
        if (*pattern == '{') {
            size_t n = strcspn(path, "/");
            if (n == 0)
                return false;
            path += n;
            pattern += strcspn(pattern, "}") + 1;
        } else if (*path++ != *pattern++) {
            return false;
        }
    }
    return *path == *pattern;
}

bool uri_variables(struct uri *uri, const char *path, const char *pattern, struct problem *reterr)
{
    while (*path && *pattern) {
        if (*pattern != '{') {
            path++;
            pattern++;
            continue;
        }
        size_t n = strcspn(path, "/"), name_n = strcspn(pattern, "}");
        const char *value = decoded(uri, path, n, false);
        const char *name = decoded(uri, pattern + 1, name_n - 1, false);
        if (!value || !name || uri->variables_count == URI_VALUES)
            return broken(reterr);
        uri->variables[uri->variables_count].name = name;
        uri->variables[uri->variables_count++].value = value;
        path += n;
        pattern += name_n + 1;
    }
    return true;
}

const char *uri_query(const struct uri *uri, const char *name)
{
    return value_of(uri->query, uri->query_count, name);
}

const char *uri_form_value(const struct uri *uri, const char *name)
{
    return value_of(uri->form, uri->form_count, name);
}

const char *uri_variable(const struct uri *uri, const char *name)
{
    return value_of(uri->variables, uri->variables_count, name);
}

/* RFC 3986, 2.3: all but unreserved characters are escaped. */
void uri_add_parameter(struct text *query, const char *name, const char *value)
{
    if (!value)
        return;
    text_addf(query, "%s=", name);
    for (const unsigned char *at = (const unsigned char *)value; *at; at++)
        text_addf(query, isalnum(*at) || strchr("-._~", *at) ? "%c" : "%%%02X", *at);
    text_add(query, "&");
}
