#include "../../core/hash_child.h"
#include "../../core/hasher.h"

#include "tap.h"

#include <argon2.h>
#include <pthread.h>

/* argon2id of "password" with m=64: far below today's parameters. */
static const char weak[] = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$cpx6VEQbwTVZvcpxNIxOVUWZ5xnAipUmAe1cg2GMG70";

/* Strings that no hash of ours is: none of them fits anything, and none costs more than a look. */
static const char *const broken[] = {
    "", "$argon2id$rubbish", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$cpx6VEQbwTVZvcpxNIxOVUWZ5xnAipUmAe1cg2GMG70",
    "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$!!!!!!!!",
    "$argon2id$v=19$m=64,t=1,p=1$$cpx6VEQbwTVZvcpxNIxOVUWZ5xnAipUmAe1cg2GMG70", "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$cpx6VEQb",
    "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$cpx6VEQb", "$argon2id$v=19$m=64,t=4000000,p=1$c29tZXNhbHQ$cpx6VEQb",
    "$argon2id$v=19$m=64,t=1,p=1$" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" "$cpx6VEQb",
};

static void breakage(void)
{
    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
        struct problem p = { 0 };
        bool match, outdated;
        ok(!hasher_verify(broken[i], "password", &match, &outdated, &p) && p.kind == PROBLEM_INTERNAL, "a broken hash is a fault of ours: %s", broken[i]);
    }
}

static void *one(void *ret_kind)
{
    struct problem p = { 0 };
    char phc[PHC_ROOM];
    hasher_hash("storm", phc, &p);
    *(enum problem_kind *)ret_kind = p.kind;
    return NULL;
}

static void storm(void)
{
    enum { CALLERS = 12 };
    pthread_t threads[CALLERS];
    enum problem_kind kinds[CALLERS];
    int busy = 0, good = 0;

    for (int i = 0; i < CALLERS; i++)
        pthread_create(&threads[i], NULL, one, &kinds[i]);
    for (int i = 0; i < CALLERS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < CALLERS; i++) {
        busy += kinds[i] == PROBLEM_BUSY;
        good += kinds[i] == PROBLEM_NONE;
    }
    ok(busy + good == CALLERS && good >= 2 && busy >= 1, "a storm gets %d hashes and %d refusals", good, busy);
}

int main(int argc, char **argv)
{
    /* The hasher starts this very program again, to hash in it. */
    if (argc > 1 && strcmp(argv[1], HASH_CHILD_WORD) == 0)
        return hash_child_main();
    struct problem p = { 0 };
    char phc[PHC_ROOM], again[PHC_ROOM];
    bool match, outdated;
    int waiting, running;

    ok(hasher_start(1, 2, &p), "it starts");
    ok(hasher_hash("Regen-Schirm-26", phc, &p), "a password is hashed");
    ok(strncmp(phc, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0, "... by argon2id with today's parameters");
    ok(hasher_hash("Regen-Schirm-26", again, &p) && strcmp(phc, again) != 0, "... with a salt of its own");
    ok(hasher_verify(phc, "Regen-Schirm-26", &match, &outdated, &p) && match && !outdated, "the right password fits");
    ok(hasher_verify(phc, "regen-Schirm-26", &match, &outdated, &p) && !match, "a wrong one does not");
    ok(hasher_verify(phc, "", &match, &outdated, &p) && !match, "none does not");
    ok(hasher_verify(NULL, "Regen-Schirm-26", &match, &outdated, &p) && !match && !outdated, "an unknown account fits nothing");
    ok(hasher_verify(NULL, "", &match, &outdated, &p) && !match, "... not even nothing");
    ok(hasher_verify(weak, "password", &match, &outdated, &p) && match && outdated, "a hash of weaker parameters fits, and is outdated");
    ok(argon2id_verify(phc, "Regen-Schirm-26", 15) == ARGON2_OK && argon2id_verify(again, "Regen-Schirm-25", 15) == ARGON2_VERIFY_MISMATCH,
       "libargon2 says the same of our hashes");
    ok(argon2id_hash_encoded(2, 19456, 1, "Ada", 3, "0123456789abcdef", 16, 32, again, sizeof(again)) == ARGON2_OK &&
           hasher_verify(again, "Ada", &match, &outdated, &p) && match && !outdated, "... and we say the same of its");
    ok(argon2id_hash_encoded(3, 256, 4, "Ada", 3, "0123456789abcde", 15, 31, again, sizeof(again)) == ARGON2_OK &&
           hasher_verify(again, "Ada", &match, &outdated, &p) && match && outdated, "... with other parameters as well");
    ok(argon2id_hash_encoded(1, 32768, 1, "Ada", 3, "0123456789abcdef", 16, 32, again, sizeof(again)) == ARGON2_OK &&
           hasher_verify(again, "Ada", &match, &outdated, &p) && match && outdated, "... also where they need more memory than ours");
    char *tag = strrchr(phc, '$') + 1;
    *tag = *tag == 'A' ? 'B' : 'A';
    ok(hasher_verify(phc, "Regen-Schirm-26", &match, &outdated, &p) && !match, "a hash of which the first byte differs does not fit");
    breakage();
    storm();
    hasher_depth(&waiting, &running);
    ok(waiting == 0 && running == 0, "afterwards nothing is left");
    hasher_stop();
    p = (struct problem){ 0 };
    ok(!hasher_hash("x", phc, &p) && p.kind == PROBLEM_BUSY, "stopped, it refuses");
    return done();
}
