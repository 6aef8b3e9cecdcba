#pragma once
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>

/* What a file is, by its content. */

bool file_type_start(struct problem *reterr);
void file_type_stop(void);

/* The type of a file that the portal takes, and NULL of any other: PDF, JPEG or PNG. A name that ends like a file of another type contradicts its
 * content, which is refused too: whoever opens it goes by its name. */
const char *file_type(const char *name, const void *bytes, size_t size);
