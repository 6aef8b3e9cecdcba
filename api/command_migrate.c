#include "../core/migrate.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "serviceportal migrate [--status]\n\n"
    "Brings the database to the schema that this program needs, as the role that owns it (PGUSER). Each migration is one\n"
    "transaction; two that start at once wait for each other. --status lists what has been done and what is to come, and changes nothing.\n";

int command_migrate(int argc, char **argv)
{
    struct problem problem = { 0 };

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    bool status = argc == 2 && strcmp(argv[1], "--status") == 0;
    if (argc > 1 && !status)
        return fprintf(stderr, "%s", help), 2;
    if (status ? migrate_status(stdout, &problem) : migrate(stdout, &problem))
        return EXIT_SUCCESS;
    fprintf(stderr, "serviceportal: %s%s%s\n", problem.detail, *problem.cause ? ": " : "", problem.cause);
    return EXIT_FAILURE;
}
