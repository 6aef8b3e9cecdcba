#include "../core/api_client.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "serviceportal client create --name NAME --desk DESK --scope \"SCOPE...\"\n"
    "serviceportal client rotate --name NAME [--keep-hours N]\n"
    "serviceportal client revoke --name NAME\n"
    "serviceportal client list\n\n"
    "Programs of a service desk, which get tokens from /api/v1/oauth2/token. Scopes, blanks between: requests.read, requests.write.\n"
    "The secret is printed once and kept by its hash alone. `rotate` makes a new one; the one before stays valid for N hours (168), any older\n"
    "one ends at once, so that at most two are valid. `revoke` ends the client and its tokens. Works on the database as the daemon's role.\n";

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { KEEP_HOURS_MOST = 24 * 366 };

static int misused(void)
{
    return fprintf(stderr, "%s", help), 2;
}

static void print_created(const struct api_client_created *made)
{
    printf("client_id      %s\nclient_secret  %s\n\nThe secret is not shown again.\n", made->client, made->secret);
}

static int create(int argc, char **argv)
{
    const char *name = NULL, *desk = NULL, *scope = NULL;
    struct api_client_created made;
    struct problem problem = { 0 };
    const struct command_option options[] = { { .name = "name", .value = &name }, { .name = "desk", .value = &desk }, { .name = "scope", .value = &scope } };

    if (!command_words(argc, argv, options, COUNT(options), NULL, 0) || !name || !desk || !scope)
        return misused();
    bool good = command_database(&problem) && api_client_create(name, desk, scope, &made, &problem);
    if (good)
        print_created(&made);
    return command_done(good, &problem);
}

/* 168 where nothing is given; -1 for what is no number of hours. */
static int hours_of(const char *text)
{
    char *end = "";
    long hours = text ? strtol(text, &end, 10) : 168;
    return *end || end == text || hours < 0 || hours > KEEP_HOURS_MOST ? -1 : (int)hours;
}

static int rotate(int argc, char **argv)
{
    const char *name = NULL, *hours = NULL;
    struct api_client_created made;
    struct problem problem = { 0 };
    const struct command_option options[] = { { .name = "name", .value = &name }, { .name = "keep-hours", .value = &hours } };

    if (!command_words(argc, argv, options, COUNT(options), NULL, 0) || !name || hours_of(hours) < 0)
        return misused();
    bool good = command_database(&problem) && api_client_rotate(name, hours_of(hours), &made, &problem);
    if (good) {
        print_created(&made);
        printf("The one before is valid for %d more hours.\n", hours_of(hours));
    }
    return command_done(good, &problem);
}

static int revoke(int argc, char **argv)
{
    const char *name = NULL;
    struct problem problem = { 0 };
    const struct command_option options[] = { { .name = "name", .value = &name } };

    if (!command_words(argc, argv, options, COUNT(options), NULL, 0) || !name)
        return misused();
    bool good = command_database(&problem) && api_client_revoke(name, &problem);
    if (good)
        printf("%s: revoked\n", name);
    return command_done(good, &problem);
}

static int list(int argc, char **argv)
{
    struct problem problem = { 0 };

    if (!command_words(argc, argv, NULL, 0, NULL, 0))
        return misused();
    return command_done(command_database(&problem) && api_client_list(stdout, &problem), &problem);
}

int command_client(int argc, char **argv)
{
    static const struct { const char *name; int (*run)(int argc, char **argv); } verbs[] = {
        { "create", create }, { "rotate", rotate }, { "revoke", revoke }, { "list", list }
    };

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    for (size_t i = 0; argc > 1 && i < COUNT(verbs); i++)
        if (strcmp(verbs[i].name, argv[1]) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    return misused();
}
