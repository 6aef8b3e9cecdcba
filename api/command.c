#include "command.h"

#include "../core/database.h"
#include "../core/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS = 2, OPTIONS = 16, STATEMENT_MS = 10 * 60 * 1000 };

bool command_help(int argc, char **argv, const char *text)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return printf("%s", text), true;
    return false;
}

static bool refuse(const char *what, const char *word)
{
    fprintf(stderr, "serviceportal: %s '%s'\n", what, word);
    return false;
}

static const struct command_option *option_named(const struct command_option *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

bool command_words(int argc, char **argv, const struct command_option *options, size_t options_count, const char **plain, size_t plain_count)
{
    bool given[OPTIONS] = { false };
    size_t words = 0;

    for (int i = 1; i < argc; i++) {
        bool dashed = strncmp(argv[i], "--", 2) == 0;
        const struct command_option *option = dashed ? option_named(options, options_count, argv[i] + 2) : NULL;
        if (dashed && !option)
            return refuse("There is no option", argv[i]);
        if (!dashed && words == plain_count)
            return refuse("One word too many:", argv[i]);
        if (!dashed) {
            plain[words++] = argv[i];
            continue;
        }
        if (given[option - options])
            return refuse("Given twice:", argv[i]);
        given[option - options] = true;
        if (option->flag)
            *option->flag = true;
        else if (i + 1 == argc)
            return refuse("A value is missing after", argv[i]);
        else
            *option->value = argv[++i];
    }
    return words == plain_count || refuse("A word is missing after", argv[0]);
}

bool command_database(struct problem *reterr)
{
    struct settings settings;
    return settings_read(&settings, reterr) && pool_start(CONNECTIONS, settings.database_wait_ms, STATEMENT_MS, reterr);
}

int command_done(bool good, const struct problem *problem)
{
    pool_stop();
    if (good)
        return EXIT_SUCCESS;
    fprintf(stderr, "serviceportal: %s%s%s\n", problem->detail, *problem->cause ? ": " : "", problem->cause);
    return EXIT_FAILURE;
}
