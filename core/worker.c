#include "worker.h"

#include <time.h>

enum { IDLE_MS = 500, PAUSE_MOST_MS = 8000 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_once_t once;
    unsigned wakes; /* counts worker_wake, so that one during a step is not lost */
    bool halted;
} all = { .lock = PTHREAD_MUTEX_INITIALIZER, .once = PTHREAD_ONCE_INIT };

static void prepare(void)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&all.changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

static struct timespec after(int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000L;
    }
    return t;
}

/* Sleeps; a wake that came after `seen` ends it, unless `seen` is NULL. False: stop. */
static bool rest(int ms, const unsigned *seen)
{
    struct timespec until = after(ms);

    pthread_mutex_lock(&all.lock);
    while (!all.halted && (!seen || all.wakes == *seen) && pthread_cond_timedwait(&all.changed, &all.lock, &until) == 0)
        ;
    bool go_on = !all.halted;
    pthread_mutex_unlock(&all.lock);
    return go_on;
}

static unsigned wakes_now(void)
{
    pthread_mutex_lock(&all.lock);
    unsigned wakes = all.wakes;
    pthread_mutex_unlock(&all.lock);
    return wakes;
}

static void *worker_run(void *of)
{
    const struct worker *worker = of;
    int pause = IDLE_MS;

    for (bool go_on = true; go_on;) {
        struct problem problem = { 0 };
        unsigned seen = wakes_now();
        bool more = false;
        bool good = worker->step(&more, &problem);
        if (!good || *problem.cause)
            worker->log(worker->name, &problem);
        if (good) {
            go_on = rest(more ? 0 : IDLE_MS, &seen);
            pause = IDLE_MS;
        } else {
            go_on = rest(pause, NULL);
            pause = 2 * pause < PAUSE_MOST_MS ? 2 * pause : PAUSE_MOST_MS;
        }
    }
    return NULL;
}

bool worker_start(struct worker *worker, struct problem *reterr)
{
    pthread_once(&all.once, prepare);
    if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0)
        return fail_internal(reterr, "no thread for the worker %s", worker->name);
    return worker->runs = true;
}

void worker_wake(void)
{
    pthread_once(&all.once, prepare);
    pthread_mutex_lock(&all.lock);
    all.wakes++;
    pthread_cond_broadcast(&all.changed);
    pthread_mutex_unlock(&all.lock);
}

void workers_halt(void)
{
    pthread_once(&all.once, prepare);
    pthread_mutex_lock(&all.lock);
    all.halted = true;
    pthread_cond_broadcast(&all.changed);
    pthread_mutex_unlock(&all.lock);
}

void worker_join(struct worker *worker)
{
    if (worker->runs)
        pthread_join(worker->thread, NULL);
    worker->runs = false;
}
