#include "../../core/catalogue_row.h"

#include "../../core/text.h"
#include "tap.h"

#include <glib.h>
#include <stdlib.h>

static struct csv_row cut(char *line)
{
    struct csv_row row = { .line = 7 };
    for (char *at = line; at; row.count++) {
        row.fields[row.count] = at;
        at = strchr(at, '|');
        if (at)
            *at++ = '\0';
    }
    return row;
}

/* A row of the file whose first line and other line are given, fields between |. */
static struct catalogue_row read_row(const char *header_line, const char *line)
{
    char *first = strdup(header_line), *second = strdup(line), unknown[100];
    struct csv_row names = cut(first), fields = cut(second);
    struct catalogue_header header;
    struct catalogue_row row = { .fault = "no header" };
    struct problem problem = { 0 };

    if (catalogue_header_read(&names, &header, unknown, sizeof(unknown), &problem))
        catalogue_row_read(&header, &fields, &row);
    free(first);
    free(second);
    return row;
}

static void one_fault(const char *header, const char *line, const char *want)
{
    struct catalogue_row row = read_row(header, line);
    is(row.fault, want, "%.60s: %s", line, *want ? want : "taken");
    catalogue_row_done(&row);
}

static void one_value(const char *header, const char *line, enum catalogue_column column, const char *want, const char *what)
{
    struct catalogue_row row = read_row(header, line);
    is(row.values[column], want, "%s", what);
    catalogue_row_done(&row);
}

static void header(const char *line, const char *want_fault, const char *want_unknown)
{
    char *copy = strdup(line), unknown[100] = "";
    struct csv_row row = cut(copy);
    struct catalogue_header ret;
    struct problem problem = { 0 };

    ok(catalogue_header_read(&row, &ret, unknown, sizeof(unknown), &problem) == !*want_fault, "header %s", line);
    is(problem.detail, want_fault, "... %s", *want_fault ? "is refused with the reason" : "is good");
    is(unknown, want_unknown, "... unknown: %s", want_unknown);
    free(copy);
}

static void slug(const char *name, const char *want)
{
    char *got = catalogue_slug(name);
    is(got, want, "%s is %s", name, want);
    g_free(got);
}

#define KEY_WORDS " has to be 14 digits that begin with 99, or own- and 8 to 60 small letters, digits and hyphens"

static void faults(void)
{
    static const struct { const char *header, *line, *fault; } cases[] = {
        { "name", "Hundesteuer", "" },
        { "name", " \xC2\xA0 ", "the name is missing" },
        { "name|url", "x", "it has 1 fields, the first line has 2" },
        { "name|url", "x|y|z", "it has 3 fields, the first line has 2" },
        { "name", "a\x01" "b", "name holds a control character" },
        { "name", "a\xC2\x9F" "b", "name holds a control character" },
        { "name|leika_key", "x|99012001000000", "" },
        { "name|leika_key", "x| 99012001000000 ", "" },
        { "name|leika_key", "x|", "" },
        { "name|leika_key", "x|own-0123abcd", "" },
        { "name|leika_key", "x|98012001000000", "leika_key '98012001000000'" KEY_WORDS },
        { "name|leika_key", "x|9901200100000", "leika_key '9901200100000'" KEY_WORDS },
        { "name|leika_key", "x|990120010000000", "leika_key '990120010000000'" KEY_WORDS },
        { "name|leika_key", "x|9901200100000O", "leika_key '9901200100000O'" KEY_WORDS },
        { "name|leika_key", "x|9,9012E+13", "leika_key '9,9012E+13'" KEY_WORDS },
        { "name|leika_key", "x|own-ABCDEFGH", "leika_key 'own-ABCDEFGH'" KEY_WORDS },
        { "name|leika_key", "x|own-abc", "leika_key 'own-abc'" KEY_WORDS },
        { "name|cost_cents", "x|1300", "" },
        { "name|cost_cents", "x|13,00", "cost_cents '13,00' has to be a whole number" },
        { "name|cost_cents", "x|-1", "cost_cents '-1' has to be a whole number" },
        { "name|cost_cents", "x|1234567890", "cost_cents has 10 characters; 9 are the most" },
        { "name|level", "x|substantial", "" },
        { "name|level", "x|Hoch", "level 'Hoch' has to be low, substantial or high" },
        { "name|audience", "x|people", "" },
        { "name|audience", "x|all", "audience 'all' has to be people, organisations or both" },
        { "name|approval", "x|desk", "" },
        { "name|approval", "x|never", "approval 'never' has to be automatic or desk" },
        { "name|other_states", "x|yes", "" },
        { "name|other_states", "x|ja", "other_states 'ja' has to be true or false" },
        { "name|roles", "x|lesen, Bauleitung \xC3\x84mter,a-b_c", "" },
        { "name|roles", "x|a,,b", "roles 'a,,b' has to be words with commas between" },
        { "name|roles", "x|a,", "roles 'a,' has to be words with commas between" },
        { "name|roles", "x|{a}", "roles '{a}' has to be words with commas between" },
        { "name|url", "x|https://amt.example/a?b=c#d", "" },
        { "name|url", "x|http://amt.example", "" },
        { "name|url", "x|ftp://amt.example", "url 'ftp://amt.example' has to be an address that begins with https:// or http://" },
        { "name|url", "x|javascript:alert(1)", "url 'javascript:alert(1)' has to be an address that begins with https:// or http://" },
        { "name|url", "x|https://", "url 'https://' has to be an address that begins with https:// or http://" },
        { "name|url", "x|https:///a", "url 'https:///a' has to be an address that begins with https:// or http://" },
        { "name|url", "x|https://a b", "url 'https://a b' has to be an address that begins with https:// or http://" },
        { "name|form|desk", "x|forms/dog.json|Amt", "" },
        { "name|form|desk", "x|forms/dog.json|", "it has a form but no desk that could answer" },
        { "name|form|desk|url", "x|dog.json|Amt|https://a.example", "it has a form and a url; a service starts with one of them" },
        { "name|form|desk", "x|../dog.json|Amt", "form '../dog.json' has to be a .json file beside the catalogue" },
        { "name|form|desk", "x|/etc/dog.json|Amt", "form '/etc/dog.json' has to be a .json file beside the catalogue" },
        { "name|form|desk", "x|dog.txt|Amt", "form 'dog.txt' has to be a .json file beside the catalogue" },
        { "name|topic", "x|&&&", "topic '&&&' has neither letter nor digit" },
        { "name|situation", "x|Geburt", "" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        one_fault(cases[i].header, cases[i].line, cases[i].fault);
}

static void lengths(void)
{
    char name[2 * 401 + 1] = "";

    for (int i = 0; i < 400; i++)
        memcpy(name + 2 * i, "\xC3\xBC", 3);
    one_fault("name", name, "");
    memcpy(name + 800, "x", 2);
    one_fault("name", name, "name has 401 characters; 400 are the most");
    name[578] = '\0';
    one_fault("name", name, "");
}

int main(void)
{
    faults();
    lengths();
    one_value("name", " a \t b\n c ", CATALOGUE_NAME, "a b c", "a name is one line with single blanks");
    one_value("name", "Gru\xCC\x88n", CATALOGUE_NAME, "Gr\xC3\xBCn", "and composed");
    one_value("name|description", "x| a\n\n- b ", CATALOGUE_DESCRIPTION, "a\n\n- b", "a description keeps its lines");
    one_value("name", "x", CATALOGUE_LEVEL, "low", "without a column the level is low");
    one_value("name|level", "x| ", CATALOGUE_LEVEL, "low", "without a value too");
    one_value("name", "x", CATALOGUE_URL, NULL, "what has no default is nothing");
    one_value("name|leika_key|cost_cents", "x|99012001000000|1.5", CATALOGUE_KEY, "99012001000000", "a refused row says what it means");
    one_value("THEMENFELD|leika_name| Leika_Key ", "x|y|99012001000000", CATALOGUE_TOPIC, "x", "other names of columns, in any order and case");

    header("name", "", "");
    header("ozg_id|leika_typ|gesetz|gesetz_kurz|lage|leika_name|", "", "");
    header("name|color|prise", "", "color, prise");
    header("leika_key|topic", "Line 7 names no column 'name' (or 'leika_name'), so this is no catalogue", "");
    header("name|leika_name", "Two columns say the name", "");
    header("name|url|URL", "Two columns say the url", "");

    slug("Steuern & Abgaben", "steuern-abgaben");
    slug("\xC3\x84mter/\xC3\x96l \xC3\xBC\xC3\x9F", "aemter-oel-uess");
    slug("(Caf\xC3\xA9) 24/7!", "cafe-24-7");
    slug("\xE2\x82\xAC&", "");
    return done();
}
