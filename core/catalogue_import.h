#pragma once
#include "csv.h"
#include "problem.h"

#include <stdio.h>

/* A catalogue from a CSV file into the database, in one transaction: what is in the file and not here is added, what differs is changed, what is here
 * and not in the file has vanished. Imports wait for each other. For the operator's command line; docs/operators.md tells the columns. */

struct catalogue_source {
    const char *path;      /* forms that rows name stand beside it */
    const char *catalogue; /* whose services the file holds, all of them: those of other catalogues are left alone */
    enum csv_encoding encoding;
    bool strict; /* one refused row, or an unknown column, refuses the file */
};

struct catalogue_counts {
    long added, changed, unchanged, refused;
    long deleted, withdrawn; /* that have vanished: withdrawn where a draft or a request refers to them */
};

/* Refused rows, unknown columns and, where it takes long, how far it is are said to `say`, a line each. On failure nothing has changed, and
 * the detail says why. A service whose row is refused stays as it is, if the row's key can be read. */
bool catalogue_import(const struct catalogue_source *source, FILE *say, struct catalogue_counts *ret_counts, struct problem *reterr);
