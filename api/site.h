#pragma once
#include "../core/problem.h"

#include <stddef.h>

/* The pages: every file of a folder, read into memory at the start. What is not in that list does not exist, so that no path,
 * however it is spelled, leads anywhere else. Symbolic links and hidden files are passed over. */

struct page {
    char *path;               /* "/js/main.js" */
    const char *content_type;
    char *bytes, *packed;     /* packed: gzip, NULL where it is not worth it */
    size_t length, packed_length;
    char etag[24];            /* in quotes; of the content */
};

bool site_start(const char *folder, struct problem *reterr); /* an empty name: no pages */
void site_stop(void);

/* The page of a path, or NULL. A path of a view, such as /account/profile, is the start page: the view is the SPA's business. */
const struct page *site_find(const char *path);

/* The start page, for telling people in their own words that there is nothing; NULL without pages. */
const struct page *site_index(void);
