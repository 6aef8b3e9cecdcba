#include "settings.h"

#include "email_address.h"
#include "network.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "PORTAL_"

extern char **environ;

struct setting {
    const char *name;
    enum setting_kind kind;
    const char *initial;
    long low, high;
    const char *meaning;
    size_t offset;
};

#define X(member, name, kind, initial, low, high, meaning) \
    { name, SETTING_##kind, initial, low, high, meaning, offsetof(struct settings, member) },
static const struct setting all[] = { SETTINGS(X) };
#undef X
enum { COUNT = sizeof(all) / sizeof(*all) };

static bool known(const char *entry)
{
    for (size_t i = 0; i < COUNT; i++) {
        size_t n = strlen(all[i].name);
        if (strncmp(entry, all[i].name, n) == 0 && entry[n] == '=')
            return true;
    }
    return false;
}

/* Whether `value` is one of the words before the colon of "a|b|c: what they mean". */
static bool is_choice(const char *meaning, const char *value)
{
    size_t n = strlen(value);
    for (const char *at = meaning; n > 0; at += strcspn(at, "|:") + 1) {
        if (strncmp(at, value, n) == 0 && (at[n] == '|' || at[n] == ':'))
            return true;
        if (at[strcspn(at, "|:")] != '|')
            break;
    }
    return false;
}

/* scheme://host[:port], as a browser sends it in Origin. */
static bool is_origin(const char *value)
{
    const char *host = strncmp(value, "https://", 8) == 0 ? value + 8 : strncmp(value, "http://", 7) == 0 ? value + 7 : NULL;
    return host && *host && strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == strlen(host);
}

static bool is_number(const struct setting *s, const char *value, int *ret_number)
{
    char *end;
    long n = strtol(value, &end, 10);
    if (end == value || *end || n < s->low || n > s->high)
        return false;
    *ret_number = (int)n;
    return true;
}

static bool wrong(const struct setting *s, const char *value, struct problem *reterr)
{
    if (s->kind == SETTING_NUMBER)
        return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s is '%.30s': it has to be a number from %ld to %ld", s->name, value, s->low, s->high);
    if (s->kind == SETTING_CHOICE || s->kind == SETTING_SWITCH)
        return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s is '%.30s': it has to be one of %.*s", s->name, value,
                    (int)strcspn(s->meaning, ":"), s->meaning);
    if (s->kind == SETTING_ORIGIN)
        return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s is '%.40s': it has to look like https://portal.example", s->name, value);
    if (s->kind == SETTING_EMAIL)
        return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s is '%.40s': it has to be an e-mail address", s->name, value);
    if (s->kind == SETTING_NETWORKS)
        return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s: it has to list networks such as 10.0.0.0/8,::1/128", s->name);
    return fail(reterr, PROBLEM_BAD_INPUT, PREFIX "%s has to be a text of %ld to %ld bytes", s->name, s->low, s->high);
}

static bool store(const struct setting *s, const char *value, char *at)
{
    size_t n = strlen(value);
    switch (s->kind) {
    case SETTING_NUMBER:
        return is_number(s, value, (int *)(void *)at);
    case SETTING_SWITCH:
        *(bool *)at = strcmp(value, "true") == 0;
        return is_choice(s->meaning, value);
    case SETTING_CHOICE:
    case SETTING_ORIGIN:
    case SETTING_EMAIL:
    case SETTING_NETWORKS:
    case SETTING_TEXT:
        *(const char **)(void *)at = value;
    }
    return s->kind == SETTING_CHOICE   ? is_choice(s->meaning, value)
         : s->kind == SETTING_ORIGIN   ? is_origin(value)
         : s->kind == SETTING_EMAIL    ? email_address_valid(value)
         : s->kind == SETTING_NETWORKS ? networks_valid(value)
                                       : n >= (size_t)s->low && n <= (size_t)s->high;
}

static const char *given(const struct setting *s)
{
    char name[80];
    snprintf(name, sizeof(name), PREFIX "%s", s->name);
    return getenv(name);
}

bool settings_read(struct settings *ret_settings, struct problem *reterr)
{
    struct settings read = { 0 };

    for (char **entry = environ; *entry; entry++)
        if (strncmp(*entry, PREFIX, strlen(PREFIX)) == 0 && !known(*entry + strlen(PREFIX)))
            return fail(reterr, PROBLEM_BAD_INPUT, "%.*s is no setting: `serviceportal settings` lists them all",
                        (int)strcspn(*entry, "="), *entry);
    for (size_t i = 0; i < COUNT; i++) {
        const char *value = given(&all[i]) ?: all[i].initial;
        if (!store(&all[i], value, (char *)&read + all[i].offset))
            return wrong(&all[i], value, reterr);
    }
    *ret_settings = read;
    return true;
}

void settings_print(void)
{
    for (size_t i = 0; i < COUNT; i++) {
        const char *value = given(&all[i]);
        printf(PREFIX "%s\n    %s\n    default: %s\n", all[i].name, all[i].meaning, *all[i].initial ? all[i].initial : "(empty)");
        if (value)
            printf("    now:     %s\n", *value ? value : "(empty)");
    }
}
