#include "../core/hash_child.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; int (*run)(int argc, char **argv); const char *what; } commands[] = {
    { "catalogue", command_catalogue, "load a catalogue of services, and the words that the search follows" },
    { "client", command_client, "programs of service desks, and their secrets" },
    { "desk", command_desk, "service desks and their staff" },
    { "keys", command_keys, "make and rotate the keys that sign tokens" },
    { "migrate", command_migrate, "bring the database to the schema that the program needs" },
    { "serve", command_serve, "answer requests until SIGTERM" },
    { "settings", command_settings, "list every setting with its default and meaning" },
};
enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static void usage(FILE *to)
{
    fprintf(to, "serviceportal COMMAND [--help]\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].what);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], HASH_CHILD_WORD) == 0) /* none of the commands: `serve` starts itself with it */
        return hash_child_main();
    for (size_t i = 0; argc > 1 && i < COMMANDS; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return commands[i].run(argc - 1, argv + 1);
    bool help = argc > 1 && strcmp(argv[1], "--help") == 0;
    usage(help ? stdout : stderr);
    return help ? EXIT_SUCCESS : 2;
}
