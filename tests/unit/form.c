/* The rules of forms by the table that the browser's side is held to as well. */
#include "../../core/form.h"

#include "tap.h"

#include <stdlib.h>

static json_t *table;

/* "label code, label code" in the order in which they came */
static void faults_of(const struct problem *p, char *text, size_t room)
{
    size_t n = 0;
    *text = '\0';
    for (int i = 0; i < p->fields_count && n < room; i++)
        n += (size_t)snprintf(text + n, room - n, "%s%s %s", i ? ", " : "", problem_field_name(p, i), p->fields[i].code);
}

static void wanted_of(const json_t *faults, char *text, size_t room)
{
    size_t n = 0, i;
    json_t *one;
    *text = '\0';
    json_array_foreach(faults, i, one)
        if (n < room)
            n += (size_t)snprintf(text + n, room - n, "%s%s", i ? ", " : "", json_string_value(one));
}

static void check_data(const json_t *data, enum form_manner manner, const json_t *faults, const char *name)
{
    char got[2000], wanted[2000];
    struct problem p = { 0 };
    bool good = form_data_check(json_object_get(table, "form"), data, manner, json_string_value(json_object_get(table, "today")), &p);

    faults_of(&p, got, sizeof(got));
    wanted_of(faults, wanted, sizeof(wanted));
    ok(good == (json_array_size(faults) == 0), "%s is %s", name, good ? "fine" : "refused");
    is(got, wanted, "... %s", wanted);
}

static void data_cases(void)
{
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(table, "fields"), i, one) {
        const char *field = json_string_value(json_object_get(one, "field"));
        json_t *data = json_deep_copy(json_object_get(table, "beside"));
        json_object_set(json_object_get(data, "a"), field, json_object_get(one, "value"));
        check_data(data, FORM_COMPLETE, json_object_get(one, "faults"), field);
        json_decref(data);
    }
    json_array_foreach(json_object_get(table, "whole"), i, one)
        check_data(json_object_get(one, "data"), FORM_COMPLETE, json_object_get(one, "faults"), "what is sent");
    json_array_foreach(json_object_get(table, "drafts"), i, one)
        check_data(json_object_get(one, "data"), FORM_DRAFT, json_object_get(one, "faults"), "a draft");
}

/* The form with a value put at a JSON pointer; new reference. */
static json_t *changed(const char *at, json_t *value)
{
    json_t *form = json_deep_copy(json_object_get(table, "form")), *place = form;

    if (!*at) {
        json_decref(form);
        return json_incref(value);
    }
    for (const char *slash; (slash = strchr(at + 1, '/')); at = slash) {
        char name[100];
        snprintf(name, sizeof(name), "%.*s", (int)(slash - at - 1), at + 1);
        place = json_object_get(place, name);
    }
    json_object_set(place, at + 1, value);
    return form;
}

static void schema_cases(void)
{
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(table, "schemas"), i, one) {
        struct problem p = { 0 };
        const char *at = json_string_value(json_object_get(one, "at")), *where = json_string_value(json_object_get(one, "where"));
        json_t *form = changed(at, json_object_get(one, "put"));
        bool good = form_check(form, &p);
        ok(good == !where, "a form %s%s", where ? "is refused: " : "is taken: ", where ? p.detail : at);
        if (where)
            ok(strncmp(p.detail, where, strlen(where)) == 0 && strstr(p.detail, json_string_value(json_object_get(one, "why"))),
               "... at %s, because of %s", where, json_string_value(json_object_get(one, "why")));
        json_decref(form);
    }
}

static void endless_pattern(void)
{
    struct problem p = { 0 };
    json_t *data = json_pack("{s{ss, sb, ss}}", "a", "text", "abc", "consent", 1, "endless", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    ok(!form_data_check(json_object_get(table, "form"), data, FORM_COMPLETE, "2026-11-24", &p), "a pattern that would never end finds nothing");
    json_decref(data);
}

static void many_faults(void)
{
    struct problem p = { 0 };
    json_t *data = json_pack("{s{}}", "a"), *a = json_object_get(data, "a");
    for (int i = 0; i < 100; i++) {
        char name[100];
        snprintf(name, sizeof(name), "%090d", i);
        json_object_set_new(a, name, json_null());
    }
    ok(!form_data_check(json_object_get(table, "form"), data, FORM_COMPLETE, "2026-11-24", &p), "a hundred faults are refused");
    is(p.fields[p.fields_count - 1].code, "more", "... and the last of the list says that there are more");
    json_decref(data);
}

static void versions(void)
{
    struct problem p = { 0 };
    json_t *old = json_object_get(table, "form"), *new = json_deep_copy(old), *fitting, *left;
    json_t *fields = json_object_get(json_object_get(json_object_get(new, "properties"), "a"), "properties");
    json_t *data = json_pack("{s{ss, ss, si, s[s]}, s{ss}}", "a", "text", "much too long", "plate", "J-A 1", "count", 3, "several", "x", "b", "note", "n");

    json_object_del(fields, "plate");
    json_object_set_new(json_object_get(fields, "count"), "type", json_string("string"));
    json_object_del(json_object_get(new, "properties"), "b");
    ok(form_fit(old, new, data, &fitting, &left, &p), "a draft of an older form is looked through");
    char *kept = json_dumps(fitting, JSON_COMPACT | JSON_SORT_KEYS), *rest = json_dumps(left, JSON_COMPACT | JSON_SORT_KEYS);
    is(kept, "{\"a\":{\"several\":[\"x\"],\"text\":\"much too long\"}}", "... what fits stays");
    is(rest, "[{\"title\":\"Kennzeichen\",\"value\":\"J-A 1\"},{\"title\":\"Zahl\",\"value\":3},{\"title\":\"Notiz\",\"value\":\"n\"}]",
       "... and all else is told by its title");
    free(kept);
    free(rest);
    json_decref(fitting);
    json_decref(left);
    json_decref(data);
    json_decref(new);
}

static void prefills(void)
{
    struct problem p = { 0 };
    json_t *form = json_deep_copy(json_object_get(table, "form")), *data, *labels;
    json_t *fields = json_object_get(json_object_get(json_object_get(form, "properties"), "a"), "properties");
    json_t *profile = json_pack("{ss, ss, sn, s{ss, ss, ss, ss, ss}}", "last_name", "Vogt", "first_name", "Wilhelmine", "birth_date", "address",
                                "street", "Markt", "house_number", "1", "postal_code", "07743", "town", "Jena", "country", "DE");

    json_object_set_new(json_object_get(fields, "line"), "x-prefill", json_string("last_name"));
    json_object_set_new(json_object_get(fields, "text"), "x-prefill", json_string("first_name")); /* too long for this field */
    json_object_set_new(json_object_get(fields, "born"), "x-prefill", json_string("birth_date"));
    json_object_set_new(json_object_get(fields, "address"), "x-prefill", json_string("address"));
    ok(form_prefill(form, profile, "2026-11-24", &data, &labels, &p), "a form is filled in from the profile");
    char *given = json_dumps(labels, JSON_COMPACT), *line = json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS);
    is(given, "[\"data.a.line\",\"data.a.address\"]", "... by what the profile has and the form takes");
    ok(strstr(line, "\"line\":\"Vogt\"") && strstr(line, "\"town\":\"Jena\"") && !strstr(line, "Wilhelmine"), "... %s", line);
    free(given);
    free(line);
    json_decref(data);
    json_decref(labels);
    json_decref(profile);
    json_decref(form);
}

static void files(void)
{
    json_t *data = json_pack("{s{ss, s[ss], ss}}", "a", "file", "one", "files", "two", "three", "text", "abc");
    json_t *found = form_files(json_object_get(table, "form"), data);
    char *text = json_dumps(found, JSON_COMPACT | JSON_SORT_KEYS);
    is(text, "{\"data.a.file\":\"one\",\"data.a.files[0]\":\"two\",\"data.a.files[1]\":\"three\"}", "the files that data name are found");
    free(text);
    json_decref(found);
    json_decref(data);
}

int main(void)
{
    json_error_t error;
    struct problem p = { 0 };

    table = json_load_file(FORM_CASES, 0, &error);
    ok(table != NULL, "the table of cases is read %s", table ? "" : error.text);
    if (!table)
        return done();
    ok(form_check(json_object_get(table, "form"), &p), "its form is one %s", p.detail);
    ok(json_array_size(json_object_get(table, "fields")) + json_array_size(json_object_get(table, "schemas")) > 200, "it has its cases");
    data_cases();
    schema_cases();
    endless_pattern();
    many_faults();
    versions();
    prefills();
    files();
    json_decref(table);
    return done();
}
