#include "form.h"

#include "checks.h"
#include "form_parts.h"

#include <stdio.h>
#include <string.h>

const char *const form_address_parts[FORM_PARTS] = { "street", "house_number", "postal_code", "town", "country" };

const char *form_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

enum form_kind form_kind(const json_t *field)
{
    const char *kind = form_text(field, "x-kind"), *type = form_text(field, "type");
    const json_t *items = json_object_get(field, "items");

    if (*kind)
        return strcmp(kind, "address") == 0 ? FORM_ADDRESS : strcmp(kind, "file") == 0 ? FORM_FILE : FORM_LONG_TEXT;
    if (strcmp(type, "array") == 0)
        return strcmp(form_text(items, "x-kind"), "file") == 0 ? FORM_FILES : strcmp(form_text(items, "type"), "object") == 0 ? FORM_GROUP : FORM_SEVERAL;
    if (strcmp(type, "boolean") == 0)
        return json_is_true(json_object_get(field, "const")) ? FORM_CONSENT : FORM_YES_NO;
    if (json_object_get(field, "oneOf"))
        return FORM_CHOICE;
    if (strcmp(form_text(field, "format"), "date") == 0)
        return FORM_DATE;
    return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 ? FORM_NUMBER : FORM_TEXT;
}

bool form_required(const json_t *owner, const char *name)
{
    size_t i;
    json_t *one;

    json_array_foreach(json_object_get(owner, "required"), i, one)
        if (strcmp(json_string_value(one), name) == 0)
            return true;
    return false;
}

static json_t *section_of(const json_t *schema, const char *name)
{
    return json_object_get(json_object_get(schema, "properties"), name);
}

static json_t *field_of(const json_t *schema, const char *section, const char *name)
{
    return json_object_get(json_object_get(section_of(schema, section), "properties"), name);
}

/* Puts a value at section and name; takes a reference of its own. */
static void put(json_t *data, const char *section, const char *name, json_t *value)
{
    if (!json_object_get(data, section))
        json_object_set_new(data, section, json_object());
    json_object_set(json_object_get(data, section), name, value);
}

json_t *form_files(const json_t *schema, const json_t *data)
{
    json_t *files = json_object(), *section, *value, *one;
    const char *in, *name;
    char label[FORM_LABEL];
    size_t i;

    json_object_foreach((json_t *)data, in, section)
        json_object_foreach(section, name, value) {
            enum form_kind kind = form_kind(field_of(schema, in, name));
            snprintf(label, sizeof(label), "data.%s.%s", in, name);
            if (kind == FORM_FILE)
                json_object_set(files, label, value);
            else if (kind == FORM_FILES)
                json_array_foreach(value, i, one) {
                    snprintf(label, sizeof(label), "data.%s.%s[%zu]", in, name, i);
                    json_object_set(files, label, one);
                }
        }
    return files;
}

static bool fits(const json_t *field, const json_t *value)
{
    struct problem ignored = { 0 };
    return field && form_value_check(field, value, "", FORM_DRAFT, "", &ignored);
}

/* An option by its title; anything else as it is. */
static json_t *readable(const json_t *field, json_t *value)
{
    size_t i;
    json_t *option;

    json_array_foreach(json_object_get(field, "oneOf"), i, option)
        if (json_equal(json_object_get(option, "const"), value))
            return json_incref(json_object_get(option, "title"));
    return json_incref(value);
}

static json_t *readable_all(const json_t *field, json_t *value)
{
    json_t *all, *one;
    size_t i;

    if (form_kind(field) != FORM_SEVERAL || !json_is_array(value))
        return readable(field, value);
    all = json_array();
    json_array_foreach(value, i, one)
        json_array_append_new(all, readable(json_object_get(field, "items"), one));
    return all;
}

bool form_fit(const json_t *old_schema, const json_t *schema, const json_t *data, json_t **ret_fitting, json_t **ret_left_over,
              struct problem *reterr)
{
    json_auto_t *fitting = json_object(), *left = json_array();
    json_t *section, *value;
    const char *in, *name;

    if (!fitting || !left)
        return fail_internal(reterr, "out of memory");
    json_object_foreach((json_t *)data, in, section)
        json_object_foreach(section, name, value) {
            const json_t *old = field_of(old_schema, in, name);
            const char *title = form_text(old, "title");
            if (fits(field_of(schema, in, name), value))
                put(fitting, in, name, value);
            else
                json_array_append_new(left, json_pack("{ss, so}", "title", *title ? title : name, "value", readable_all(old, value)));
        }
    *ret_fitting = json_incref(fitting);
    *ret_left_over = json_incref(left);
    return true;
}

bool form_prefill(const json_t *schema, const json_t *profile, const char *today, json_t **ret_data, json_t **ret_labels, struct problem *reterr)
{
    json_auto_t *data = json_object(), *labels = json_array();
    json_t *section, *field;
    const char *in, *name;
    char label[FORM_LABEL];

    if (!data || !labels)
        return fail_internal(reterr, "out of memory");
    json_object_foreach(json_object_get(schema, "properties"), in, section)
        json_object_foreach(json_object_get(section, "properties"), name, field) {
            struct problem ignored = { 0 };
            json_t *value = json_object_get(profile, form_text(field, "x-prefill"));
            snprintf(label, sizeof(label), "data.%s.%s", in, name);
            if (!value || json_is_null(value) || !form_value_check(field, value, label, FORM_COMPLETE, today, &ignored))
                continue;
            put(data, in, name, value);
            json_array_append_new(labels, json_string(label));
        }
    *ret_data = json_incref(data);
    *ret_labels = json_incref(labels);
    return true;
}
