#define _XOPEN_SOURCE 700
#include "site.h"

#include "../core/cleanup.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_BYTES_MOST = 8 << 20 };

static struct page *pages;
static size_t pages_count, folder_length;

static const char *type_of(const char *path)
{
    static const struct { const char *ending, *type; } types[] = {
        { ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
        { ".json", "application/json" },         { ".svg", "image/svg+xml" },                 { ".woff2", "font/woff2" },
        { ".png", "image/png" },                 { ".ico", "image/x-icon" },                  { ".txt", "text/plain; charset=utf-8" },
        { ".webmanifest", "application/manifest+json" },
    };
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending && i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(types[i].ending, ending) == 0)
            return types[i].type;
    return NULL;
}

static char *file_read(const char *path, size_t *ret_length)
{
    struct stat about;
    AUTO(free) char *bytes = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > PAGE_BYTES_MOST ||
        !(bytes = malloc((size_t)about.st_size + 1)) || read(file, bytes, (size_t)about.st_size) != about.st_size) {
        if (file >= 0)
            close(file);
        return NULL;
    }
    close(file);
    *ret_length = (size_t)about.st_size;
    return TAKE(bytes);
}

/* FNV-1a: tells versions of one file apart, no more. */
static uint64_t digest(const char *bytes, size_t length)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return h;
}

static int take_file(const char *path, const struct stat *about, int kind, struct FTW *at)
{
    char packed[4200];
    const char *type = type_of(path);
    (void)about;

    if (kind != FTW_F || path[at->base] == '.' || !type)
        return 0;
    struct page *more = realloc(pages, (pages_count + 1) * sizeof(*pages));
    if (!more)
        return -1;
    pages = more;
    struct page page = { .content_type = type, .path = strdup(path + folder_length), .bytes = file_read(path, &page.length) };
    if (!page.path || !page.bytes) {
        free(page.path);
        free(page.bytes);
        return -1;
    }
    snprintf(packed, sizeof(packed), "%s.gz", path);
    page.packed = file_read(packed, &page.packed_length);
    snprintf(page.etag, sizeof(page.etag), "\"%016llx\"", (unsigned long long)digest(page.bytes, page.length));
    pages[pages_count++] = page;
    return 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct page *)a)->path, ((const struct page *)b)->path);
}

bool site_start(const char *folder, struct problem *reterr)
{
    if (!*folder)
        return true;
    folder_length = strlen(folder);
    while (folder_length > 1 && folder[folder_length - 1] == '/')
        folder_length--;
    if (nftw(folder, take_file, 16, FTW_PHYS) != 0)
        return fail(reterr, PROBLEM_INTERNAL, "The folder PORTAL_SPA (%.80s) cannot be read", folder);
    qsort(pages, pages_count, sizeof(*pages), by_path);
    return site_index() || fail(reterr, PROBLEM_INTERNAL, "The folder PORTAL_SPA (%.80s) holds no index.html", folder);
}

void site_stop(void)
{
    for (size_t i = 0; i < pages_count; i++) {
        free(pages[i].path);
        free(pages[i].bytes);
        free(pages[i].packed);
    }
    free(pages);
    pages = NULL;
    pages_count = 0;
}

static const struct page *page_at(const char *path)
{
    struct page wanted = { .path = (char *)path };
    return pages ? bsearch(&wanted, pages, pages_count, sizeof(*pages), by_path) : NULL;
}

const struct page *site_index(void)
{
    return page_at("/index.html");
}

const struct page *site_find(const char *path)
{
    bool view = path[0] == '/' && strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-/") == strlen(path) && !strstr(path, "//");
    return view ? site_index() : page_at(path);
}
