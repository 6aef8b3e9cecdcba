#include "file_type.h"

#include <ctype.h>
#include <magic.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

enum { ENDING_MOST = 5 };

static const struct { const char *type, *endings[5]; } types[] = {
    { "application/pdf", { "pdf" } },
    { "image/jpeg", { "jpg", "jpeg", "jpe", "jfif" } },
    { "image/png", { "png" } },
};

static magic_t magic;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* one of libmagic's handles is for one thread at a time */

bool file_type_start(struct problem *reterr)
{
    magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_TEXT);
    if (magic && magic_load(magic, NULL) == 0)
        return true;
    fail(reterr, PROBLEM_INTERNAL, "libmagic's list of types cannot be read: %.100s", magic ? magic_error(magic) : "out of memory");
    file_type_stop();
    return false;
}

void file_type_stop(void)
{
    if (magic)
        magic_close(magic);
    magic = NULL;
}

/* The ending of a name, NULL where it has none. "Scan of 1.2.2026" has none: numbers tell no type. */
static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    bool letters = false;
    size_t n = dot ? strlen(dot + 1) : 0;

    for (size_t i = 1; i <= n; i++) {
        if (!isalnum((unsigned char)dot[i]))
            return NULL;
        letters |= isalpha((unsigned char)dot[i]) != 0;
    }
    return letters && n <= ENDING_MOST ? dot + 1 : NULL;
}

static bool name_fits(const char *name, const char *const *endings)
{
    const char *ending = ending_of(name);

    if (!ending)
        return true;
    for (; *endings; endings++)
        if (strcasecmp(ending, *endings) == 0)
            return true;
    return false;
}

const char *file_type(const char *name, const void *bytes, size_t size)
{
    const char *known = NULL;

    pthread_mutex_lock(&lock);
    const char *found = magic ? magic_buffer(magic, bytes, size) : NULL;
    for (size_t i = 0; found && i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(found, types[i].type) == 0 && name_fits(name, types[i].endings))
            known = types[i].type;
    pthread_mutex_unlock(&lock);
    return known;
}
