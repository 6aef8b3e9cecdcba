#include "hasher.h"

#include "secret.h"

#include <argon2.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* OWASP's parameters. A hash that was made with lower ones is made anew at the next login. */
enum { MEMORY_KIB = 19456, PASSES = 2, LANES = 1, SALT_BYTES = 16, TAG_BYTES = 32, THREADS_MOST = 256 };

/* One hash, asked for and waited for by a caller, on whose stack it lives. */
struct work {
    const char *phc, *password;  /* phc: what to compare with; NULL: make one */
    char made[PHC_ROOM];
    int result;                  /* of libargon2 */
    bool finished;
    pthread_cond_t done;
    struct work *next;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct work *first, **end;
    int waiting, running, most, threads_count;
    bool stopping;
    pthread_t threads[THREADS_MOST];
    char nobody[PHC_ROOM]; /* the hash of no password: what an unknown account is compared with */
} queue = { .lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER };

static bool random_salt(unsigned char salt[SALT_BYTES])
{
    return getrandom(salt, SALT_BYTES, 0) == SALT_BYTES;
}

static void work_do(struct work *work)
{
    unsigned char salt[SALT_BYTES];

    if (work->phc)
        work->result = argon2id_verify(work->phc, work->password, strlen(work->password));
    else
        work->result = !random_salt(salt) ? ARGON2_MEMORY_ALLOCATION_ERROR
                     : argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, work->password, strlen(work->password), salt, sizeof(salt), TAG_BYTES,
                                             work->made, sizeof(work->made));
}

static void *hash_thread(void *unused)
{
    /* The scheduler serves quick calls first: without this their 99th percentile rises several times while people log in. */
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 19);

    pthread_mutex_lock(&queue.lock);
    while (!queue.stopping || queue.first) {
        struct work *work = queue.first;
        if (!work) {
            pthread_cond_wait(&queue.more, &queue.lock);
            continue;
        }
        if (!(queue.first = work->next))
            queue.end = &queue.first;
        queue.waiting--;
        queue.running++;
        pthread_mutex_unlock(&queue.lock);
        work_do(work);
        pthread_mutex_lock(&queue.lock);
        queue.running--;
        work->finished = true;
        pthread_cond_signal(&work->done);
    }
    pthread_mutex_unlock(&queue.lock);
    return unused;
}

/* A PHC string of today's parameters that fits no password: salt and tag are random, so nothing has to be hashed for it. */
static void nobody_make(void)
{
    char salt[SECRET_ROOM], tag[SECRET_ROOM];

    secret_new(salt);
    secret_new(tag);
    salt[21] = 'A'; /* 16 bytes end within the 22nd digit */
    salt[22] = '\0';
    snprintf(queue.nobody, sizeof(queue.nobody), "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", MEMORY_KIB, PASSES, LANES, salt, tag);
    for (char *c = queue.nobody; (c = strpbrk(c, "-_"));) /* base64url to base64 */
        *c = *c == '-' ? '+' : '/';
}

bool hasher_start(int threads, int most, struct problem *reterr)
{
    queue.end = &queue.first;
    queue.most = most;
    queue.stopping = false;
    nobody_make();
    for (queue.threads_count = 0; queue.threads_count < threads && queue.threads_count < THREADS_MOST; queue.threads_count++)
        if (pthread_create(&queue.threads[queue.threads_count], NULL, hash_thread, NULL) != 0)
            return fail_internal(reterr, "no thread for hashes");
    return true;
}

void hasher_stop(void)
{
    pthread_mutex_lock(&queue.lock);
    queue.stopping = true;
    pthread_cond_broadcast(&queue.more);
    pthread_mutex_unlock(&queue.lock);
    while (queue.threads_count > 0)
        pthread_join(queue.threads[--queue.threads_count], NULL);
}

static bool work_wait(struct work *work, struct problem *reterr)
{
    pthread_cond_init(&work->done, NULL);
    pthread_mutex_lock(&queue.lock);
    bool full = queue.waiting >= queue.most || queue.stopping;
    if (!full) {
        *queue.end = work;
        queue.end = &work->next;
        queue.waiting++;
        pthread_cond_signal(&queue.more);
        while (!work->finished)
            pthread_cond_wait(&work->done, &queue.lock);
    }
    pthread_mutex_unlock(&queue.lock);
    pthread_cond_destroy(&work->done);
    return !full || fail_for(reterr, PROBLEM_BUSY, 2, "Very many people are logging in right now");
}

bool hasher_hash(const char *password, char ret_phc[PHC_ROOM], struct problem *reterr)
{
    struct work work = { .password = password };

    if (!work_wait(&work, reterr))
        return false;
    if (work.result != ARGON2_OK)
        return fail_internal(reterr, "argon2: %s", argon2_error_message(work.result));
    memcpy(ret_phc, work.made, PHC_ROOM);
    return true;
}

static bool outdated(const char *phc)
{
    unsigned memory, passes, lanes;
    return sscanf(phc, "$argon2id$v=19$m=%u,t=%u,p=%u$", &memory, &passes, &lanes) != 3 || memory < MEMORY_KIB || passes < PASSES;
}

bool hasher_verify(const char *phc, const char *password, bool *ret_match, bool *ret_outdated, struct problem *reterr)
{
    struct work work = { .phc = phc ? phc : queue.nobody, .password = password };

    if (!work_wait(&work, reterr))
        return false;
    if (work.result != ARGON2_OK && work.result != ARGON2_VERIFY_MISMATCH)
        return fail_internal(reterr, "argon2: %s", argon2_error_message(work.result));
    *ret_match = phc && work.result == ARGON2_OK;
    *ret_outdated = *ret_match && outdated(phc);
    return true;
}

void hasher_depth(int *ret_waiting, int *ret_running)
{
    pthread_mutex_lock(&queue.lock);
    *ret_waiting = queue.waiting;
    *ret_running = queue.running;
    pthread_mutex_unlock(&queue.lock);
}
