#include "password_policy.h"

#include "cleanup.h"

#include <errno.h>
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { PERSONAL_LEAST = 4 /* characters of a name that count as one: "Li" is in many words */, LINE_MOST = 512 };

struct leaked_passwords { size_t count, room; uint64_t *hashes; };

struct password_policy password_policy(const char *profile)
{
    if (strcmp(profile, "modern") == 0)
        return (struct password_policy){ .groups = false, .min = 15, .max = 128 };
    return (struct password_policy){ .groups = true, .min = 8, .max = 40 };
}

char *password_normal(const char *password)
{
    return g_utf8_validate(password, -1, NULL) ? g_utf8_normalize(password, -1, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;
}

/* NFC without case; NULL where the text is no UTF-8. The caller frees it. Nearly every leaked password is ASCII: the short way reads a
 * list ten times as fast. */
static char *folded(const char *text)
{
    if (g_str_is_ascii(text))
        return g_ascii_strdown(text, -1);
    AUTO(free) char *normal = password_normal(text);
    return normal ? g_utf8_casefold(normal, -1) : NULL;
}

/* FNV-1a over 64 bits: a stranger's password collides with one of a million once in ten million million tries. */
static uint64_t hash_of(const char *text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return h;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool leaked_add(struct leaked_passwords *list, const char *line)
{
    AUTO(free) char *text = folded(line);
    if (!text || !*text)
        return true; /* some lists hold bytes of other encodings */
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 4096;
        uint64_t *more = realloc(list->hashes, room * sizeof(*more));
        if (!more)
            return false;
        list->hashes = more;
        list->room = room;
    }
    list->hashes[list->count++] = hash_of(text);
    return true;
}

static bool leaked_read(struct leaked_passwords *list, FILE *file)
{
    char line[LINE_MOST];
    bool good = true;

    while (good && fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\r\n")] = '\0';
        good = strncmp(line, "#!comment:", 10) == 0 || leaked_add(list, line);
    }
    if (list->count > 0)
        qsort(list->hashes, list->count, sizeof(*list->hashes), by_value);
    return good && !ferror(file);
}

bool leaked_passwords_new(const char *path, struct leaked_passwords **ret_list, struct problem *reterr)
{
    struct leaked_passwords *list = calloc(1, sizeof(*list));
    FILE *file = *path ? fopen(path, "re") : NULL;
    bool good = list && (!*path || (file && leaked_read(list, file)));

    if (!good)
        fail(reterr, PROBLEM_INTERNAL, "PORTAL_LEAKED_PASSWORDS (%.60s) cannot be read: %s", path, strerror(errno));
    if (file)
        fclose(file);
    if (!good)
        return leaked_passwords_free(list), false;
    *ret_list = list;
    return true;
}

void leaked_passwords_free(struct leaked_passwords *list)
{
    if (list)
        free(list->hashes);
    free(list);
}

bool leaked_passwords_hold(const struct leaked_passwords *list, const char *password)
{
    AUTO(free) char *text = folded(password);
    uint64_t wanted = text ? hash_of(text) : 0;
    return text && list->count > 0 && bsearch(&wanted, list->hashes, list->count, sizeof(wanted), by_value);
}

/* Whether the password holds a piece of a name that is long enough to count. */
static bool holds_piece(const char *password, const char *text, const char *separators)
{
    AUTO(free) char *pieces = text ? folded(text) : NULL;
    for (char *at = pieces, *end; at && *at; at = end) {
        at += strspn(at, separators);
        end = at + strcspn(at, separators);
        char kept = *end;
        *end = '\0';
        bool found = g_utf8_strlen(at, -1) >= PERSONAL_LEAST && strstr(password, at);
        *end = kept;
        if (found)
            return true;
    }
    return false;
}

static bool personal(const char *password, const struct password_owner *owner)
{
    AUTO(free) char *text = folded(password);
    AUTO(free) char *local = owner->email ? strndup(owner->email, strcspn(owner->email, "@")) : NULL;
    return text && (holds_piece(text, local, "") || holds_piece(text, owner->first_name, " -") || holds_piece(text, owner->last_name, " -"));
}

/* Unicode's White_Space; g_unichar_isspace leaves two control characters out. */
static bool is_space(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x0B || c == 0x85;
}

struct signs { bool lower, upper, digit, special, space, angle; };

static struct signs signs_of(const char *password)
{
    struct signs s = { 0 };
    for (; *password; password = g_utf8_next_char(password)) {
        gunichar c = g_utf8_get_char(password);
        s.lower |= g_unichar_islower(c);
        s.upper |= g_unichar_isupper(c);
        s.digit |= g_unichar_isdigit(c);
        s.space |= is_space(c);
        s.angle |= c == '<' || c == '>';
        s.special |= !g_unichar_isalpha(c) && !g_unichar_isdigit(c) && !is_space(c); /* as in spa/js/password-rules.js */
    }
    return s;
}

bool password_check(const struct password_policy *policy, const struct leaked_passwords *leaked, const char *password,
                    const struct password_owner *owner, const char *field, struct problem *reterr)
{
    AUTO(free) char *normal = password_normal(password);
    int before = reterr->fields_count;

    if (!normal)
        return fail_field(reterr, field, "format");
    struct signs s = signs_of(normal);
    long length = g_utf8_strlen(normal, -1);
    if (length < policy->min)
        fail_field(reterr, field, "too_short");
    if (length > policy->max)
        fail_field(reterr, field, "too_long");
    if (policy->groups && s.space)
        fail_field(reterr, field, "whitespace");
    if (policy->groups && s.angle)
        fail_field(reterr, field, "angle_brackets");
    if (policy->groups && (s.lower && s.upper) + s.digit + s.special < 2)
        fail_field(reterr, field, "too_simple");
    if (leaked_passwords_hold(leaked, normal))
        fail_field(reterr, field, "leaked");
    if (personal(normal, owner))
        fail_field(reterr, field, "personal");
    return reterr->fields_count == before;
}
