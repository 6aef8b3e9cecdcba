/* The CSV reader. Every good field is UTF-8, lines only go up, and rows that are written again read as the same. The first byte is the encoding.
 * sources: core/csv.c core/problem.c core/text.c
 * pkgs: glib-2.0 */
#include "../../core/csv.h"
#include "../../core/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static void write_row(struct text *to, const struct csv_row *row)
{
    for (int i = 0; i < row->count; i++) {
        text_add(to, i > 0 ? ",\"" : "\"");
        for (const char *c = row->fields[i]; *c; c++)
            text_add_bytes(to, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        text_add(to, "\"");
    }
    text_add(to, "\r\n");
}

/* All good rows, as they are written again. */
static char *pass(const char *bytes, size_t size, enum csv_encoding encoding)
{
    struct text out = TEXT(8 << 20);
    struct problem problem = { 0 };
    struct csv *csv = NULL;
    const struct csv_row *row = NULL;
    FILE *from = fmemopen((void *)bytes, size, "r");
    long line = 0;

    if (csv_new(from, encoding, &csv, &problem))
        while (csv_next(csv, &row, &problem) && row) {
            if (row->line <= line || (row->fault != NULL) != (row->count == 0))
                abort();
            line = row->line;
            for (int i = 0; i < row->count; i++)
                if (!g_utf8_validate(row->fields[i], -1, NULL))
                    abort();
            if (row->count > 0)
                write_row(&out, row);
        }
    csv_free(csv);
    fclose(from);
    return text_take(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 2)
        return 0;
    char *once = pass((const char *)data + 1, size - 1, (enum csv_encoding)(data[0] % 3));
    char *twice = once && *once ? pass(once, strlen(once), CSV_UTF8) : NULL;
    if (twice && strcmp(once, twice) != 0)
        abort();
    free(once);
    free(twice);
    return 0;
}
