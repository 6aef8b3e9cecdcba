#include "../../core/keys.h"

#include "tap.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    char folder[] = "/tmp/keys-XXXXXX", path[64];
    struct key_pair keys, rotated;
    struct problem p = { 0 };
    struct stat about;

    ok(mkdtemp(folder) != NULL, "a folder");
    ok(!keys_read(folder, "token", false, &keys, &p) && strstr(p.detail, "keys rotate"), "in production a missing key is named, with what to do");
    p = (struct problem){ 0 };
    ok(keys_read(folder, "token", true, &keys, &p) && strlen(keys.current.text) == 43 && !*keys.previous.text, "in development it is made");
    snprintf(path, sizeof(path), "%s/token.key", folder);
    ok(stat(path, &about) == 0 && (about.st_mode & 0777) == 0600, "... for its owner alone");
    ok(keys_read(folder, "token", false, &rotated, &p) && strcmp(rotated.current.text, keys.current.text) == 0, "... and stays");
    ok(keys_rotate(folder, "token", &p) && keys_read(folder, "token", false, &rotated, &p), "it rotates");
    is(rotated.previous.text, keys.current.text, "the one before is kept");
    ok(strcmp(rotated.current.text, keys.current.text) != 0, "the new one is another");
    ok(keys_rotate(folder, "token", &p) && keys_read(folder, "token", false, &keys, &p), "and again");
    is(keys.previous.text, rotated.current.text, "only one before is kept");
    ok(truncate(path, 5) == 0 && !keys_read(folder, "token", true, &keys, &p), "half a key is refused rather than replaced");
    unlink(path);
    snprintf(path, sizeof(path), "%s/token.previous.key", folder);
    unlink(path);
    rmdir(folder);
    return done();
}
