#include "workers.h"

#include "intake.h"
#include "jobs.h"
#include "outbox.h"

#include <pthread.h>
#include <time.h>

enum { PAUSE_MOST_MS = 8000 };

/* One thread each. A step that worked is followed by the next one at once; otherwise the worker pauses. */
static struct worker {
    const char *name;
    bool (*step)(bool *ret_worked, struct problem *reterr);
    int pause_ms;
    pthread_t thread;
    bool runs;
} workers[] = {
    { .name = "registrations", .step = intake_registration, .pause_ms = 250 },
    { .name = "password_resets", .step = intake_password_reset, .pause_ms = 250 },
    { .name = "outbox", .step = outbox_step, .pause_ms = 250 },
    { .name = "outbox", .step = outbox_step, .pause_ms = 400 }, /* a second one, so that one slow mail does not hold up all */
    { .name = "jobs", .step = jobs_step, .pause_ms = 5000 },
};
enum { WORKERS = sizeof(workers) / sizeof(*workers) };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t stop = PTHREAD_COND_INITIALIZER;
static bool stopping;
static void (*log_failure)(const char *worker, const struct problem *problem);

/* False when the workers are to end. */
static bool pause_for(int ms)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&lock);
    while (!stopping && pthread_cond_clockwait(&stop, &lock, CLOCK_MONOTONIC, &until) == 0)
        ;
    bool go_on = !stopping;
    pthread_mutex_unlock(&lock);
    return go_on;
}

/* Failures (a database away, say) are met with growing pauses, and logged once each. */
static void *work(void *of)
{
    struct worker *worker = of;
    int pause_ms = 0;

    while (pause_for(pause_ms)) {
        struct problem problem = { 0 };
        bool worked = false, good = worker->step(&worked, &problem);
        if (!good || *problem.cause)
            log_failure(worker->name, &problem);
        if (good)
            pause_ms = worked ? 0 : worker->pause_ms;
        else
            pause_ms = pause_ms < worker->pause_ms ? worker->pause_ms : pause_ms * 2 < PAUSE_MOST_MS ? pause_ms * 2 : PAUSE_MOST_MS;
    }
    return NULL;
}

bool workers_start(void (*log)(const char *worker, const struct problem *problem), struct problem *reterr)
{
    log_failure = log;
    stopping = false;
    if (!outbox_start(reterr))
        return false;
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i].runs = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
        if (!workers[i].runs)
            return fail_internal(reterr, "no thread for %s", workers[i].name);
    }
    return true;
}

void workers_stop(void)
{
    pthread_mutex_lock(&lock);
    stopping = true;
    pthread_cond_broadcast(&stop);
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < WORKERS; i++)
        if (workers[i].runs)
            pthread_join(workers[i].thread, NULL);
    outbox_stop();
}
