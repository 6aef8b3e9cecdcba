#include "../core/desk.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "serviceportal desk create --name NAME --email ADDRESS [--phone P] [--address A] [--hours H] [--url U]\n"
    "serviceportal desk list\n"
    "serviceportal desk staff add --desk NAME --account ADDRESS [--role reader|clerk]\n"
    "serviceportal desk staff remove --desk NAME --account ADDRESS\n"
    "serviceportal desk staff list --desk NAME\n\n"
    "Service desks: the offices that services belong to and that answer requests. `create` for a name that is there already brings its contact\n"
    "data up to date; what is not given is removed. Requests are announced to ADDRESS.\n"
    "Staff are people with an account of the portal. A reader sees the desk's requests, a clerk (the default) answers them too; adding\n"
    "somebody again sets the role. Works on the database as the daemon's role.\n";

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static int misused(void)
{
    return fprintf(stderr, "%s", help), 2;
}

static int create(int argc, char **argv)
{
    struct desk_facts facts = { 0 };
    struct problem problem = { 0 };
    bool new = false;
    const struct command_option options[] = { { .name = "name", .value = &facts.name },       { .name = "email", .value = &facts.email },
                                              { .name = "phone", .value = &facts.phone },     { .name = "address", .value = &facts.address },
                                              { .name = "hours", .value = &facts.opening_hours }, { .name = "url", .value = &facts.url } };

    if (!command_words(argc, argv, options, COUNT(options), NULL, 0) || !facts.name || !facts.email)
        return misused();
    bool good = command_database(&problem) && desk_save(&facts, &new, &problem);
    if (good)
        printf("%s: %s\n", facts.name, new ? "created" : "brought up to date");
    return command_done(good, &problem);
}

static int list(int argc, char **argv)
{
    struct problem problem = { 0 };

    if (!command_words(argc, argv, NULL, 0, NULL, 0))
        return misused();
    return command_done(command_database(&problem) && desk_list(stdout, &problem), &problem);
}

static int staff_change(int argc, char **argv, bool add)
{
    const char *desk = NULL, *account = NULL, *role = "clerk";
    struct problem problem = { 0 };
    const struct command_option options[] = { { .name = "desk", .value = &desk }, { .name = "account", .value = &account }, { .name = "role", .value = &role } };

    if (!command_words(argc, argv, options, add ? 3 : 2, NULL, 0) || !desk || !account)
        return misused();
    bool good = command_database(&problem) && (add ? desk_staff_add(desk, account, role, &problem) : desk_staff_remove(desk, account, &problem));
    if (good)
        printf("%s: %s is %s\n", desk, account, add ? role : "no longer staff");
    return command_done(good, &problem);
}

static int staff_list(int argc, char **argv)
{
    const char *desk = NULL;
    struct problem problem = { 0 };
    const struct command_option options[] = { { .name = "desk", .value = &desk } };

    if (!command_words(argc, argv, options, COUNT(options), NULL, 0) || !desk)
        return misused();
    return command_done(command_database(&problem) && desk_staff_list(desk, stdout, &problem), &problem);
}

int command_desk(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "", *then = argc > 2 ? argv[2] : "";

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    if (strcmp(what, "create") == 0)
        return create(argc - 1, argv + 1);
    if (strcmp(what, "list") == 0)
        return list(argc - 1, argv + 1);
    if (strcmp(what, "staff") == 0 && (strcmp(then, "add") == 0 || strcmp(then, "remove") == 0))
        return staff_change(argc - 2, argv + 2, strcmp(then, "add") == 0);
    if (strcmp(what, "staff") == 0 && strcmp(then, "list") == 0)
        return staff_list(argc - 2, argv + 2);
    return misused();
}
