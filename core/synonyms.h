#pragma once
#include "csv.h"
#include "problem.h"

/* The operator's list of words that mean others ("Perso" the identity card), which the search follows. */

/* Puts the list of a CSV file (columns word and means) in the place of the one before, in one transaction. Rows that say nothing are refused: each
 * is said to `say` with its line. *ret_count: how many were taken. On failure nothing has changed; a file without any good row is one. */
bool synonyms_import(const char *path, enum csv_encoding encoding, FILE *say, long *ret_count, struct problem *reterr);
