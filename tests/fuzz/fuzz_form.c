/* Forms: a schema that anybody may have written, and data that anybody may have sent. The input is a schema, a line with ---, and data.
 * sources: core/form.c core/form_check.c core/form_data.c core/form_pattern.c core/checks.c core/problem.c core/email_address.c
 * pkgs: jansson libpcre2-8 glib-2.0 */
#include "../../core/form.h"

#include <stdlib.h>
#include <string.h>

static void look(const json_t *schema, const json_t *data)
{
    struct problem draft = { 0 }, whole = { 0 }, p = { 0 };
    json_t *fitting = NULL, *left = NULL, *filled = NULL, *labels = NULL;
    bool fits = form_data_check(schema, data, FORM_DRAFT, "2026-11-24", &draft);
    bool good = form_data_check(schema, data, FORM_COMPLETE, "2026-11-24", &whole);

    if (good && !fits) /* what may be sent may be typed */
        abort();
    if (fits) {
        json_decref(form_files(schema, data));
        if (!form_fit(schema, schema, data, &fitting, &left, &p) || json_array_size(left) > 0) /* nothing changed, so nothing is left over */
            abort();
    }
    if (!form_prefill(schema, data, "2026-11-24", &filled, &labels, &p))
        abort();
    json_decref(fitting);
    json_decref(left);
    json_decref(filled);
    json_decref(labels);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    const char *text = (const char *)bytes, *line = memmem(text, size, "\n---\n", 5);
    size_t n = line ? (size_t)(line - text) : size;
    struct problem p = { 0 };
    json_t *schema = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
    json_t *data = line ? json_loadb(line + 5, size - n - 5, JSON_REJECT_DUPLICATES, NULL) : NULL;

    if (schema && form_check(schema, &p) && data)
        look(schema, data);
    json_decref(schema);
    json_decref(data);
    return 0;
}
