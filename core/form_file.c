#include "form_file.h"

#include "cleanup.h"
#include "form.h"

#include <errno.h>
#include <string.h>

DEFINE_AUTO(json_t, json_decref)

static void close_file(FILE *file)
{
    if (file)
        fclose(file);
}
DEFINE_AUTO(FILE, close_file)

bool form_file_read(const char *path, char **ret_form, struct problem *reterr)
{
    AUTO(close_file) FILE *file = fopen(path, "r");
    AUTO(free) char *bytes = malloc(FORM_FILE_BYTES + 1);
    json_error_t error;

    if (!bytes)
        return fail_internal(reterr, "out of memory");
    size_t len = file ? fread(bytes, 1, FORM_FILE_BYTES + 1, file) : 0;
    if (!file || ferror(file))
        return fail(reterr, PROBLEM_BAD_INPUT, "It cannot be read: %s", strerror(errno));
    if (len > FORM_FILE_BYTES)
        return fail(reterr, PROBLEM_BAD_INPUT, "It is larger than %d bytes", FORM_FILE_BYTES);
    AUTO(json_decref) json_t *schema = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
    if (!schema)
        return fail(reterr, PROBLEM_BAD_INPUT, "It is no JSON (line %d): %s", error.line, error.text);
    if (!form_check(schema, reterr))
        return false;
    char *form = json_dumps(schema, JSON_COMPACT);
    if (!form)
        return fail_internal(reterr, "out of memory");
    *ret_form = form;
    return true;
}
