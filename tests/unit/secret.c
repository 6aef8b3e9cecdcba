#include "../../core/secret.h"

#include "tap.h"

/* How many different characters a hundred secrets have: all of the alphabet, where every bit of theirs is random. */
static size_t alphabet(void (*make)(char *), const char *digits)
{
    char secret[SECRET_ROOM], seen[128] = "";
    for (int i = 0; i < 100; i++) {
        make(secret);
        for (const char *c = secret; *c; c++)
            if (strchr(digits, *c) && !strchr(seen, *c))
                seen[strlen(seen)] = *c;
    }
    return strlen(seen);
}

int main(void)
{
    char a[SECRET_ROOM], b[SECRET_ROOM], hash[SECRET_HASH_ROOM], once[ONE_TIME_PASSWORD_ROOM];

    secret_new(a);
    secret_new(b);
    ok(strlen(a) == 43 && strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == 43, "a secret has 43 characters of base64url");
    ok(strcmp(a, b) != 0, "no two are the same");
    ok(alphabet(secret_new, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == 64, "every digit of base64url occurs");
    ok(alphabet(one_time_password_new, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == 32, "every digit of base32 occurs in one-time passwords");
    secret_hash("abc", hash);
    is(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "SHA-256 (FIPS 180-4, B.1)");
    secret_hash("", hash);
    is(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "... of nothing");
    one_time_password_new(once);
    ok(strlen(once) == 32 && strspn(once, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-") == 32 && once[4] == '-' && once[29] == '-',
       "a one-time password has 26 characters in groups of four");

    char typed[SECRET_HASH_ROOM];
    secret_hash("0123456789ABCDEFGHJKMN0110", hash);
    one_time_password_hash("0123-4567-89AB-CDEF-GHJK-MN01-10", typed);
    is(typed, hash, "a one-time password is hashed without its hyphens");
    one_time_password_hash("  0123 4567-89ab cdef ghjk mnoi LO\n", typed);
    is(typed, hash, "... and as people type it");
    one_time_password_hash("0123-4567-89AB-CDEF-GHJK-MN01-11", typed);
    ok(strcmp(typed, hash) != 0, "... but for the characters themselves");
    one_time_password_hash("", typed);
    ok(strcmp(typed, hash) != 0, "... nothing is none");
    return done();
}
