#define PCRE2_CODE_UNIT_WIDTH 8
#include "form_parts.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN_MOST = 200, REPEAT_MOST = 1000, MATCH_LIMIT = 100000 };

#define ESCAPED "dDwW.*+?^$(){}[]|/\\" /* what may follow a backslash everywhere */

/* The end of {2}, {2,} or {2,5} that begins at `at`, or NULL. */
static const char *repeat_end(const char *at)
{
    for (int numbers = 0; numbers < 2; numbers++) {
        char *end;
        bool digits = isdigit((unsigned char)at[1]);
        if (!digits && (numbers == 0 || at[1] != '}'))
            return NULL;
        if (digits && strtol(at + 1, &end, 10) > REPEAT_MOST)
            return NULL;
        at = digits ? end : at + 1;
        if (*at == '}')
            return at + 1;
        if (*at != ',')
            return NULL;
    }
    return NULL;
}

/* The end of a class that begins at `at`, or NULL. */
static const char *class_end(const char *at)
{
    const char *first = at += at[1] == '^' ? 2 : 1;

    for (; *at && *at != ']'; at++) {
        if (*at == '[')
            return NULL;
        if (*at == '\\' && (!at[1] || !strchr(ESCAPED "-", *++at)))
            return NULL;
    }
    return *at && at > first ? at + 1 : NULL;
}

const char *form_pattern_fault(const char *pattern)
{
    bool repeatable = false;
    int error;
    PCRE2_SIZE offset;

    if (strlen(pattern) > PATTERN_MOST)
        return "it is longer than 200 bytes";
    for (const char *at = pattern; *at;) {
        const char *end = at + 1;
        bool repeats = *at && strchr("*+?{", *at);
        if (*at == '\\' && (!at[1] || !strchr(ESCAPED, at[1])))
            return "it has an escape other than \\d \\D \\w \\W and those of signs";
        if (*at == '\\')
            end = at + 2;
        if (*at == '[' && !(end = class_end(at)))
            return "it has a class [...] that is empty, open or holds another one";
        if (*at == '{' && !(end = repeat_end(at)))
            return "it has a brace that is not {n}, {n,} or {n,m} up to 1000";
        if (strchr("]}", *at))
            return "] and } have to be escaped";
        if (*at == '(' && at[1] == '?' && at[2] != ':')
            return "of (? only (?: is taken";
        if (*at == '(' && at[1] == '?')
            end = at + 3;
        if (repeats && !repeatable)
            return "a repetition stands after nothing, or after another one";
        repeatable = !repeats && !strchr("(|^$", *at);
        at = end;
    }
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &error, &offset, NULL);
    pcre2_code_free(code);
    return code ? NULL : "it is no regular expression";
}

bool form_pattern_matches(const char *pattern, const char *value)
{
    int error, result = -1;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &error, &offset, NULL);
    pcre2_match_data *found = code ? pcre2_match_data_create(1, NULL) : NULL;
    pcre2_match_context *limits = pcre2_match_context_create(NULL);

    if (found && limits) {
        pcre2_set_match_limit(limits, MATCH_LIMIT); /* a pattern that would never end finds nothing */
        result = pcre2_match(code, (PCRE2_SPTR)value, strlen(value), 0, 0, found, limits);
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(found);
    pcre2_code_free(code);
    return result >= 0;
}
