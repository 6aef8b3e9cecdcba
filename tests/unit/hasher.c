#include "../../core/hasher.h"

#include "tap.h"

#include <pthread.h>

/* argon2id of "password" with m=64: far below today's parameters. */
static const char weak[] = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$cpx6VEQbwTVZvcpxNIxOVUWZ5xnAipUmAe1cg2GMG70";

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

int main(void)
{
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
    ok(!hasher_verify("$argon2id$rubbish", "x", &match, &outdated, &p) && p.kind == PROBLEM_INTERNAL, "a broken hash is a fault of ours");
    storm();
    hasher_depth(&waiting, &running);
    ok(waiting == 0 && running == 0, "afterwards nothing is left");
    hasher_stop();
    p = (struct problem){ 0 };
    ok(!hasher_hash("x", phc, &p) && p.kind == PROBLEM_BUSY, "stopped, it refuses");
    return done();
}
