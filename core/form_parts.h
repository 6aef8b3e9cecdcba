#pragma once
#include "form.h"

/* What the parts of the form checker share; others use form.h. */

enum { FORM_LABEL = 160, FORM_PARTS = 5 };

extern const char *const form_address_parts[FORM_PARTS]; /* street first */

/* Whether an object's `required` names it. */
bool form_required(const json_t *owner, const char *name);

/* A member of the object as text, or "". */
const char *form_text(const json_t *object, const char *name);

/* Faults of one value; false where it added any. */
bool form_value_check(const json_t *field, const json_t *value, const char *label, enum form_manner manner, const char *today,
                      struct problem *reterr);

/* A pattern that PCRE2 and JavaScript take for the same thing; otherwise why not, in words for its author. */
const char *form_pattern_fault(const char *pattern);
bool form_pattern_matches(const char *pattern, const char *value);
