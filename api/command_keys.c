#include "../core/keys.h"
#include "../core/settings.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "serviceportal keys rotate\n\n"
    "Makes a new key for signing tokens in the folder PORTAL_KEYS. The one that was in use becomes the previous one, which is still\n"
    "accepted: nobody is logged out. Then send SIGHUP to the running program, which reads the keys again.\n"
    "With several nodes copy the new files to all of them before the next rotation.\n";

int command_keys(int argc, char **argv)
{
    struct settings settings;
    struct problem problem = { 0 };

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    if (argc != 2 || strcmp(argv[1], "rotate") != 0)
        return fprintf(stderr, "%s", help), 2;
    if (!settings_read(&settings, &problem) || !keys_rotate(settings.keys, "token", &problem))
        return fprintf(stderr, "serviceportal: %s\n", problem.detail), EXIT_FAILURE;
    printf("A new key signs tokens from the next start or SIGHUP on; the one before is still accepted.\n");
    return EXIT_SUCCESS;
}
