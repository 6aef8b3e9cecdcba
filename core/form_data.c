/* Checking what was typed into a form. See form.h. */
#include "checks.h"
#include "form_parts.h"

#include <stdio.h>
#include <string.h>

/* One value under way: what the rules of each kind need. */
struct value {
    const json_t *field, *json;
    const char *label;
    enum form_manner manner;
    const char *today;
};

static bool fault(const struct value *v, const char *code, struct problem *reterr)
{
    return fail_field(reterr, v->label, code);
}

static long characters(const char *utf8)
{
    long n = 0;
    for (; *utf8; utf8++)
        n += (*utf8 & 0xC0) != 0x80;
    return n;
}

static bool between(const json_t *field, const char *low, const char *high, double n)
{
    const json_t *least = json_object_get(field, low), *most = json_object_get(field, high);
    return (!least || n >= json_number_value(least)) && (!most || n <= json_number_value(most));
}

static bool check_text_value(const struct value *v, struct problem *reterr)
{
    const char *text = json_string_value(v->json), *pattern = form_text(v->field, "pattern"), *format = form_text(v->field, "format");
    bool is_long = form_kind(v->field) == FORM_LONG_TEXT;

    if (!text)
        return fault(v, "type", reterr);
    if (v->manner == FORM_DRAFT || !*text)
        return true;
    if (!between(v->field, "minLength", "maxLength", (double)characters(text)))
        return fault(v, "length", reterr);
    if (!(is_long ? check_text(text) : check_line(text)) || (strcmp(format, "email") == 0 && !check_email(text)) ||
        (*pattern && !form_pattern_matches(pattern, text)))
        return fault(v, "format", reterr);
    return true;
}

static bool check_number_value(const struct value *v, struct problem *reterr)
{
    double n = json_number_value(v->json);
    bool whole = strcmp(form_text(v->field, "type"), "integer") == 0;

    if (!json_is_number(v->json))
        return fault(v, "type", reterr);
    if (v->manner == FORM_DRAFT)
        return true;
    if (whole && n != __builtin_floor(n))
        return fault(v, "format", reterr);
    return between(v->field, "minimum", "maximum", n) || fault(v, "range", reterr);
}

static bool check_date_value(const struct value *v, struct problem *reterr)
{
    const char *text = json_string_value(v->json), *when = form_text(v->field, "x-when");

    if (!text)
        return fault(v, "type", reterr);
    if (v->manner == FORM_DRAFT || !*text)
        return true;
    if (!check_date(text))
        return fault(v, "format", reterr);
    int against = strcmp(text, v->today); /* both are YYYY-MM-DD */
    return !((strcmp(when, "past") == 0 && against > 0) || (strcmp(when, "future") == 0 && against < 0)) || fault(v, "range", reterr);
}

static bool is_option(const json_t *owner, const char *text)
{
    size_t i;
    json_t *option;

    json_array_foreach(json_object_get(owner, "oneOf"), i, option)
        if (strcmp(form_text(option, "const"), text) == 0)
            return true;
    return false;
}

static bool check_choice_value(const struct value *v, struct problem *reterr)
{
    const char *text = json_string_value(v->json);
    if (!text)
        return fault(v, "type", reterr);
    return is_option(v->field, text) || fault(v, "not_allowed", reterr);
}

/* How many there are; none at all is told as missing by check_owner_data. */
static bool check_count(const struct value *v, struct problem *reterr)
{
    size_t n = json_array_size(v->json);
    return v->manner == FORM_DRAFT || n == 0 || between(v->field, "minItems", "maxItems", (double)n) || fault(v, "range", reterr);
}

static bool check_several_value(const struct value *v, struct problem *reterr)
{
    const json_t *items = json_object_get(v->field, "items");
    size_t i, j;
    json_t *one;

    if (!json_is_array(v->json))
        return fault(v, "type", reterr);
    json_array_foreach(v->json, i, one) {
        if (!json_is_string(one))
            return fault(v, "type", reterr);
        if (!is_option(items, json_string_value(one)))
            return fault(v, "not_allowed", reterr);
        for (j = 0; j < i; j++)
            if (json_equal(json_array_get(v->json, j), one))
                return fault(v, "duplicate", reterr);
    }
    return check_count(v, reterr);
}

static bool check_yes_no_value(const struct value *v, struct problem *reterr)
{
    return json_is_boolean(v->json) || fault(v, "type", reterr);
}

static bool check_consent_value(const struct value *v, struct problem *reterr)
{
    if (!json_is_boolean(v->json))
        return fault(v, "type", reterr);
    return json_is_true(v->json) || fault(v, "not_allowed", reterr);
}

/* As the profile has it (openapi.yaml, address_or_none). */
static const char *address_fault(const char *part, const char *text)
{
    static const struct { const char *part; long most; const char *pattern; } rules[FORM_PARTS] = {
        { "street", 80, NULL },
        { "house_number", 11, "^[^ ]+$" },
        { "postal_code", 10, "^[A-Za-z0-9][A-Za-z0-9 -]{2,}$" },
        { "town", 80, NULL },
        { "country", 2, "^[A-Z]{2}$" },
    };
    for (int i = 0; i < FORM_PARTS; i++)
        if (strcmp(rules[i].part, part) == 0)
            return characters(text) > rules[i].most                                                                   ? "length"
                   : !check_line(text) || (rules[i].pattern && !form_pattern_matches(rules[i].pattern, text)) ? "format"
                                                                                                                        : NULL;
    return "unknown";
}

static bool is_part(const char *name)
{
    for (int i = 0; i < FORM_PARTS; i++)
        if (strcmp(form_address_parts[i], name) == 0)
            return true;
    return false;
}

/* An unknown member; the owner's label alone where the name is too long to be one. */
static bool unknown(const char *label, const char *name, struct problem *reterr)
{
    char whole[FORM_LABEL];
    int n = snprintf(whole, sizeof(whole), "%s.%s", label, name);
    return fail_field(reterr, n < FORM_LABEL ? whole : label, "unknown");
}

static bool check_address_value(const struct value *v, struct problem *reterr)
{
    bool good = true;
    const char *name;
    json_t *part;

    if (!json_is_object(v->json))
        return fault(v, "type", reterr);
    json_object_foreach((json_t *)v->json, name, part)
        if (!is_part(name))
            good = unknown(v->label, name, reterr);
    for (int i = 0; i < FORM_PARTS; i++) {
        char label[FORM_LABEL];
        const char *code = NULL;
        part = json_object_get(v->json, form_address_parts[i]);
        snprintf(label, sizeof(label), "%s.%s", v->label, form_address_parts[i]);
        if (part && !json_is_string(part))
            code = "type";
        else if (v->manner == FORM_COMPLETE)
            code = part && *json_string_value(part) ? address_fault(form_address_parts[i], json_string_value(part)) : "missing";
        if (code)
            good = fail_field(reterr, label, code);
    }
    return good;
}

static bool check_owner_data(const json_t *owner, const json_t *data, const char *label, enum form_manner manner, const char *today,
                             struct problem *reterr);

static bool check_group_value(const struct value *v, struct problem *reterr)
{
    bool good = true;
    size_t i;
    json_t *one;

    if (!json_is_array(v->json))
        return fault(v, "type", reterr);
    if (json_array_size(v->json) > 1000) /* a draft may have too many, but not without end */
        return fault(v, "range", reterr);
    json_array_foreach(v->json, i, one) {
        char label[FORM_LABEL];
        snprintf(label, sizeof(label), "%s[%zu]", v->label, i);
        good &= check_owner_data(json_object_get(v->field, "items"), one, label, v->manner, v->today, reterr);
    }
    return check_count(v, reterr) && good;
}

static bool is_file(const json_t *value)
{
    return json_is_string(value) && check_uuid(json_string_value(value));
}

static bool check_file_value(const struct value *v, struct problem *reterr)
{
    return is_file(v->json) || fault(v, "type", reterr);
}

static bool check_files_value(const struct value *v, struct problem *reterr)
{
    size_t i;
    json_t *one;

    if (!json_is_array(v->json))
        return fault(v, "type", reterr);
    json_array_foreach(v->json, i, one)
        if (!is_file(one))
            return fault(v, "type", reterr);
    return check_count(v, reterr);
}

static bool (*const rules[FORM_KINDS])(const struct value *v, struct problem *reterr) = {
    [FORM_TEXT] = check_text_value,       [FORM_LONG_TEXT] = check_text_value,   [FORM_NUMBER] = check_number_value,
    [FORM_DATE] = check_date_value,       [FORM_CHOICE] = check_choice_value,    [FORM_SEVERAL] = check_several_value,
    [FORM_YES_NO] = check_yes_no_value,   [FORM_CONSENT] = check_consent_value,  [FORM_ADDRESS] = check_address_value,
    [FORM_GROUP] = check_group_value,     [FORM_FILE] = check_file_value,        [FORM_FILES] = check_files_value,
};

bool form_value_check(const json_t *field, const json_t *value, const char *label, enum form_manner manner, const char *today,
                      struct problem *reterr)
{
    struct value v = { field, value, label, manner, today };
    return rules[form_kind(field)](&v, reterr);
}

/* What a person has left empty. */
static bool is_empty(const json_t *value)
{
    return !value || (json_is_string(value) && json_string_length(value) == 0) || (json_is_array(value) && json_array_size(value) == 0);
}

static bool check_owner_data(const json_t *owner, const json_t *data, const char *label, enum form_manner manner, const char *today,
                             struct problem *reterr)
{
    const json_t *fields = json_object_get(owner, "properties");
    bool good = true;
    const char *name;
    json_t *one;

    if (!json_is_object(data))
        return fail_field(reterr, label, "type");
    json_object_foreach((json_t *)data, name, one)
        if (!json_object_get(fields, name))
            good = unknown(label, name, reterr);
    json_object_foreach((json_t *)fields, name, one) {
        char whole[FORM_LABEL];
        const json_t *value = json_object_get(data, name);
        snprintf(whole, sizeof(whole), "%s.%s", label, name);
        if (value)
            good &= form_value_check(one, value, whole, manner, today, reterr);
        if (manner == FORM_COMPLETE && is_empty(value) && form_required(owner, name))
            good = fail_field(reterr, whole, "missing");
    }
    return good;
}

bool form_data_check(const json_t *schema, const json_t *data, enum form_manner manner, const char *today, struct problem *reterr)
{
    const json_t *sections = json_object_get(schema, "properties");
    json_auto_t *nothing = json_object();
    bool good = true;
    const char *name;
    json_t *one;

    if (!json_is_object(data))
        return fail_field(reterr, "data", "type");
    json_object_foreach((json_t *)data, name, one)
        if (!json_object_get(sections, name))
            good = unknown("data", name, reterr);
    json_object_foreach((json_t *)sections, name, one) {
        char label[FORM_LABEL];
        const json_t *section = json_object_get(data, name);
        snprintf(label, sizeof(label), "data.%s", name);
        if (section || manner == FORM_COMPLETE) /* a section that is left out may have nothing that is required */
            good &= check_owner_data(one, section ? section : nothing, label, manner, today, reterr);
    }
    return good;
}
