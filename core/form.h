#pragma once
#include "problem.h"

#include <jansson.h>

/* Forms of services: JSON Schema (draft 2020-12), of the subset that docs/forms.md describes. A form is an object whose properties are
 * sections (a page each), whose properties are fields. JSON is the subject here, so JSON is what goes in and out; schema and data stay the
 * caller's. All but form_check expect a schema that passed it. The browser follows the same rules (spa/js/form-check.js);
 * tests/data/form_cases.json holds both to them. */

/* What a field asks for. */
enum form_kind {
    FORM_TEXT,
    FORM_LONG_TEXT,
    FORM_NUMBER,
    FORM_DATE,
    FORM_CHOICE,
    FORM_SEVERAL,
    FORM_YES_NO,
    FORM_CONSENT,
    FORM_ADDRESS,
    FORM_GROUP,
    FORM_FILE,
    FORM_FILES,
    FORM_KINDS,
};
enum form_kind form_kind(const json_t *field);

/* Whether a form is one. Otherwise PROBLEM_BAD_INPUT, and the detail is a sentence for its author: where (a JSON pointer) and why. */
bool form_check(const json_t *schema, struct problem *reterr);

/* What somebody has typed so far may be incomplete and out of bounds; what is sent may not. */
enum form_manner { FORM_DRAFT, FORM_COMPLETE };

/* Adds each fault of the data to *reterr, named like `data.family.children[0].birth_date`. `today` is YYYY-MM-DD. */
bool form_data_check(const json_t *schema, const json_t *data, enum form_manner manner, const char *today, struct problem *reterr);

/* The files that data name: an object of label to id. New reference; NULL where memory is out. */
json_t *form_files(const json_t *schema, const json_t *data);

/* Data that were typed into another version of the form: what still fits, and the rest as [{title, value}], for people to read. New
 * references. */
bool form_fit(const json_t *old_schema, const json_t *schema, const json_t *data, json_t **ret_fitting, json_t **ret_left_over,
              struct problem *reterr);

/* The data that a profile (as GET /me shows it) gives a new form, and the labels of what it gave. New references. */
bool form_prefill(const json_t *schema, const json_t *profile, const char *today, json_t **ret_data, json_t **ret_labels, struct problem *reterr);
