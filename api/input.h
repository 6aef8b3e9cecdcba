#pragma once
#include "../core/problem.h"

#include <jansson.h>
#include <stddef.h>

/* Reading inputs by the contract's tables: what is refused here never reaches a handler. */

enum field_place { IN_PATH, IN_QUERY, IN_HEADER, IN_FORM, IN_BODY };
enum field_kind { FIELD_TEXT, FIELD_INTEGER, FIELD_BOOLEAN, FIELD_OBJECT, FIELD_FREE };
enum { INPUT_ROOM = 512 }; /* bytes that any operation's input struct fits into; the generated code asserts it */

/* One input of an operation: where it comes from, what it may hold, where it goes. */
struct field {
    enum field_place place;
    enum field_kind kind;
    const char *name, *label;             /* in its object; in the whole body, with dots */
    size_t offset;                        /* in the struct of its object */
    bool required, nullable;
    size_t given;                         /* of a nullable one: where to say that it was given, null or not */
    bool bounded;                         /* whether max holds */
    long min, max;                        /* of the value, or of the length in characters */
    bool (*check)(const char *value);     /* the contract's `format` */
    int pattern;                          /* the contract's `pattern`, counted from 1 */
    const char *const *one_of;            /* the contract's `enum`, NULL at the end */
    const char *initial;                  /* the contract's `default` */
    const struct field *fields;           /* of FIELD_OBJECT */
    size_t fields_count;
};
#define ONE_OF(...) (const char *const[]){ __VA_ARGS__, NULL }

/* Generated from openapi.yaml. */
extern const char *const contract_patterns[];
extern const size_t contract_patterns_count;

/* Compiles the contract's patterns; once, before the first input_read. */
bool input_start(const char *const *patterns, size_t count, struct problem *reterr);
void input_stop(void);

/* Where a route's values come from. `text` gives a path, query or header value by name, or NULL; `body` is an object or NULL. */
struct input_source {
    const char *(*text)(const void *of, enum field_place place, const char *name);
    const void *of;
    const json_t *body;
};

/* Fills ret_input (INPUT_ROOM bytes, zeroed) by the table. All faults are collected in *reterr, not only the first one.
 * Text stays owned by the source. */
bool input_read(const struct input_source *source, const struct field *fields, size_t count, void *ret_input, struct problem *reterr);

/* Parses a body: an object of at most `depth` levels, valid UTF-8, without NUL and without a key given twice. */
bool input_body(const char *text, size_t length, int depth, json_t **ret_body, struct problem *reterr);
