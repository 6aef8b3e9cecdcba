#pragma once
#include <stdbool.h>
#include <stddef.h>

/* A growing string with a ceiling in bytes. Errors stick: append freely, look once, at the end. */
struct text {
    char *at;
    size_t len, room, max;
    bool failed;
};
#define TEXT(limit) { .max = (limit) }
#define AUTO_TEXT __attribute__((cleanup(text_done)))

void text_add(struct text *t, const char *s);
void text_add_bytes(struct text *t, const char *s, size_t len);
__attribute__((format(printf, 2, 3))) void text_addf(struct text *t, const char *format, ...);

/* The whole string; NULL where anything failed. The caller frees it, and t starts anew. */
char *text_take(struct text *t);

/* Frees what t holds; t may be used again. */
void text_done(struct text *t);
