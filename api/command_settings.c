#include "../core/settings.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>

int command_settings(int argc, char **argv)
{
    struct settings settings = { 0 };
    struct problem problem = { 0 };

    if (command_help(argc, argv, "serviceportal settings\n\nLists every setting with default, present value and meaning, and checks the present ones.\n"))
        return EXIT_SUCCESS;
    bool good = settings_read(&settings, &problem);
    settings_print();
    if (!good)
        fprintf(stderr, "serviceportal: %s\n", problem.detail);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
