#include "catalogue_import.h"

#include "catalogue_row.h"
#include "form_file.h"
#include "pool.h"
#include "text.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

DEFINE_AUTO(struct csv, csv_free)

static void close_file(FILE *file)
{
    if (file)
        fclose(file);
}
DEFINE_AUTO(FILE, close_file)

enum { LINE_BYTES = 2 * (FORM_FILE_BYTES + CSV_ROW_BYTES) };

struct import {
    const struct catalogue_source *source;
    FILE *say;
    struct db *db;
    struct catalogue_header header;
    long rows;
    time_t told; /* when something was last said about how far it is */
};

/* --- Reading into the temporary table ---------------------------------------------------------------------------------------------------- */

/* The form beside the catalogue that the row names; NULL, and the row is refused, where it is none. */
static char *form_load(const char *catalogue, struct catalogue_row *row)
{
    const char *folder_end = strrchr(catalogue, '/');
    AUTO_TEXT struct text path = TEXT(8192);
    struct problem problem = { 0 };
    char *form = NULL;

    text_add_bytes(&path, catalogue, folder_end ? (size_t)(folder_end - catalogue) + 1 : 0);
    text_add(&path, row->values[CATALOGUE_FORM]);
    AUTO(free) char *whole = text_take(&path);
    if (!whole || !form_file_read(whole, &form, &problem))
        catalogue_row_refuse(row, "the form %.100s: %s", row->values[CATALOGUE_FORM], problem.detail);
    return form;
}

/* A value of COPY's text format, with the tab in front of it. */
static void copy_value(struct text *to, const char *value)
{
    text_add(to, value ? "\t" : "\t\\N");
    while (value && *value) {
        size_t plain = strcspn(value, "\\\t\n\r");
        text_add_bytes(to, value, plain);
        value += plain;
        if (*value == '\0')
            return;
        text_add(to, *value == '\\' ? "\\\\" : *value == '\t' ? "\\t" : *value == '\n' ? "\\n" : "\\r");
        value++;
    }
}

/* "read, write" as an array of PostgreSQL. The rules of the column leave nothing in it that would have to be escaped. */
static char *roles_array(const char *roles)
{
    struct text array = TEXT(4096);

    text_add(&array, "{");
    for (bool more = roles != NULL; more;) {
        size_t len = strcspn(roles, ",");
        const char *word = roles + strspn(roles, " ");
        size_t word_len = len - (size_t)(word - roles);
        while (word_len > 0 && word[word_len - 1] == ' ')
            word_len--;
        text_add(&array, array.len > 1 ? ",\"" : "\"");
        text_add_bytes(&array, word, word_len);
        text_add(&array, "\"");
        more = roles[len] == ',';
        roles += len + 1;
    }
    text_add(&array, "}");
    return text_take(&array);
}

/* A bad row says what it means, by its key and name, and nothing else. */
static void copy_row(struct text *to, const struct catalogue_row *row, const char *form)
{
    AUTO(free) char *roles = roles_array(row->values[CATALOGUE_ROLES]);

    text_addf(to, "%ld", row->line);
    copy_value(to, *row->fault ? row->fault : NULL);
    for (int i = 0; i < CATALOGUE_COLUMNS_COUNT; i++) {
        const char *value = i == CATALOGUE_ROLES ? roles : i == CATALOGUE_FORM ? form : row->values[i];
        copy_value(to, *row->fault && i != CATALOGUE_KEY && i != CATALOGUE_NAME ? NULL : value);
    }
    copy_value(to, row->topic);
    copy_value(to, row->situation);
    text_add(to, "\n");
}

static void say_progress(struct import *import, const char *what)
{
    time_t now = time(NULL);
    bool screen = isatty(fileno(import->say));

    if (now - import->told < (screen ? 1 : 5))
        return;
    import->told = now;
    fprintf(import->say, screen ? "\r%ld rows %s ..." : "%ld rows %s ...\n", import->rows, what);
    fflush(import->say);
}

static bool row_take(struct import *import, const struct csv_row *from, struct problem *reterr)
{
    __attribute__((cleanup(catalogue_row_done))) struct catalogue_row row = { 0 };
    AUTO_TEXT struct text line = TEXT(LINE_BYTES);
    AUTO(free) char *form = NULL;

    catalogue_row_read(&import->header, from, &row);
    if (!*row.fault && row.values[CATALOGUE_FORM])
        form = form_load(import->source->path, &row);
    copy_row(&line, &row, form);
    if (line.failed)
        return fail_internal(reterr, "out of memory");
    import->rows++;
    say_progress(import, "read");
    return db_copy_add(import->db, line.at, line.len, reterr);
}

static bool header_take(struct import *import, struct csv *csv, struct problem *reterr)
{
    const struct csv_row *row;
    char unknown[200];

    if (!csv_next(csv, &row, reterr))
        return false;
    if (!row)
        return fail(reterr, PROBLEM_BAD_INPUT, "The file is empty");
    if (!catalogue_header_read(row, &import->header, unknown, sizeof(unknown), reterr))
        return false;
    if (*unknown && import->source->strict)
        return fail(reterr, PROBLEM_BAD_INPUT, "There is no column '%.100s'; nothing was changed", unknown);
    if (*unknown)
        fprintf(import->say, "Not known and not used: the column(s) %s\n", unknown);
    return true;
}

static bool rows_take(struct import *import, struct problem *reterr)
{
    AUTO(close_file) FILE *file = fopen(import->source->path, "r");
    AUTO(csv_free) struct csv *csv = NULL;
    const struct csv_row *row = NULL;

    if (!file)
        return fail(reterr, PROBLEM_BAD_INPUT, "'%.100s' cannot be read: %s", import->source->path, strerror(errno));
    if (!csv_new(file, import->source->encoding, &csv, reterr) || !header_take(import, csv, reterr) ||
        !db_copy_begin(import->db, Q_CATALOGUE_IMPORT_COPY, reterr))
        return false;
    for (;;) {
        if (!csv_next(csv, &row, reterr))
            return false;
        if (!row)
            return db_copy_end(import->db, reterr);
        if (!row_take(import, row, reterr))
            return false;
    }
}

/* --- From there into the catalogue ------------------------------------------------------------------------------------------------------- */

static bool lock(struct import *import, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run_(import->db, Q_CATALOGUE_IMPORT_LOCK_TRY, &rows, reterr, NULL, 0))
        return false;
    if (cell_true(rows, 0, 0))
        return true;
    fprintf(import->say, "Another import is under way; this one begins when it has ended.\n");
    fflush(import->say);
    return db_run_(import->db, Q_CATALOGUE_IMPORT_LOCK, NULL, reterr, NULL, 0);
}

static bool run_all(struct db *db, const enum query *queries, size_t count, struct problem *reterr)
{
    for (size_t i = 0; i < count; i++)
        if (!db_run_(db, queries[i], NULL, reterr, NULL, 0))
            return false;
    return true;
}
#define RUN_ALL(db, reterr, ...) run_all(db, (const enum query[]){ __VA_ARGS__ }, sizeof((const enum query[]){ __VA_ARGS__ }) / sizeof(enum query), reterr)

/* Tells what is refused. Refuses the whole file where that is strict, or where nothing would be left of the catalogue. */
static bool refuse(struct import *import, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(import->db, Q_CATALOGUE_IMPORT_REFUSE, NULL, reterr, import->source->catalogue) ||
        !db_run_(import->db, Q_CATALOGUE_IMPORT_REFUSED, &rows, reterr, NULL, 0))
        return false;
    int count = PQntuples(rows);
    for (int i = 0; i < count; i++)
        fprintf(import->say, "%s:%s: %s%s%.*s%s\n", import->source->path, cell(rows, i, 0), cell(rows, i, 1), cell(rows, i, 2) ? " (" : "", 100,
                cell(rows, i, 2) ?: "", cell(rows, i, 2) ? ")" : "");
    if (count == import->rows)
        return fail(reterr, PROBLEM_BAD_INPUT, count > 0 ? "Every row was refused; nothing was changed" : "The file holds no services; nothing was changed");
    return count == 0 || !import->source->strict || fail(reterr, PROBLEM_BAD_INPUT, "%d of %ld rows were refused; nothing was changed", count, import->rows);
}

static bool count_of(struct db *db, enum query q, const char *catalogue, long *ret_count, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, q, &rows, reterr, catalogue))
        return false;
    *ret_count = cell_long(rows, 0, 0);
    return true;
}

static bool merge(struct import *import, struct catalogue_counts *counts, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    const char *catalogue = import->source->catalogue;
    struct db *db = import->db;

    say_progress(import, "compared");
    if (!RUN_ALL(db, reterr, Q_CATALOGUE_IMPORT_TOPICS, Q_CATALOGUE_IMPORT_SITUATIONS) || !db_run(db, Q_CATALOGUE_IMPORT_ADD, NULL, reterr, catalogue) ||
        !RUN_ALL(db, reterr, Q_CATALOGUE_IMPORT_FORMS, Q_CATALOGUE_IMPORT_CHANGE) ||
        !db_run(db, Q_CATALOGUE_IMPORT_VANISHED_LOCK, NULL, reterr, catalogue) ||
        !count_of(db, Q_CATALOGUE_IMPORT_DELETE, catalogue, &counts->deleted, reterr) ||
        !count_of(db, Q_CATALOGUE_IMPORT_WITHDRAW, catalogue, &counts->withdrawn, reterr) ||
        !RUN_ALL(db, reterr, Q_CATALOGUE_IMPORT_TOPICS_TIDY, Q_CATALOGUE_IMPORT_SITUATIONS_TIDY) ||
        !db_run_(db, Q_CATALOGUE_IMPORT_COUNTS, &rows, reterr, NULL, 0))
        return false;
    counts->added = cell_long(rows, 0, 0);
    counts->changed = cell_long(rows, 0, 1);
    counts->unchanged = cell_long(rows, 0, 2);
    counts->refused = cell_long(rows, 0, 3);
    bool same = counts->added + counts->changed + counts->deleted + counts->withdrawn == 0;
    return same || db_run_(db, Q_CATALOGUE_IMPORT_DONE, NULL, reterr, NULL, 0);
}

bool catalogue_import(const struct catalogue_source *source, FILE *say, struct catalogue_counts *ret_counts, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO_TX struct tx tx = { 0 };
    struct import import = { .source = source, .say = say, .told = time(NULL) };
    struct catalogue_counts counts = { 0 };

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr))
        return false;
    import.db = db;
    if (!RUN_ALL(db, reterr, Q_CATALOGUE_IMPORT_BEGIN, Q_CATALOGUE_IMPORT_INDEX) || !lock(&import, reterr) || !rows_take(&import, reterr) ||
        !RUN_ALL(db, reterr, Q_CATALOGUE_IMPORT_KEYS, Q_CATALOGUE_IMPORT_ANALYZE, Q_CATALOGUE_IMPORT_DESKS) || !refuse(&import, reterr) ||
        !merge(&import, &counts, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_counts = counts;
    return true;
}
