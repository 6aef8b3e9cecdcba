/* Checking a form that somebody wrote. See form.h. */
#include "form_parts.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 40, SECTIONS_MOST = 20, FIELDS_MOST = 40, TITLE_MOST = 200, TEXT_MOST = 4000, LONG_TEXT_MOST = 10000, ITEMS_MOST = 50, OPTIONS_MOST = 500 };

/* Where in the schema we are, as a JSON pointer (RFC 6901). */
struct place { char at[200]; };

static struct place inside(const struct place *place, const char *name)
{
    struct place deeper;
    snprintf(deeper.at, sizeof(deeper.at), "%s/%s", place->at, name);
    return deeper;
}

__attribute__((format(printf, 3, 4))) static bool wrong(const struct place *place, struct problem *reterr, const char *reason, ...)
{
    char why[100];
    va_list args;

    va_start(args, reason);
    vsnprintf(why, sizeof(why), reason, args);
    va_end(args);
    return fail(reterr, PROBLEM_BAD_INPUT, "%.80s: %s", *place->at ? place->at : "/", why);
}

static bool listed(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}
#define NAMES(...) (const char *const[]){ __VA_ARGS__, NULL }
#define TITLED "title", "description", "x-en"

/* No member but the named ones, so that a rule that nobody follows is not taken for one. */
static bool known(const json_t *object, const char *const *names, const struct place *place, struct problem *reterr)
{
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return wrong(place, reterr, "an object is expected");
    json_object_foreach((json_t *)object, name, value)
        if (!listed(name, names))
            return wrong(place, reterr, "'%.40s' is not known here", name);
    return true;
}

static bool text_is(const json_t *object, const char *name, const char *value)
{
    return strcmp(form_text(object, name), value) == 0;
}

/* Title and description, and the same in English. */
static bool titled(const json_t *object, bool needed, const struct place *place, struct problem *reterr)
{
    const json_t *english = json_object_get(object, "x-en"), *title = json_object_get(object, "title"), *more = json_object_get(object, "description");

    if ((needed || title) && (!json_is_string(title) || json_string_length(title) == 0 || json_string_length(title) > TITLE_MOST))
        return wrong(place, reterr, "title has to be a text of 1 to %d bytes", TITLE_MOST);
    if (more && (!json_is_string(more) || json_string_length(more) == 0 || json_string_length(more) > LONG_TEXT_MOST))
        return wrong(place, reterr, "description has to be a text");
    if (!english)
        return true;
    struct place deeper = inside(place, "x-en");
    return known(english, NAMES("title", "description"), &deeper, reterr) && titled(english, false, &deeper, reterr);
}

/* A whole number between two bounds; where it is missing, `needed` decides. */
static bool bound(const json_t *object, const char *name, bool needed, long low, long high, const struct place *place, struct problem *reterr)
{
    const json_t *value = json_object_get(object, name);

    if (!value)
        return !needed || wrong(place, reterr, "%s is missing", name);
    if (!json_is_integer(value) || json_integer_value(value) < low || json_integer_value(value) > high)
        return wrong(place, reterr, "%s has to be a whole number from %ld to %ld", name, low, high);
    return true;
}

static bool in_order(const json_t *object, const char *low, const char *high, const struct place *place, struct problem *reterr)
{
    const json_t *least = json_object_get(object, low), *most = json_object_get(object, high);
    return !least || !most || json_number_value(least) <= json_number_value(most) || wrong(place, reterr, "%s is greater than %s", low, high);
}

static bool prefill(const json_t *field, const char *const *sources, const struct place *place, struct problem *reterr)
{
    const json_t *from = json_object_get(field, "x-prefill");
    return !from || (json_is_string(from) && listed(json_string_value(from), sources)) ||
           wrong(place, reterr, "x-prefill names no field of the profile that fits here");
}

static bool check_text_field(const json_t *field, const struct place *place, struct problem *reterr)
{
    const char *format = form_text(field, "format"), *fault;
    const json_t *pattern = json_object_get(field, "pattern");

    if (!known(field, NAMES(TITLED, "type", "minLength", "maxLength", "pattern", "format", "x-prefill"), place, reterr) ||
        !prefill(field, NAMES("title", "first_name", "last_name", "birth_name", "place_of_birth", "nationality", "phone", "email"), place, reterr))
        return false;
    if (*format && strcmp(format, "email") != 0 && strcmp(format, "line") != 0)
        return wrong(place, reterr, "format '%.20s' is not known", format);
    if (pattern && !json_is_string(pattern))
        return wrong(place, reterr, "pattern has to be a text");
    if (pattern && (fault = form_pattern_fault(json_string_value(pattern))))
        return wrong(place, reterr, "pattern: %s", fault);
    return bound(field, "maxLength", true, 1, TEXT_MOST, place, reterr) && bound(field, "minLength", false, 1, TEXT_MOST, place, reterr) &&
           in_order(field, "minLength", "maxLength", place, reterr);
}

static bool check_long_text(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type", "x-kind", "minLength", "maxLength"), place, reterr) &&
           bound(field, "maxLength", true, 1, LONG_TEXT_MOST, place, reterr) && bound(field, "minLength", false, 1, LONG_TEXT_MOST, place, reterr) &&
           in_order(field, "minLength", "maxLength", place, reterr);
}

static bool check_number(const json_t *field, const struct place *place, struct problem *reterr)
{
    const char *const bounds[] = { "minimum", "maximum" };

    if (!known(field, NAMES(TITLED, "type", "minimum", "maximum"), place, reterr))
        return false;
    for (int i = 0; i < 2; i++)
        if (json_object_get(field, bounds[i]) && !json_is_number(json_object_get(field, bounds[i])))
            return wrong(place, reterr, "%s has to be a number", bounds[i]);
    return in_order(field, "minimum", "maximum", place, reterr);
}

static bool check_date_field(const json_t *field, const struct place *place, struct problem *reterr)
{
    const char *when = form_text(field, "x-when");

    if (!known(field, NAMES(TITLED, "type", "format", "x-when", "x-prefill"), place, reterr) || !prefill(field, NAMES("birth_date"), place, reterr))
        return false;
    return !json_object_get(field, "x-when") || strcmp(when, "past") == 0 || strcmp(when, "future") == 0 ||
           wrong(place, reterr, "x-when is past or future");
}

/* oneOf: what may be chosen */
static bool check_options(const json_t *owner, const struct place *place, struct problem *reterr)
{
    const json_t *options = json_object_get(owner, "oneOf");
    size_t count = json_array_size(options);

    if (!json_is_array(options) || count == 0 || count > OPTIONS_MOST)
        return wrong(place, reterr, "oneOf has to be a list of 1 to %d options", OPTIONS_MOST);
    for (size_t i = 0; i < count; i++) {
        char index[24];
        const json_t *option = json_array_get(options, i);
        snprintf(index, sizeof(index), "oneOf/%zu", i);
        struct place deeper = inside(place, index);
        if (!known(option, NAMES("const", TITLED), &deeper, reterr) || !titled(option, true, &deeper, reterr))
            return false;
        if (!*form_text(option, "const") || strlen(form_text(option, "const")) > TITLE_MOST)
            return wrong(&deeper, reterr, "const has to be a text of 1 to %d bytes", TITLE_MOST);
        for (size_t j = 0; j < i; j++)
            if (text_is(json_array_get(options, j), "const", form_text(option, "const")))
                return wrong(&deeper, reterr, "'%.40s' is there twice", form_text(option, "const"));
    }
    return true;
}

static bool check_choice(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type", "oneOf"), place, reterr) && check_options(field, place, reterr);
}

static bool check_items(const json_t *field, long most, const struct place *place, struct problem *reterr)
{
    return bound(field, "minItems", false, 0, most, place, reterr) && in_order(field, "minItems", "maxItems", place, reterr);
}

static bool check_several(const json_t *field, const struct place *place, struct problem *reterr)
{
    const json_t *items = json_object_get(field, "items");
    struct place deeper = inside(place, "items");

    if (!known(field, NAMES(TITLED, "type", "uniqueItems", "items", "minItems", "maxItems"), place, reterr) ||
        !known(items, NAMES("type", "oneOf"), &deeper, reterr) || !check_options(items, &deeper, reterr))
        return false;
    if (!text_is(items, "type", "string"))
        return wrong(&deeper, reterr, "type has to be string");
    if (!json_is_true(json_object_get(field, "uniqueItems")))
        return wrong(place, reterr, "uniqueItems: true is missing");
    return bound(field, "maxItems", false, 1, OPTIONS_MOST, place, reterr) && check_items(field, OPTIONS_MOST, place, reterr);
}

static bool check_yes_no(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type"), place, reterr);
}

static bool check_consent(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type", "const"), place, reterr);
}

static bool check_address(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type", "x-kind", "x-prefill"), place, reterr) && prefill(field, NAMES("address"), place, reterr);
}

static bool check_file(const json_t *field, const struct place *place, struct problem *reterr)
{
    return known(field, NAMES(TITLED, "type", "x-kind"), place, reterr);
}

static bool check_files(const json_t *field, const struct place *place, struct problem *reterr)
{
    struct place deeper = inside(place, "items");
    const json_t *items = json_object_get(field, "items");

    if (!known(field, NAMES(TITLED, "type", "items", "minItems", "maxItems"), place, reterr) || !known(items, NAMES("type", "x-kind"), &deeper, reterr))
        return false;
    if (!text_is(items, "type", "string"))
        return wrong(&deeper, reterr, "type has to be string");
    return bound(field, "maxItems", true, 1, 20, place, reterr) && check_items(field, 20, place, reterr);
}

static bool check_owner(const json_t *owner, size_t most, bool in_group, const struct place *place, struct problem *reterr);

static bool check_group(const json_t *field, const struct place *place, struct problem *reterr)
{
    struct place deeper = inside(place, "items");
    const json_t *items = json_object_get(field, "items");

    return known(field, NAMES(TITLED, "type", "items", "minItems", "maxItems"), place, reterr) &&
           known(items, NAMES(TITLED, "type", "additionalProperties", "properties", "required"), &deeper, reterr) &&
           titled(items, true, &deeper, reterr) && check_owner(items, FIELDS_MOST, true, &deeper, reterr) &&
           bound(field, "maxItems", true, 1, ITEMS_MOST, place, reterr) && check_items(field, ITEMS_MOST, place, reterr);
}

/* What makes a field of a kind: its type, as JSON Schema has it. */
static const struct { const char *type; bool (*check)(const json_t *field, const struct place *place, struct problem *reterr); } kinds[] = {
    [FORM_TEXT] = { "string", check_text_field },   [FORM_LONG_TEXT] = { "string", check_long_text }, [FORM_NUMBER] = { NULL, check_number },
    [FORM_DATE] = { "string", check_date_field },   [FORM_CHOICE] = { "string", check_choice },       [FORM_SEVERAL] = { "array", check_several },
    [FORM_YES_NO] = { "boolean", check_yes_no },    [FORM_CONSENT] = { "boolean", check_consent },    [FORM_ADDRESS] = { "object", check_address },
    [FORM_GROUP] = { "array", check_group },        [FORM_FILE] = { "string", check_file },           [FORM_FILES] = { "array", check_files },
};

static bool check_field(const json_t *field, bool in_group, const struct place *place, struct problem *reterr)
{
    const char *kind_given = form_text(field, "x-kind");

    if (!json_is_object(field))
        return wrong(place, reterr, "an object is expected");
    if (json_object_get(field, "x-kind") && !listed(kind_given, NAMES("long_text", "address", "file")))
        return wrong(place, reterr, "x-kind is long_text, address or file");
    enum form_kind kind = form_kind(field);
    if (in_group && (kind == FORM_GROUP || kind == FORM_FILE || kind == FORM_FILES))
        return wrong(place, reterr, "a repeated group holds no group and no files");
    if (kinds[kind].type ? !text_is(field, "type", kinds[kind].type) : !text_is(field, "type", "integer") && !text_is(field, "type", "number"))
        return wrong(place, reterr, "type '%.20s' is not what a field of this kind has", form_text(field, "type"));
    return titled(field, true, place, reterr) && kinds[kind].check(field, place, reterr);
}

static bool name_good(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return !name[n] && n <= NAME_MOST && islower((unsigned char)name[0]);
}

static bool check_required(const json_t *owner, const struct place *place, struct problem *reterr)
{
    const json_t *required = json_object_get(owner, "required");

    if (required && !json_is_array(required))
        return wrong(place, reterr, "required has to be a list");
    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *name = json_string_value(json_array_get(required, i));
        if (!name || !json_object_get(json_object_get(owner, "properties"), name))
            return wrong(place, reterr, "required names '%.40s', which there is not", name ? name : "?");
    }
    return true;
}

/* An object of fields: a section, or one item of a repeated group. */
static bool check_owner(const json_t *owner, size_t most, bool in_group, const struct place *place, struct problem *reterr)
{
    const json_t *properties = json_object_get(owner, "properties");
    struct place deeper = inside(place, "properties");
    const char *name;
    json_t *field;

    if (!text_is(owner, "type", "object") || !json_is_false(json_object_get(owner, "additionalProperties")))
        return wrong(place, reterr, "type: object and additionalProperties: false are expected");
    if (!json_is_object(properties) || json_object_size(properties) == 0 || json_object_size(properties) > most)
        return wrong(place, reterr, "properties has to hold 1 to %zu parts", most);
    json_object_foreach((json_t *)properties, name, field) {
        struct place at = inside(&deeper, name);
        if (!name_good(name))
            return wrong(&at, reterr, "names are small letters, digits and _, up to %d of them, a letter first", NAME_MOST);
        if (!check_field(field, in_group, &at, reterr))
            return false;
    }
    return check_required(owner, place, reterr);
}

static bool check_section(const json_t *section, const struct place *place, struct problem *reterr)
{
    return known(section, NAMES(TITLED, "type", "additionalProperties", "properties", "required"), place, reterr) &&
           titled(section, true, place, reterr) && check_owner(section, FIELDS_MOST, false, place, reterr);
}

bool form_check(const json_t *schema, struct problem *reterr)
{
    const struct place root = { "" };
    const json_t *sections = json_object_get(schema, "properties");
    struct place deeper = inside(&root, "properties");
    const char *name;
    json_t *section;

    if (!known(schema, NAMES("$schema", TITLED, "type", "additionalProperties", "properties", "required"), &root, reterr) ||
        !titled(schema, false, &root, reterr))
        return false;
    if (json_object_get(schema, "$schema") && !text_is(schema, "$schema", "https://json-schema.org/draft/2020-12/schema"))
        return wrong(&root, reterr, "$schema is not that of draft 2020-12");
    if (!text_is(schema, "type", "object") || !json_is_false(json_object_get(schema, "additionalProperties")))
        return wrong(&root, reterr, "type: object and additionalProperties: false are expected");
    if (!json_is_object(sections) || json_object_size(sections) == 0 || json_object_size(sections) > SECTIONS_MOST)
        return wrong(&root, reterr, "properties has to hold 1 to %d sections", SECTIONS_MOST);
    json_object_foreach((json_t *)sections, name, section) {
        struct place at = inside(&deeper, name);
        if (!name_good(name))
            return wrong(&at, reterr, "names are small letters, digits and _, up to %d of them, a letter first", NAME_MOST);
        if (!check_section(section, &at, reterr))
            return false;
    }
    return check_required(schema, &root, reterr);
}
