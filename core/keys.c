#include "keys.h"

#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4200, KEY_LEAST = 32 };

static void key_path(char at[PATH_ROOM], const char *folder, const char *name, const char *ending)
{
    snprintf(at, PATH_ROOM, "%s/%s%s", folder, name, ending);
}

/* 1 where it was read, 0 where there is none, -1 with a problem. */
static int key_read(const char *path, struct key *ret_key, struct problem *reterr)
{
    struct key key = { 0 };
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT)
        return 0;
    ssize_t n = file < 0 ? -1 : read(file, key.text, sizeof(key.text) - 1);
    if (file >= 0)
        close(file);
    key.text[n > 0 ? strcspn(key.text, "\r\n") : 0] = '\0';
    if (strlen(key.text) < KEY_LEAST) {
        fail(reterr, PROBLEM_INTERNAL, "The key file %.80s cannot be read, or holds fewer than %d characters", path, KEY_LEAST);
        return -1;
    }
    *ret_key = key;
    return 1;
}

/* Written beside its place and moved there: a reader never sees half a key. */
static bool key_write(const char *folder, const char *name, struct problem *reterr)
{
    char fresh[PATH_ROOM], path[PATH_ROOM], secret[SECRET_ROOM];

    key_path(fresh, folder, name, ".key.new");
    key_path(path, folder, name, ".key");
    secret_new(secret);
    mkdir(folder, 0700);
    unlink(fresh);
    int file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = file >= 0 && dprintf(file, "%s\n", secret) > 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return (good && rename(fresh, path) == 0) || fail(reterr, PROBLEM_INTERNAL, "The key file %.80s cannot be written: %s", path, strerror(errno));
}

bool keys_read(const char *folder, const char *name, bool may_make, struct key_pair *ret_keys, struct problem *reterr)
{
    char path[PATH_ROOM], before[PATH_ROOM];
    struct key_pair keys = { 0 };

    key_path(path, folder, name, ".key");
    key_path(before, folder, name, ".previous.key");
    int found = key_read(path, &keys.current, reterr);
    if (found == 0 && !may_make)
        return fail(reterr, PROBLEM_INTERNAL, "There is no key file %.80s: `serviceportal keys rotate` makes one", path);
    if (found == 0 && key_write(folder, name, reterr))
        found = key_read(path, &keys.current, reterr);
    if (found != 1 || key_read(before, &keys.previous, reterr) < 0)
        return false;
    *ret_keys = keys;
    return true;
}

bool keys_rotate(const char *folder, const char *name, struct problem *reterr)
{
    char path[PATH_ROOM], before[PATH_ROOM];

    key_path(path, folder, name, ".key");
    key_path(before, folder, name, ".previous.key");
    unlink(before);
    /* A second name for the same file: at no moment is the current key without one. */
    if (link(path, before) != 0 && errno != ENOENT)
        return fail(reterr, PROBLEM_INTERNAL, "The key file %.80s cannot be kept: %s", path, strerror(errno));
    return key_write(folder, name, reterr);
}
