#pragma once
#include "problem.h"

#include <stddef.h>

/* Documents to read: A4, tagged (headings, paragraphs, language, title), fonts embedded, numbered pages. Filled from top to bottom; what does
 * not fit goes onto the next page. */

struct pdf; /* of one thread */

/* `language` is an IETF tag such as `de`. pdf_free accepts NULL. */
struct pdf *pdf_new(const char *title, const char *language);
void pdf_free(struct pdf *pdf);

void pdf_heading(struct pdf *pdf, int level, const char *text); /* 1 to 3 */
void pdf_text(struct pdf *pdf, const char *text);               /* lines may break */
void pdf_pair(struct pdf *pdf, const char *name, const char *value); /* side by side */

/* The document as bytes, which the caller frees. `footer` stands on each page, with the number of the page at {page} and of all at {pages}. */
bool pdf_finish(struct pdf *pdf, const char *footer, char **ret_bytes, size_t *ret_size, struct problem *reterr);
