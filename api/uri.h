#pragma once
#include "../core/problem.h"

#include <stddef.h>

/* A request's target and form, decoded strictly: a broken or NUL escape, invalid UTF-8 or a name given twice is refused rather than mended. */

enum { URI_VALUES = 16, URI_ROOM = 2048 };

struct uri_value { const char *name, *value; };

struct uri {
    char room[URI_ROOM]; /* what the pointers below point into */
    size_t used;
    const char *path;    /* as it came, without the query: routes are matched before anything is decoded */
    struct uri_value query[URI_VALUES], form[URI_VALUES], variables[URI_VALUES];
    int query_count, form_count, variables_count;
};

/* Splits a target such as /me/activity?limit=5 and decodes its query. */
bool uri_read(struct uri *uri, const char *target, struct problem *reterr);

/* Decodes a body of application/x-www-form-urlencoded; after uri_read, into the same room. */
bool uri_form(struct uri *uri, const char *text, size_t n, struct problem *reterr);

/* Whether the path fits a route such as /sessions/{session_id}; ret_fits only, nothing is decoded. */
bool uri_fits(const char *path, const char *pattern);

/* Decodes the variables of a path that fits. */
bool uri_variables(struct uri *uri, const char *path, const char *pattern, struct problem *reterr);

/* A value by name, or NULL. */
const char *uri_query(const struct uri *uri, const char *name);
const char *uri_form_value(const struct uri *uri, const char *name);
const char *uri_variable(const struct uri *uri, const char *name);

/* The other way: adds `name=value&` to a query, the value escaped; nothing where it is NULL. */
struct text;
void uri_add_parameter(struct text *query, const char *name, const char *value);
