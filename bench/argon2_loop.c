/* argon2_loop THREADS SECONDS: argon2id with the portal's parameters, the library called in a loop. Prints hashes per second.
 * argon2_loop --phc: prints the hash of the password that the benchmark logs in with. */
#include <argon2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static atomic_long hashes;
static double until;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *loop(void *encoded)
{
    while (now() < until) {
        if (argon2id_verify(encoded, "Regen-Schirm-26", 15) != ARGON2_OK)
            abort();
        hashes++;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    char encoded[128];
    long threads = argc > 2 ? strtol(argv[1], NULL, 10) : 1;
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 1, start;
    pthread_t all[64];

    if (argon2id_hash_encoded(2, 19456, 1, "Regen-Schirm-26", 15, "0123456789abcdef", 16, 32, encoded, sizeof(encoded)) != ARGON2_OK)
        abort();
    if (argc == 2)
        return puts(encoded), 0;
    start = now();
    until = start + seconds;
    for (long i = 0; i < threads && i < 64; i++)
        pthread_create(&all[i], NULL, loop, encoded);
    for (long i = 0; i < threads && i < 64; i++)
        pthread_join(all[i], NULL);
    printf("%.3f\n", (double)hashes / (now() - start));
    return 0;
}
