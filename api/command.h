#pragma once
#include "../core/problem.h"

#include <stdbool.h>
#include <stddef.h>

/* The program's commands. Each gets its own words (argv[0] is its name) and gives the exit status: 0 done, 1 failed with a sentence, 2 used
 * wrongly. Every one knows --help. */
int command_catalogue(int argc, char **argv);
int command_client(int argc, char **argv);
int command_desk(int argc, char **argv);
int command_keys(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_settings(int argc, char **argv);

/* Whether the words ask for help; prints it if so. */
bool command_help(int argc, char **argv, const char *text);

/* A word such as --name VALUE, or --strict without a value. */
struct command_option {
    const char *name;   /* without the hyphens */
    const char **value; /* where the value goes; stays as it is where the option is not given */
    bool *flag;         /* instead of a value: set where it is given */
};

/* Reads words from argv[1] on. Options are free in their order; the words that are none go to `plain`, exactly plain_count of them.
 * False, with a sentence on stderr, for unknown or repeated words and missing values. */
bool command_words(int argc, char **argv, const struct command_option *options, size_t options_count, const char **plain, size_t plain_count);

/* Settings and the connections to the database, for commands that work on it as the daemon's role. Ends by command_done. */
bool command_database(struct problem *reterr);

/* Says what went wrong, if something did, ends the connections and gives the exit status. */
int command_done(bool good, const struct problem *problem);
