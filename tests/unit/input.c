#include "../../api/input.h"

#include "../../core/checks.h"
#include "tap.h"

#include <stdlib.h>

struct note {
    const char *title, *due, *kind, *code;
    bool due_given;
    long size;
    bool open;
    struct { const char *street, *town; } place;
    bool place_given;
};
static const char *const patterns[] = { "^[A-Z]{2}$" };
static const struct field place_fields[] = {
    { IN_BODY, FIELD_TEXT, "street", "place.street", offsetof(__typeof__(((struct note *)0)->place), street), .required = true, .min = 1 },
    { IN_BODY, FIELD_TEXT, "town", "place.town", .offset = offsetof(__typeof__(((struct note *)0)->place), town) },
};
static const struct field fields[] = {
    { IN_BODY, FIELD_TEXT, "title", "title", offsetof(struct note, title), .required = true, .min = 1, .bounded = true, .max = 5 },
    { IN_BODY, FIELD_TEXT, "due", "due", offsetof(struct note, due), .nullable = true, .given = offsetof(struct note, due_given), .check = check_date },
    { IN_BODY, FIELD_TEXT, "kind", "kind", offsetof(struct note, kind), .one_of = ONE_OF("a", "b"), .initial = "a" },
    { IN_BODY, FIELD_TEXT, "code", "code", offsetof(struct note, code), .pattern = 1 },
    { IN_BODY, FIELD_INTEGER, "size", "size", offsetof(struct note, size), .min = 1, .bounded = true, .max = 9, .initial = "3" },
    { IN_BODY, FIELD_BOOLEAN, "open", "open", .offset = offsetof(struct note, open) },
    { IN_BODY, FIELD_OBJECT, "place", "place", offsetof(struct note, place), .nullable = true, .given = offsetof(struct note, place_given),
      .fields = place_fields, .fields_count = 2 },
};
enum { FIELDS = sizeof(fields) / sizeof(*fields) };

static const char *none(const void *of, enum field_place place, const char *name)
{
    (void)of, (void)place, (void)name;
    return NULL;
}

static bool read_note(const char *json, struct note *ret_note, struct problem *reterr)
{
    static json_t *body; /* texts of the note point into it */
    _Alignas(max_align_t) char room[INPUT_ROOM] = { 0 };

    json_decref(body);
    body = json_loads(json, 0, NULL);
    struct input_source source = { .text = none, .body = body };
    bool good = input_read(&source, fields, FIELDS, room, reterr);
    memcpy(ret_note, room, sizeof(*ret_note));
    return good;
}

static void faults(void)
{
    static const struct { const char *body; int faults; const char *field, *code; } cases[] = {
        { "{\"title\":\"abc\"}", 0, "", "" },
        { "{\"title\":\"\\u00e4\\u00f6\\u00fc\\u00df!\"}", 0, "", "" },
        { "{}", 1, "title", "missing" },
        { "{\"title\":7}", 1, "title", "type" },
        { "{\"title\":null}", 1, "title", "type" },
        { "{\"title\":\"abcdef\"}", 1, "title", "length" },
        { "{\"title\":\"\"}", 1, "title", "length" },
        { "{\"title\":\"abc\",\"due\":\"2030-02-31\"}", 1, "due", "format" },
        { "{\"title\":\"abc\",\"kind\":\"c\"}", 1, "kind", "not_allowed" },
        { "{\"title\":\"abc\",\"code\":\"De\"}", 1, "code", "format" },
        { "{\"title\":\"abc\",\"code\":\"DE\\n\"}", 1, "code", "format" },
        { "{\"title\":\"abc\",\"size\":10}", 1, "size", "range" },
        { "{\"title\":\"abc\",\"size\":1.5}", 1, "size", "type" },
        { "{\"title\":\"abc\",\"open\":\"true\"}", 1, "open", "type" },
        { "{\"title\":\"abc\",\"extra\":1}", 1, "extra", "unknown" },
        { "{\"title\":\"abc\",\"place\":[]}", 1, "place", "type" },
        { "{\"title\":\"abc\",\"place\":{}}", 1, "place.street", "missing" },
        { "{\"title\":\"abc\",\"place\":{\"street\":\"x\",\"extra\":1}}", 1, "place.extra", "unknown" },
        { "{\"size\":\"x\",\"extra\":1}", 3, "extra", "unknown" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct note note;
        struct problem p = { 0 };
        bool good = read_note(cases[i].body, &note, &p);
        ok(good == !cases[i].faults && p.fields_count == cases[i].faults, "%s", cases[i].body);
        if (cases[i].faults && p.fields_count) {
            is(problem_field_name(&p, 0), cases[i].field, "... names %s", cases[i].field);
            is(p.fields[0].code, cases[i].code, "... as %s", cases[i].code);
        }
    }
}

static void values(void)
{
    struct note note;
    struct problem p = { 0 };

    ok(read_note("{\"title\":\"abc\",\"due\":null,\"open\":true,\"place\":{\"street\":\"x\"}}", &note, &p), "a good one is read");
    ok(note.size == 3 && note.open, "... with the default in its place");
    is(note.kind, "a", "... also for texts");
    ok(note.due_given && !note.due, "null is given, and empty");
    is(note.place.street, "x", "what is inside is there");
    ok(read_note("{\"title\":\"abc\",\"place\":null}", &note, &p) && note.place_given && !note.place.street, "an object can be null");
    ok(read_note("{\"title\":\"abc\"}", &note, &p) && !note.due_given && !note.place_given, "what is left out is not given");
}

static void bodies(void)
{
    static const struct { const char *text; size_t length; bool good; } cases[] = {
        { "{}", 2, true },
        { "{\"a\":{\"b\":[1]}}", 15, true },
        { "{\"a\":{\"b\":[[1]]}}", 17, false },
        { "{\"a\":\"[[[[[[\"}", 14, true },
        { "{\"a\":\"\\\"[[[[\"}", 14, true },
        { "{\"a\":1,\"a\":2}", 13, false },
        { "[]", 2, false },
        { "\"text\"", 6, false },
        { "", 0, false },
        { "{\"a\":\"\\u0000\"}", 14, false },
        { "{\"a\":\"\xff\"}", 9, false },
        { "{\"a\":1}x", 8, false },
        { "{\"a\":1", 6, false },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        json_auto_t *body = NULL;
        struct problem p = { 0 };
        bool good = input_body(cases[i].text, cases[i].length, 3, &body, &p);
        ok(good == cases[i].good, "body %s is %s", cases[i].text, cases[i].good ? "fine" : "refused");
    }
}

int main(void)
{
    struct problem p = { 0 };
    ok(input_start(patterns, 1, &p), "patterns compile");
    faults();
    values();
    bodies();
    input_stop();
    return done();
}
