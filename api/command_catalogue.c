#include "../core/catalogue_import.h"
#include "../core/form_file.h"
#include "../core/synonyms.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char help[] =
    "serviceportal catalogue import FILE.csv [--catalogue NAME] [--encoding utf-8|iso-8859-1] [--strict]\n"
    "serviceportal catalogue synonyms FILE.csv [--encoding utf-8|iso-8859-1]\n"
    "serviceportal catalogue check-form FILE.json\n\n"
    "`import` makes the services of a catalogue (`main` where none is named) what the file says: new ones are added, others changed where they\n"
    "differ, those that the file does not have vanish: deleted, or withdrawn where a draft or a request refers to them. All or nothing, and any\n"
    "number of times. A row that cannot be taken is told with its line and the reason; with --strict it refuses the whole file. docs/operators.md\n"
    "lists the columns. `synonyms` (columns word,means) replaces the list of words that the search takes for others. `check-form` tells whether a\n"
    "form is one (docs/forms.md), and what is wrong where; the import does the same. The first two work on the database as the daemon's role; where\n"
    "no encoding is named, the file tells.\n";

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static int misused(void)
{
    return fprintf(stderr, "%s", help), 2;
}

/* Whether the name of an encoding is known; none is CSV_DETECT. */
static bool encoding_of(const char *name, enum csv_encoding *ret_encoding)
{
    static const struct { const char *name; enum csv_encoding encoding; } known[] = {
        { "utf-8", CSV_UTF8 }, { "utf8", CSV_UTF8 }, { "iso-8859-1", CSV_LATIN1 }, { "latin1", CSV_LATIN1 }, { "windows-1252", CSV_LATIN1 }
    };

    for (size_t i = 0; name && i < COUNT(known); i++)
        if (strcasecmp(name, known[i].name) == 0)
            return *ret_encoding = known[i].encoding, true;
    if (name)
        return fprintf(stderr, "serviceportal: There is no encoding '%s'\n", name), false;
    return *ret_encoding = CSV_DETECT, true;
}

/* Of a catalogue: it stands in messages and is typed again at each import. */
static bool name_good(const char *name)
{
    size_t len = strlen(name);
    if (len >= 1 && len <= 60 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len)
        return true;
    return fprintf(stderr, "serviceportal: A catalogue's name is 1 to 60 small letters, digits and hyphens, not '%s'\n", name), false;
}

static void print_counts(const struct catalogue_source *source, const struct catalogue_counts *counts)
{
    printf("%s: %ld new, %ld changed, %ld unchanged, %ld vanished (%ld deleted, %ld withdrawn), %ld refused\n", source->catalogue, counts->added,
           counts->changed, counts->unchanged, counts->deleted + counts->withdrawn, counts->deleted, counts->withdrawn, counts->refused);
}

static int import(int argc, char **argv)
{
    struct catalogue_source source = { .catalogue = "main" };
    struct catalogue_counts counts;
    struct problem problem = { 0 };
    const char *encoding = NULL;
    const struct command_option options[] = { { .name = "catalogue", .value = &source.catalogue },
                                              { .name = "encoding", .value = &encoding },
                                              { .name = "strict", .flag = &source.strict } };

    if (!command_words(argc, argv, options, COUNT(options), &source.path, 1) || !encoding_of(encoding, &source.encoding) || !name_good(source.catalogue))
        return misused();
    bool good = command_database(&problem) && catalogue_import(&source, stderr, &counts, &problem);
    if (good)
        print_counts(&source, &counts);
    return command_done(good, &problem);
}

static int synonyms(int argc, char **argv)
{
    const char *path = NULL, *encoding_name = NULL;
    enum csv_encoding encoding;
    struct problem problem = { 0 };
    long count;
    const struct command_option options[] = { { .name = "encoding", .value = &encoding_name } };

    if (!command_words(argc, argv, options, COUNT(options), &path, 1) || !encoding_of(encoding_name, &encoding))
        return misused();
    bool good = command_database(&problem) && synonyms_import(path, encoding, stderr, &count, &problem);
    if (good)
        printf("%ld words that mean others\n", count);
    return command_done(good, &problem);
}

static int check_form(int argc, char **argv)
{
    const char *path = NULL;
    char *form = NULL;
    struct problem problem = { 0 };

    if (!command_words(argc, argv, NULL, 0, &path, 1))
        return misused();
    bool good = form_file_read(path, &form, &problem);
    if (good)
        printf("%s: a form\n", path);
    free(form);
    return command_done(good, &problem);
}

int command_catalogue(int argc, char **argv)
{
    static const struct { const char *name; int (*run)(int argc, char **argv); } verbs[] = { { "import", import }, { "synonyms", synonyms }, { "check-form", check_form } };

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    for (size_t i = 0; argc > 1 && i < COUNT(verbs); i++)
        if (strcmp(verbs[i].name, argv[1]) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    return misused();
}
