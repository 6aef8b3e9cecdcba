#include "synonyms.h"

#include "pool.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

DEFINE_AUTO(struct csv, csv_free)

static void close_file(FILE *file)
{
    if (file)
        fclose(file);
}
DEFINE_AUTO(FILE, close_file)
DEFINE_AUTO(char, g_free)

enum { WORD_MOST = 200 };

struct places { int word, means, count; };

static int place_of(const struct csv_row *row, const char *name)
{
    for (int i = 0; i < row->count; i++) {
        AUTO(g_free) char *tidy = g_strstrip(g_ascii_strdown(row->fields[i], -1));
        if (strcmp(tidy, name) == 0)
            return i;
    }
    return -1;
}

static bool header_take(struct csv *csv, struct places *ret_places, struct problem *reterr)
{
    const struct csv_row *row;

    if (!csv_next(csv, &row, reterr))
        return false;
    if (!row || row->fault || place_of(row, "word") < 0 || place_of(row, "means") < 0)
        return fail(reterr, PROBLEM_BAD_INPUT, "The first line has to name the columns 'word' and 'means'");
    *ret_places = (struct places){ place_of(row, "word"), place_of(row, "means"), row->count };
    return true;
}

/* *ret_fault: why the row is refused, NULL where it was taken. */
static bool row_take(struct db *db, const struct places *places, const struct csv_row *row, const char **ret_fault, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    const char *fault = row->fault;

    if (!fault && row->count != places->count)
        fault = "It has another number of fields than the first line";
    if (fault)
        return *ret_fault = fault, true;
    AUTO(g_free) char *word = g_strstrip(g_strdup(row->fields[places->word]));
    AUTO(g_free) char *means = g_strstrip(g_strdup(row->fields[places->means]));
    if (g_utf8_strlen(word, -1) > WORD_MOST || g_utf8_strlen(means, -1) > WORD_MOST)
        return *ret_fault = "It is longer than 200 characters", true;
    if (!db_run(db, Q_SYNONYMS_ADD, &rows, reterr, word, means))
        return false;
    *ret_fault = cell_true(rows, 0, 0) ? NULL : "It has no word, no meaning, or means itself";
    return true;
}

static bool rows_take(struct db *db, const char *path, enum csv_encoding encoding, FILE *say, long *ret_count, struct problem *reterr)
{
    AUTO(close_file) FILE *file = fopen(path, "r");
    AUTO(csv_free) struct csv *csv = NULL;
    struct places places = { 0 };
    const struct csv_row *row = NULL;
    long count = 0;

    if (!file)
        return fail(reterr, PROBLEM_BAD_INPUT, "'%.100s' cannot be read: %s", path, strerror(errno));
    if (!csv_new(file, encoding, &csv, reterr) || !header_take(csv, &places, reterr))
        return false;
    for (;;) {
        const char *fault;
        if (!csv_next(csv, &row, reterr))
            return false;
        if (!row)
            break;
        if (!row_take(db, &places, row, &fault, reterr))
            return false;
        if (fault)
            fprintf(say, "%s:%ld: %s\n", path, row->line, fault);
        count += !fault;
    }
    *ret_count = count;
    return true;
}

bool synonyms_import(const char *path, enum csv_encoding encoding, FILE *say, long *ret_count, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO_TX struct tx tx = { 0 };
    long count = 0;

    /* The lock of the catalogue's import: of two lists at once the later one stays, not a mixture. */
    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run_(db, Q_CATALOGUE_IMPORT_LOCK, NULL, reterr, NULL, 0) ||
        !db_run_(db, Q_SYNONYMS_CLEAR, NULL, reterr, NULL, 0) || !rows_take(db, path, encoding, say, &count, reterr))
        return false;
    if (count == 0)
        return fail(reterr, PROBLEM_BAD_INPUT, "The file holds no words; nothing was changed");
    if (!tx_commit(&tx, reterr))
        return false;
    *ret_count = count;
    return true;
}
