#include "catalogue_row.h"

#include "cleanup.h"
#include "text.h"

#include <glib.h>
#include <stdarg.h>
#include <string.h>

DEFINE_AUTO(char, g_free)

static const struct { const char *name, *alias; long most; bool lines; const char *otherwise; } columns[] = {
#define X(id, name, alias, most, lines, otherwise) { name, alias, most, lines, otherwise },
    CATALOGUE_COLUMNS(X)
#undef X
};

/* Of the state's catalogue: known, and nothing that the portal shows. */
static const char *const passed_over[] = { "ozg_id", "leika_typ", "gesetz", "gesetz_kurz" };

static int column_of(const char *name)
{
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT; i++)
        if (strcmp(name, columns[i].name) == 0 || (*columns[i].alias && strcmp(name, columns[i].alias) == 0))
            return i;
    return -1;
}

static bool is_passed_over(const char *name)
{
    for (size_t i = 0; i < sizeof(passed_over) / sizeof(*passed_over); i++)
        if (strcmp(name, passed_over[i]) == 0)
            return true;
    return *name == '\0';
}

bool catalogue_header_read(const struct csv_row *row, struct catalogue_header *ret_header, char *ret_unknown, size_t room, struct problem *reterr)
{
    struct catalogue_header header = { .count = row->count };
    size_t len = 0;

    if (row->fault)
        return fail(reterr, PROBLEM_BAD_INPUT, "The names of the columns (line %ld) cannot be read: %s", row->line, row->fault);
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT; i++)
        header.at[i] = -1;
    *ret_unknown = '\0';
    for (int i = 0; i < row->count; i++) {
        AUTO(g_free) char *name = g_strstrip(g_ascii_strdown(row->fields[i], -1));
        int column = column_of(name);
        if (column >= 0 && header.at[column] >= 0)
            return fail(reterr, PROBLEM_BAD_INPUT, "Two columns say the %s", columns[column].name);
        if (column >= 0)
            header.at[column] = i;
        else if (!is_passed_over(name) && len < room)
            len += (size_t)snprintf(ret_unknown + len, room - len, "%s%.60s", len > 0 ? ", " : "", name);
    }
    if (header.at[CATALOGUE_NAME] < 0)
        return fail(reterr, PROBLEM_BAD_INPUT, "Line %ld names no column 'name' (or 'leika_name'), so this is no catalogue", row->line);
    *ret_header = header;
    return true;
}

void catalogue_row_refuse(struct catalogue_row *row, const char *reason, ...)
{
    va_list args;

    if (*row->fault)
        return;
    va_start(args, reason);
    vsnprintf(row->fault, sizeof(row->fault), reason, args);
    va_end(args);
    /* What was cut may end within a character. */
    const char *end;
    if (!g_utf8_validate(row->fault, -1, &end))
        row->fault[end - row->fault] = '\0';
}

/* --- What may stand in a column -------------------------------------------------------------------------------------------------------- */

static bool all_of(const char *value, const char *characters)
{
    return value[strspn(value, characters)] == '\0';
}

static bool one_of(const char *value, const char *const *words)
{
    while (*words && strcmp(*words, value) != 0)
        words++;
    return *words != NULL;
}
#define ONE_OF(value, ...) one_of(value, (const char *const[]){ __VA_ARGS__, NULL })

static bool key_good(const char *value)
{
    size_t len = strlen(value);
    if (strncmp(value, "own-", 4) == 0)
        return len >= 12 && all_of(value, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len == 14 && strncmp(value, "99", 2) == 0 && all_of(value, "0123456789");
}

static bool cents_good(const char *value)
{
    return all_of(value, "0123456789");
}

static bool level_good(const char *value)
{
    return ONE_OF(value, "low", "substantial", "high");
}

static bool audience_good(const char *value)
{
    return ONE_OF(value, "people", "organisations", "both");
}

static bool approval_good(const char *value)
{
    return ONE_OF(value, "automatic", "desk");
}

static bool yes_no_good(const char *value)
{
    return ONE_OF(value, "true", "false", "yes", "no", "1", "0");
}

static bool roles_good(const char *value)
{
    bool word = false;

    for (; *value; value = g_utf8_next_char(value)) {
        gunichar c = g_utf8_get_char(value);
        if (c == ',' && !word)
            return false;
        if (c != ',' && c != ' ' && c != '-' && c != '_' && !g_unichar_isalnum(c))
            return false;
        word = c != ',' && (word || c != ' ');
    }
    return word;
}

static bool url_good(const char *value)
{
    const char *host = g_str_has_prefix(value, "https://") ? value + 8 : g_str_has_prefix(value, "http://") ? value + 7 : "";
    return *host && strspn(host, "/?#:@.") == 0 && !strpbrk(host, " <>\"\\^`{|}");
}

static bool form_good(const char *value)
{
    return *value != '/' && !strstr(value, "..") && !strchr(value, '\\') && g_str_has_suffix(value, ".json");
}

static const struct { enum catalogue_column column; bool (*good)(const char *value); const char *wanted; } rules[] = {
    { CATALOGUE_KEY, key_good, "has to be 14 digits that begin with 99, or own- and 8 to 60 small letters, digits and hyphens" },
    { CATALOGUE_COST_CENTS, cents_good, "has to be a whole number" },
    { CATALOGUE_LEVEL, level_good, "has to be low, substantial or high" },
    { CATALOGUE_AUDIENCE, audience_good, "has to be people, organisations or both" },
    { CATALOGUE_APPROVAL, approval_good, "has to be automatic or desk" },
    { CATALOGUE_OTHER_STATES, yes_no_good, "has to be true or false" },
    { CATALOGUE_ROLES, roles_good, "has to be words with commas between" },
    { CATALOGUE_URL, url_good, "has to be an address that begins with https:// or http://" },
    { CATALOGUE_FORM, form_good, "has to be a .json file beside the catalogue" },
};

static void rules_check(struct catalogue_row *row)
{
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT; i++)
        if (row->values[i] && g_utf8_strlen(row->values[i], -1) > columns[i].most)
            catalogue_row_refuse(row, "%s has %ld characters; %ld are the most", columns[i].name, g_utf8_strlen(row->values[i], -1), columns[i].most);
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
        const char *value = row->values[rules[i].column];
        if (value && !rules[i].good(value))
            catalogue_row_refuse(row, "%s '%.60s' %s", columns[rules[i].column].name, value, rules[i].wanted);
    }
    if (!row->values[CATALOGUE_NAME])
        catalogue_row_refuse(row, "the name is missing");
    if (row->values[CATALOGUE_FORM] && row->values[CATALOGUE_URL])
        catalogue_row_refuse(row, "it has a form and a url; a service starts with one of them");
    if (row->values[CATALOGUE_FORM] && !row->values[CATALOGUE_DESK])
        catalogue_row_refuse(row, "it has a form but no desk that could answer");
}

/* --- Values ------------------------------------------------------------------------------------------------------------------------------ */

/* Composed; white space of any kind as one blank, unless lines count. NULL for one without anything in it. */
static char *tidy(const char *field, bool lines)
{
    AUTO(g_free) char *composed = g_utf8_normalize(field, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    GString *out = g_string_sized_new(strlen(composed));

    for (const char *at = composed; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool space = g_unichar_isspace(c) && !(lines && (c == '\n' || c == ' '));
        if (!space)
            g_string_append_unichar(out, c);
        else if (lines || (out->len > 0 && out->str[out->len - 1] != ' '))
            g_string_append_c(out, ' ');
    }
    char *text = g_strstrip(g_string_free(out, FALSE));
    if (*text)
        return text;
    g_free(text);
    return NULL;
}

static bool holds_control(const char *field)
{
    for (; *field; field = g_utf8_next_char(field)) {
        gunichar c = g_utf8_get_char(field);
        if (g_unichar_iscntrl(c) && !g_unichar_isspace(c))
            return true;
    }
    return false;
}

static char *slug_of(struct catalogue_row *row, enum catalogue_column column)
{
    const char *name = row->values[column];
    char *slug = name ? catalogue_slug(name) : NULL;

    if (slug && !*slug)
        catalogue_row_refuse(row, "%s '%.60s' has neither letter nor digit", columns[column].name, name);
    return slug;
}

void catalogue_row_read(const struct catalogue_header *header, const struct csv_row *from, struct catalogue_row *ret_row)
{
    struct catalogue_row row = { .line = from->line };

    if (from->fault)
        catalogue_row_refuse(&row, "%c%s", g_ascii_tolower(*from->fault), from->fault + 1);
    else if (from->count != header->count)
        catalogue_row_refuse(&row, "it has %d fields, the first line has %d", from->count, header->count);
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT && !*row.fault; i++) {
        const char *field = header->at[i] >= 0 ? from->fields[header->at[i]] : "";
        row.values[i] = tidy(field, columns[i].lines);
        if (holds_control(field))
            catalogue_row_refuse(&row, "%s holds a control character", columns[i].name);
        if (!row.values[i] && columns[i].otherwise)
            row.values[i] = g_strdup(columns[i].otherwise);
    }
    if (!*row.fault)
        rules_check(&row);
    if (!*row.fault) {
        row.topic = slug_of(&row, CATALOGUE_TOPIC);
        row.situation = slug_of(&row, CATALOGUE_SITUATION);
    }
    *ret_row = row;
}

void catalogue_row_done(struct catalogue_row *row)
{
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT; i++)
        g_free(row->values[i]);
    g_free(row->topic);
    g_free(row->situation);
    *row = (struct catalogue_row){ 0 };
}

char *catalogue_slug(const char *name)
{
    AUTO(g_free) char *small = g_utf8_strdown(name, -1);
    GString *slug = g_string_new(NULL);

    for (const char *at = small; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at), plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
        const char *written = c == 0xE4 ? "ae" : c == 0xF6 ? "oe" : c == 0xFC ? "ue" : c == 0xDF ? "ss" : NULL;
        g_unichar_fully_decompose(c, FALSE, plain, G_N_ELEMENTS(plain));
        if (written)
            g_string_append(slug, written);
        else if (plain[0] < 0x80 && g_ascii_isalnum((char)plain[0]))
            g_string_append_c(slug, (char)plain[0]);
        else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
            g_string_append_c(slug, '-');
    }
    if (slug->len > 0 && slug->str[slug->len - 1] == '-')
        g_string_truncate(slug, slug->len - 1);
    return g_string_free(slug, FALSE);
}
