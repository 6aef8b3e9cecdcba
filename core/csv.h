#pragma once
#include "problem.h"

#include <stdio.h>

/* Rows of a CSV file as RFC 4180 describes it, one at a time, whatever the file's size. Fields are separated by commas or semicolons (the
 * first one outside of quotes decides), rows by CR LF, LF or CR; a quoted field may hold all of these, and a quote as two. Lines without anything in them are
 * passed over. A byte order mark is not part of the text. What comes out is UTF-8. */

/* ISO-8859-1 is read as Windows-1252, as browsers do: programs that say the one write the other. */
enum csv_encoding { CSV_DETECT, CSV_UTF8, CSV_LATIN1 };

enum { CSV_FIELDS = 64, CSV_FIELD_BYTES = 64 * 1024, CSV_ROW_BYTES = 256 * 1024 };

struct csv_row {
    long line;                      /* where it begins, from 1; line breaks within fields count */
    const char *fault;              /* what is wrong with the row, a sentence; NULL in a good one, 0 fields in a bad one */
    int count;
    const char *fields[CSV_FIELDS]; /* until the next call */
};

struct csv;

/* Begins to read; `from` stays the caller's and has to stay open. CSV_DETECT reads the file twice and says UTF-8 where all of it is: a pipe, which
 * cannot be read twice, needs its encoding. CSV_LATIN1 refuses a file that is UTF-8 and more than ASCII, if it can be read twice, since that
 * is never meant. PROBLEM_BAD_INPUT says what is wrong with the file. */
bool csv_new(FILE *from, enum csv_encoding encoding, struct csv **ret_csv, struct problem *reterr);
void csv_free(struct csv *csv);

/* The next row, good or bad; NULL at the end. False, for good, where the rest cannot be read: a byte that the encoding does not have, a quote that
 * is not closed, an error of the device. The detail says the line. */
bool csv_next(struct csv *csv, const struct csv_row **ret_row, struct problem *reterr);

/* What the file turned out to be. */
enum csv_encoding csv_encoding_of(const struct csv *csv);
