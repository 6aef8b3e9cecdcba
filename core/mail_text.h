#pragma once
#include "problem.h"

/* The words of mails: core/mails/<name>.<language>.txt, embedded. The first line is `Subject: ...`, then a blank line, then the body;
 * {{name}} stands for a value. */

struct mail_value { const char *name, *value; };

/* Fills a template. values end with a NULL name; a placeholder without a value is PROBLEM_INTERNAL. Line breaks in the subject become
 * blanks. The caller frees both texts. */
bool mail_text(const char *name, const char *language, const struct mail_value *values, char **ret_subject, char **ret_body,
               struct problem *reterr);
