#pragma once

/* The program's commands. Each gets its own words (argv[0] is its name) and gives the exit status; every one knows --help. */
int command_serve(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_settings(int argc, char **argv);
int command_keys(int argc, char **argv);

/* Whether the words ask for help; prints it if so. */
#include <stdbool.h>
bool command_help(int argc, char **argv, const char *text);
