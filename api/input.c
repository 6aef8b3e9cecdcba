#define PCRE2_CODE_UNIT_WIDTH 8
#include "input.h"

#include <errno.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pcre2_code **compiled;
static size_t compiled_count;

bool input_start(const char *const *patterns, size_t count, struct problem *reterr)
{
    compiled = calloc(count + 1, sizeof(*compiled));
    if (!compiled)
        return fail_internal(reterr, "out of memory");
    for (compiled_count = 0; compiled_count < count; compiled_count++) {
        int error;
        PCRE2_SIZE at;
        compiled[compiled_count] = pcre2_compile((PCRE2_SPTR)patterns[compiled_count], PCRE2_ZERO_TERMINATED,
                                                 PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &error, &at, NULL);
        if (!compiled[compiled_count])
            return fail_internal(reterr, "pattern %s: error %d at %zu", patterns[compiled_count], error, at);
    }
    return true;
}

void input_stop(void)
{
    for (size_t i = 0; i < compiled_count; i++)
        pcre2_code_free(compiled[i]);
    free(compiled);
    compiled = NULL;
    compiled_count = 0;
}

static bool matches(int pattern, const char *value)
{
    pcre2_match_data *found = pcre2_match_data_create(1, NULL);
    int result = found ? pcre2_match(compiled[pattern - 1], (PCRE2_SPTR)value, strlen(value), 0, 0, found, NULL) : -1;
    pcre2_match_data_free(found);
    return result >= 0;
}

static long characters(const char *utf8)
{
    long n = 0;
    for (; *utf8; utf8++)
        n += (*utf8 & 0xC0) != 0x80;
    return n;
}

static bool within(const struct field *f, long n)
{
    return n >= f->min && (!f->bounded || n <= f->max);
}

static bool listed(const char *const *list, const char *value)
{
    for (; *list; list++)
        if (strcmp(*list, value) == 0)
            return true;
    return false;
}

/* The fault of a text value, or NULL. */
static const char *text_fault(const struct field *f, const char *value)
{
    if (!within(f, characters(value)))
        return "length";
    if (f->one_of && !listed(f->one_of, value))
        return "not_allowed";
    if ((f->check && !f->check(value)) || (f->pattern && !matches(f->pattern, value)))
        return "format";
    return NULL;
}

/* Path, query and header values, and defaults, arrive as text whatever their type. */
static const char *parse(const struct field *f, const char *value, void *at)
{
    char *end;
    errno = 0;
    switch (f->kind) {
    case FIELD_TEXT:
        *(const char **)at = value;
        return text_fault(f, value);
    case FIELD_BOOLEAN:
        *(bool *)at = strcmp(value, "true") == 0;
        return *(bool *)at || strcmp(value, "false") == 0 ? NULL : "type";
    case FIELD_INTEGER:
        *(long *)at = strtol(value, &end, 10);
        return end == value || *end || value[strspn(value, "-0123456789")] ? "type"
             : errno || !within(f, *(long *)at)                            ? "range"
                                                                            : NULL;
    case FIELD_OBJECT:
    case FIELD_FREE:
        break;
    }
    return "type";
}

static const char *store(const struct field *f, const json_t *value, void *at)
{
    if (f->kind == FIELD_TEXT && json_is_string(value))
        return parse(f, json_string_value(value), at);
    if (f->kind == FIELD_BOOLEAN && json_is_boolean(value))
        return *(bool *)at = json_is_true(value), NULL;
    if (f->kind == FIELD_FREE && json_is_object(value))
        return *(const json_t **)at = value, NULL;
    if (f->kind == FIELD_INTEGER && json_is_integer(value))
        return within(f, *(long *)at = json_integer_value(value)) ? NULL : "range";
    return "type";
}

static void object_read(const json_t *object, const char *inside, const struct input_source *source, const struct field *fields, size_t count,
                        char *at, struct problem *reterr);

/* The fault of a value that came in JSON, or NULL; what is inside an object reports for itself. */
static const char *json_read(const struct field *f, const json_t *value, const struct input_source *source, char *at,
                             struct problem *reterr)
{
    if (f->nullable) {
        *(bool *)(at + f->given) = true;
        if (json_is_null(value))
            return NULL;
    }
    if (f->kind != FIELD_OBJECT)
        return store(f, value, at + f->offset);
    if (!json_is_object(value))
        return "type";
    object_read(value, f->label, source, f->fields, f->fields_count, at + f->offset, reterr);
    return NULL;
}

static const char *text_read(const struct field *f, const char *text, char *at)
{
    if (text)
        return parse(f, text, at + f->offset);
    if (f->required)
        return "missing";
    return f->initial ? parse(f, f->initial, at + f->offset) : NULL;
}

static bool known(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].place == IN_BODY && strcmp(fields[i].name, name) == 0)
            return true;
    return false;
}

/* "address.floor"; the object's name alone where a name is too long to be one. */
static void fail_unknown(const char *inside, const char *name, struct problem *reterr)
{
    char label[120];
    int n = snprintf(label, sizeof(label), "%s%s%s", inside, *inside ? "." : "", name);
    fail_field(reterr, n < (int)sizeof(label) ? label : inside, "unknown");
}

/* `inside` is the label of the object itself, empty for the body. */
static void object_read(const json_t *object, const char *inside, const struct input_source *source, const struct field *fields, size_t count,
                        char *at, struct problem *reterr)
{
    const char *name, *fault;
    json_t *value;

    json_object_foreach((json_t *)object, name, value)
        if (!known(fields, count, name))
            fail_unknown(inside, name, reterr);

    for (size_t i = 0; i < count; i++) {
        const struct field *f = &fields[i];
        const json_t *given = f->place == IN_BODY ? json_object_get(object, f->name) : NULL;
        if (given)
            fault = json_read(f, given, source, at, reterr);
        else
            fault = text_read(f, f->place == IN_BODY ? NULL : source->text(source->of, f->place, f->name), at);
        if (fault)
            fail_field(reterr, f->label, fault);
    }
}

bool input_read(const struct input_source *source, const struct field *fields, size_t count, void *ret_input, struct problem *reterr)
{
    object_read(source->body, "", source, fields, count, ret_input, reterr);
    return reterr->kind == PROBLEM_NONE;
}

/* Looked at before the parser recurses. Brackets inside strings do not count. */
static bool deeper_than(const char *text, size_t length, int depth)
{
    bool quoted = false;
    int level = 0;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '[') && ++level > depth)
            return true;
        else if (!quoted && (text[i] == '}' || text[i] == ']'))
            level--;
    }
    return false;
}

bool input_body(const char *text, size_t length, int depth, json_t **ret_body, struct problem *reterr)
{
    json_error_t error;

    if (deeper_than(text, length, depth))
        return fail(reterr, PROBLEM_MALFORMED, "The body has more than %d levels", depth);
    json_auto_t *body = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!body && json_error_code(&error) == json_error_duplicate_key)
        return fail(reterr, PROBLEM_MALFORMED, "The body gives a key twice, at line %d", error.line);
    if (!body)
        return fail(reterr, PROBLEM_MALFORMED, "The body is not JSON, at line %d, column %d", error.line, error.column);
    if (!json_is_object(body))
        return fail(reterr, PROBLEM_MALFORMED, "The body is not a JSON object");
    *ret_body = json_incref(body);
    return true;
}
