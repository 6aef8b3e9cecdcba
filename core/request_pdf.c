#include "request_pdf.h"

#include "cleanup.h"
#include "form.h"
#include "pdf.h"
#include "text.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

DEFINE_AUTO(struct pdf, pdf_free)

/* The words of the document: German, English. */
static const struct { const char *name, *words[2]; } words[] = {
    { "document", { "Anfrage", "Request" } },
    { "number", { "Nummer", "Number" } },
    { "service", { "Dienst", "Service" } },
    { "desk", { "Zuständige Stelle", "Responsible office" } },
    { "submitted_at", { "Abgesendet", "Sent" } },
    { "state", { "Stand", "State" } },
    { "submitted", { "Abgesendet", "Sent" } },
    { "received", { "Eingegangen", "Received" } },
    { "processing", { "In Bearbeitung", "Being processed" } },
    { "action_required", { "Rückfrage", "Question to you" } },
    { "completed", { "Abgeschlossen", "Completed" } },
    { "withdrawn", { "Zurückgezogen", "Withdrawn" } },
    { "history", { "Verlauf", "History" } },
    { "none", { "keine Angabe", "no answer" } },
    { "yes", { "Ja", "Yes" } },
    { "no", { "Nein", "No" } },
    { "agreed", { "Bestätigt", "Confirmed" } },
    { "footer", { "Seite {page} von {pages}", "Page {page} of {pages}" } },
};

struct document {
    struct pdf *pdf;
    const json_t *request;
    bool english;
};

static const char *say(const struct document *d, const char *name)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(words[i].name, name) == 0)
            return words[i].words[d->english];
    return name;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static const char *title_of(const struct document *d, const json_t *part)
{
    const char *english = d->english ? text_of(json_object_get(part, "x-en"), "title") : "";
    return *english ? english : text_of(part, "title");
}

/* A moment of the API, as people here read it. */
static void add_moment(struct text *t, const struct document *d, const char *moment)
{
    GTimeZone *zone = g_time_zone_new_identifier("Europe/Berlin");
    GDateTime *at = g_date_time_new_from_iso8601(moment, NULL), *here = at && zone ? g_date_time_to_timezone(at, zone) : NULL;
    char *shown = here ? g_date_time_format(here, d->english ? "%-d/%-m/%Y, %H:%M" : "%d.%m.%Y, %H:%M Uhr") : NULL;

    text_add(t, shown ? shown : moment);
    g_free(shown);
    g_clear_pointer(&here, g_date_time_unref);
    g_clear_pointer(&at, g_date_time_unref);
    g_clear_pointer(&zone, g_time_zone_unref);
}

static void add_date(struct text *t, const struct document *d, const char *date)
{
    int year, month, day;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) == 3)
        text_addf(t, d->english ? "%d/%d/%04d" : "%d.%d.%04d", day, month, year);
}

static void add_number(struct text *t, const struct document *d, const json_t *value)
{
    char digits[40];

    if (json_is_integer(value))
        return text_addf(t, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    g_ascii_formatd(digits, sizeof(digits), "%.15g", json_real_value(value));
    if (!d->english)
        g_strdelimit(digits, ".", ',');
    text_add(t, digits);
}

static void add_option(struct text *t, const struct document *d, const json_t *owner, const char *value)
{
    size_t i;
    json_t *option;

    json_array_foreach(json_object_get(owner, "oneOf"), i, option)
        if (strcmp(text_of(option, "const"), value) == 0)
            return text_add(t, title_of(d, option));
    text_add(t, value);
}

static void add_file(struct text *t, const struct document *d, const char *id)
{
    size_t i;
    json_t *file;

    json_array_foreach(json_object_get(d->request, "files"), i, file)
        if (strcmp(text_of(file, "id"), id) == 0)
            text_add(t, text_of(file, "name"));
}

static void add_address(struct text *t, const json_t *value)
{
    text_addf(t, "%s %s\n%s %s", text_of(value, "street"), text_of(value, "house_number"), text_of(value, "postal_code"), text_of(value, "town"));
    if (strcmp(text_of(value, "country"), "DE") != 0)
        text_addf(t, "\n%s", text_of(value, "country"));
}

/* What was answered, in words; nothing for a group, which has lines of its own. */
static void add_value(struct text *t, const struct document *d, const json_t *field, const json_t *value)
{
    size_t i;
    json_t *one;

    switch (form_kind(field)) {
    case FORM_DATE:
        return add_date(t, d, json_string_value(value));
    case FORM_NUMBER:
        return add_number(t, d, value);
    case FORM_CHOICE:
        return add_option(t, d, field, json_string_value(value));
    case FORM_SEVERAL:
        json_array_foreach(value, i, one) {
            text_add(t, i ? "\n" : "");
            add_option(t, d, json_object_get(field, "items"), json_string_value(one));
        }
        return;
    case FORM_YES_NO:
        return text_add(t, say(d, json_is_true(value) ? "yes" : "no"));
    case FORM_CONSENT:
        return text_add(t, say(d, "agreed"));
    case FORM_ADDRESS:
        return add_address(t, value);
    case FORM_FILE:
        return add_file(t, d, json_string_value(value));
    case FORM_FILES:
        json_array_foreach(value, i, one) {
            text_add(t, i ? "\n" : "");
            add_file(t, d, json_string_value(one));
        }
        return;
    case FORM_GROUP:
    case FORM_KINDS:
        return;
    case FORM_TEXT:
    case FORM_LONG_TEXT:
        text_add(t, json_string_value(value));
    }
}

static void pair(const struct document *d, const char *name, struct text *value)
{
    AUTO(free) char *text = text_take(value);
    pdf_pair(d->pdf, name, text && *text ? text : say(d, "none"));
}

static void write_fields(const struct document *d, const json_t *owner, const json_t *data)
{
    const char *name;
    json_t *field, *item;
    size_t i;

    json_object_foreach(json_object_get(owner, "properties"), name, field) {
        AUTO_TEXT struct text value = TEXT(64 * 1024);
        const json_t *given = json_object_get(data, name), *items = json_object_get(field, "items");
        if (given && form_kind(field) == FORM_GROUP && json_array_size(given) > 0) {
            json_array_foreach(given, i, item) {
                char heading[300];
                snprintf(heading, sizeof(heading), "%.250s %zu", title_of(d, items), i + 1);
                pdf_heading(d->pdf, 3, heading);
                write_fields(d, items, item);
            }
            continue;
        }
        if (given)
            add_value(&value, d, field, given);
        pair(d, title_of(d, field), &value);
    }
}

static void write_head(const struct document *d)
{
    AUTO_TEXT struct text moment = TEXT(100);

    pdf_heading(d->pdf, 1, text_of(json_object_get(d->request, "service"), "name"));
    pdf_pair(d->pdf, say(d, "number"), text_of(d->request, "number"));
    add_moment(&moment, d, text_of(d->request, "submitted_at"));
    pair(d, say(d, "submitted_at"), &moment);
    pdf_pair(d->pdf, say(d, "state"), say(d, text_of(d->request, "state")));
    pdf_pair(d->pdf, say(d, "desk"), text_of(json_object_get(d->request, "desk"), "name"));
}

static void write_history(const struct document *d)
{
    size_t i;
    json_t *event;

    pdf_heading(d->pdf, 2, say(d, "history"));
    json_array_foreach(json_object_get(d->request, "events"), i, event) {
        AUTO_TEXT struct text words = TEXT(16 * 1024);
        text_addf(&words, "%s%s", say(d, text_of(event, "state")), *text_of(event, "text") ? "\n" : "");
        text_add(&words, text_of(event, "text"));
        AUTO_TEXT struct text moment = TEXT(100);
        add_moment(&moment, d, text_of(event, "at"));
        AUTO(free) char *at = text_take(&moment);
        pair(d, at ? at : "", &words);
    }
}

bool request_pdf(const char *request_json, const char *language, char **ret_pdf, size_t *ret_size, struct problem *reterr)
{
    json_auto_t *request = json_loads(request_json, 0, NULL);
    AUTO(pdf_free) struct pdf *pdf = NULL;
    struct document d = { .request = request, .english = strcmp(language, "en") == 0 };
    char title[300];
    const char *name;
    json_t *section;

    if (!request)
        return fail_internal(reterr, "the request is no JSON");
    snprintf(title, sizeof(title), "%s %s", say(&d, "document"), text_of(request, "number"));
    d.pdf = pdf = pdf_new(title, d.english ? "en" : "de");
    write_head(&d);
    json_object_foreach(json_object_get(json_object_get(request, "form"), "properties"), name, section) {
        pdf_heading(pdf, 2, title_of(&d, section));
        write_fields(&d, section, json_object_get(json_object_get(request, "data"), name));
    }
    write_history(&d);
    return pdf_finish(pdf, say(&d, "footer"), ret_pdf, ret_size, reterr);
}
