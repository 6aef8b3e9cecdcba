#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define X(name, status, slug, title) [PROBLEM_##name] = { status, slug, title },
static const struct { int status; const char *slug, *title; } problems[PROBLEM_KINDS] = { { 200, "none", "Nothing went wrong" }, PROBLEMS(X) };
#undef X

#define X(code, detail) { code, detail },
static const struct { const char *code, *detail; } faults[] = { FIELD_FAULTS(X) };
#undef X

int problem_status(enum problem_kind kind)
{
    return problems[kind].status;
}

const char *problem_title(enum problem_kind kind)
{
    return problems[kind].title;
}

const char *problem_slug(enum problem_kind kind)
{
    return problems[kind].slug;
}

const char *problem_field_detail(const char *code)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
        if (strcmp(faults[i].code, code) == 0)
            return faults[i].detail;
    return "";
}

bool fail(struct problem *reterr, enum problem_kind kind, const char *detail, ...)
{
    va_list args;
    va_start(args, detail);
    reterr->kind = kind;
    vsnprintf(reterr->detail, sizeof(reterr->detail), detail, args);
    va_end(args);
    return false;
}

bool fail_internal(struct problem *reterr, const char *cause, ...)
{
    va_list args;
    va_start(args, cause);
    vsnprintf(reterr->cause, sizeof(reterr->cause), cause, args);
    va_end(args);
    for (char *c = reterr->cause; (c = strpbrk(c, "\r\n"));)
        *c = ' ';
    return fail(reterr, PROBLEM_INTERNAL, "The operator can find this by its request id");
}

bool fail_for(struct problem *reterr, enum problem_kind kind, int retry_after, const char *detail)
{
    reterr->retry_after = retry_after;
    return fail(reterr, kind, "%s", detail);
}

const char *problem_field_name(const struct problem *problem, int field)
{
    return problem->names + problem->fields[field].name;
}

bool fail_field(struct problem *reterr, const char *name, const char *code)
{
    int i = reterr->fields_count, n = (int)strlen(name) + 1;
    bool last = i == PROBLEM_FIELDS - 1 || n >= PROBLEM_ROOM - reterr->names_used;

    if (i > 0 && strcmp(reterr->fields[i - 1].code, "more") == 0)
        return false;
    reterr->fields[i].name = reterr->names_used;
    reterr->fields[i].code = last ? "more" : code;
    reterr->fields_count++;
    memcpy(reterr->names + reterr->names_used, last ? "" : name, last ? 1 : (size_t)n);
    reterr->names_used += last ? 1 : n;
    return fail(reterr, PROBLEM_BAD_INPUT, "Please look at the fields named in errors");
}
