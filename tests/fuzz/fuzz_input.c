/* JSON input: parsing, depth, and reading by the table of the widest operation.
 * sources: api/input.c core/checks.c core/problem.c core/email_address.c
 * pkgs: jansson libpcre2-8 glib-2.0 */
#include "../../core/checks.h"
#include "../../api/input.h"

struct note { const char *title, *email; bool title_given; long size; struct { const char *street; } place; bool place_given; };
static const char *const patterns[] = { "^[+0-9][0-9 ()/-]*$" };
static const struct field inside[] = {
    { IN_BODY, FIELD_TEXT, "street", "place.street", 0, .required = true, .min = 1, .bounded = true, .max = 80, .check = check_line, .pattern = 1 },
};
static const struct field fields[] = {
    { IN_BODY, FIELD_TEXT, "title", "title", offsetof(struct note, title), .nullable = true, .given = offsetof(struct note, title_given), .check = check_text },
    { IN_BODY, FIELD_TEXT, "email", "email", offsetof(struct note, email), .check = check_email },
    { IN_BODY, FIELD_INTEGER, "size", "size", offsetof(struct note, size), .min = 1, .bounded = true, .max = 9, .initial = "3" },
    { IN_BODY, FIELD_OBJECT, "place", "place", offsetof(struct note, place), .nullable = true, .given = offsetof(struct note, place_given),
      .fields = inside, .fields_count = 1 },
};

static const char *none(const void *of, enum field_place place, const char *name)
{
    (void)of, (void)place, (void)name;
    return NULL;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static bool started;
    struct problem p = { 0 };
    json_auto_t *body = NULL;
    _Alignas(max_align_t) char note[INPUT_ROOM] = { 0 };

    if (!started)
        started = input_start(patterns, 1, &p);
    if (!input_body((const char *)data, size, 8, &body, &p))
        return 0;
    struct input_source source = { .text = none, .body = body };
    (void)input_read(&source, fields, sizeof(fields) / sizeof(*fields), note, &p);
    return 0;
}
