#pragma once
#include "csv.h"
#include "problem.h"

/* A row of a catalogue file: its columns, and the rules for what may stand in them. docs/operators.md explains the columns to people. */

/* Name, other name that the file of a state's catalogue has for it, characters at most, whether it may have several lines, what it is where
 * nothing is said (NULL: nothing). */
#define CATALOGUE_COLUMNS(X)                                \
    X(KEY, "leika_key", "", 64, false, NULL)                \
    X(NAME, "name", "leika_name", 400, false, NULL)         \
    X(SHORT, "short_description", "", 500, false, NULL)     \
    X(DESCRIPTION, "description", "", 20000, true, NULL)    \
    X(GROUP, "service_group", "ozg_leistung", 400, false, NULL) \
    X(TOPIC, "topic", "themenfeld", 200, false, NULL)       \
    X(SITUATION, "situation", "lage", 200, false, NULL)     \
    X(LEGAL, "legal_basis", "rechtsgrundlage", 4000, true, NULL) \
    X(COST_TEXT, "cost_text", "", 500, false, NULL)         \
    X(COST_CENTS, "cost_cents", "", 9, false, NULL)         \
    X(LEVEL, "level", "", 20, false, "low")                 \
    X(AUDIENCE, "audience", "", 20, false, "both")          \
    X(APPROVAL, "approval", "", 20, false, "automatic")     \
    X(OTHER_STATES, "other_states", "", 5, false, "false")  \
    X(ROLES, "roles", "", 400, false, NULL)                 \
    X(URL, "url", "", 2000, false, NULL)                    \
    X(FORM, "form", "", 200, false, NULL)                   \
    X(DESK, "desk", "", 200, false, NULL)

#define X(name, ...) CATALOGUE_##name,
enum catalogue_column { CATALOGUE_COLUMNS(X) CATALOGUE_COLUMNS_COUNT };
#undef X

/* Where each column stands in a file; -1 for those that it does not have. */
struct catalogue_header { int at[CATALOGUE_COLUMNS_COUNT], count; };

/* Reads the names of columns, in any order, upper or lower case. PROBLEM_BAD_INPUT without a name column or with a column twice. What is not known goes
 * to ret_unknown, between commas, and is not used; it is empty where all are known. */
bool catalogue_header_read(const struct csv_row *row, struct catalogue_header *ret_header, char *ret_unknown, size_t room, struct problem *reterr);

struct catalogue_row {
    long line;
    char fault[400];                       /* why it is refused; empty in a good row. Ends without a full stop */
    char *values[CATALOGUE_COLUMNS_COUNT]; /* NULL where nothing is said; composed Unicode without blanks around it. Also in a bad row, as far as it
                                              could be read */
    char *topic, *situation;               /* what stands for them in addresses: familie-kind */
};

/* Reads one row; a bad one has a fault. Call catalogue_row_done either way. */
void catalogue_row_read(const struct catalogue_header *header, const struct csv_row *from, struct catalogue_row *ret_row);
void catalogue_row_done(struct catalogue_row *row);

/* The first reason to refuse a row counts. */
__attribute__((format(printf, 2, 3))) void catalogue_row_refuse(struct catalogue_row *row, const char *reason, ...);

/* "Steuern & Abgaben" as steuern-abgaben: small letters and digits of ASCII with hyphens between; umlauts written out, other accents left out.
 * Empty for a name without any of these. The caller frees it by g_free. */
char *catalogue_slug(const char *name);
