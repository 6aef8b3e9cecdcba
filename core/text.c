#include "text.h"

#include "cleanup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool text_grow(struct text *t, size_t more)
{
    if (t->failed || more >= t->max - t->len)
        return t->failed = true, false;
    if (t->len + more + 1 <= t->room)
        return true;

    size_t room = 2 * (t->len + more + 1);
    char *at = realloc(t->at, room);
    if (!at)
        return t->failed = true, false;
    t->at = at;
    t->room = room;
    return true;
}

void text_add_bytes(struct text *t, const char *s, size_t len)
{
    if (!text_grow(t, len))
        return;
    memcpy(t->at + t->len, s, len);
    t->len += len;
    t->at[t->len] = '\0';
}

void text_add(struct text *t, const char *s)
{
    text_add_bytes(t, s, strlen(s));
}

void text_addf(struct text *t, const char *format, ...)
{
    AUTO(free) char *s = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&s, format, args) < 0) {
        s = NULL;
        t->failed = true;
    } else {
        text_add(t, s);
    }
    va_end(args);
}

char *text_take(struct text *t)
{
    char *s = NULL;
    if (!t->failed)
        s = t->at ? TAKE(t->at) : calloc(1, 1);
    text_done(t);
    return s;
}

void text_done(struct text *t)
{
    free(t->at);
    *t = (struct text)TEXT(t->max);
}
