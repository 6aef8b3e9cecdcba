#include "hasher.h"

#include "argon2id.h"
#include "hash_child.h"

#include <pthread.h>
#include <string.h>

enum { THREADS_MOST = 256 };

/* One hash, asked for and waited for by a caller, on whose stack it lives. */
struct work {
    const char *phc, *password;  /* phc: what to compare with; NULL: make one */
    char made[PHC_ROOM];
    bool result, fits, finished; /* result: whether the hash could be made */
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

static void *hash_thread(void *unused)
{
    struct hash_child child = HASH_CHILD_NONE;

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
        work->result = hash_child_ask(&child, work->phc, work->password, work->made, &work->fits);
        pthread_mutex_lock(&queue.lock);
        queue.running--;
        work->finished = true;
        pthread_cond_signal(&work->done);
    }
    pthread_mutex_unlock(&queue.lock);
    hash_child_stop(&child);
    return unused;
}

bool hasher_start(int threads, int most, struct problem *reterr)
{
    queue.end = &queue.first;
    queue.most = most;
    queue.stopping = false;
    argon2id_nobody(queue.nobody);
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
    if (!work.result)
        return fail_internal(reterr, "argon2 has not made a hash");
    memcpy(ret_phc, work.made, PHC_ROOM);
    return true;
}

bool hasher_verify(const char *phc, const char *password, bool *ret_match, bool *ret_outdated, struct problem *reterr)
{
    struct work work = { .phc = phc ? phc : queue.nobody, .password = password };

    if (!work_wait(&work, reterr))
        return false;
    if (!work.result)
        return fail_internal(reterr, "argon2 cannot read a stored hash");
    *ret_match = phc && work.fits;
    *ret_outdated = *ret_match && argon2id_outdated(phc);
    return true;
}

void hasher_depth(int *ret_waiting, int *ret_running)
{
    pthread_mutex_lock(&queue.lock);
    *ret_waiting = queue.waiting;
    *ret_running = queue.running;
    pthread_mutex_unlock(&queue.lock);
}
