#include "pool.h"

#include <poll.h>
#include <pthread.h>
#include <time.h>

static struct {
    struct db *all, **idle;
    int size, idle_count, wait_ms, statement_ms;
    pthread_mutex_t lock;
    pthread_cond_t given;
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER };

bool pool_start(int size, int wait_ms, int statement_ms, struct problem *reterr)
{
    pthread_condattr_t monotonic;

    pool.all = calloc((size_t)size, sizeof(*pool.all));
    pool.idle = calloc((size_t)size, sizeof(*pool.idle));
    if (!pool.all || !pool.idle)
        return fail_internal(reterr, "out of memory");
    for (int i = 0; i < size; i++)
        pool.idle[i] = &pool.all[size - 1 - i];
    pool.size = pool.idle_count = size;
    pool.wait_ms = wait_ms;
    pool.statement_ms = statement_ms;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool.given, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return true;
}

void pool_stop(void)
{
    for (int i = 0; i < pool.size; i++)
        db_close(&pool.all[i]);
    free(pool.all);
    free(pool.idle);
    pool.all = NULL;
    pool.idle = NULL;
    pool.size = pool.idle_count = 0;
}

static struct db *pool_wait(void)
{
    struct timespec until;
    struct db *db = NULL;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += pool.wait_ms / 1000;
    until.tv_nsec += pool.wait_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }

    pthread_mutex_lock(&pool.lock);
    while (pool.idle_count == 0 && pthread_cond_timedwait(&pool.given, &pool.lock, &until) == 0)
        ;
    /* The one given back last: so that few connections are used where few suffice. */
    if (pool.idle_count > 0)
        db = pool.idle[--pool.idle_count];
    pthread_mutex_unlock(&pool.lock);
    return db;
}

/* Nothing is owed to an idle connection: what can be read is mostly the server's good-bye. Its words come first, and are read without
 * complaint; only then the end of the connection. */
static bool closed_by_server(const struct db *db)
{
    struct pollfd socket = { .fd = PQsocket(db->conn), .events = POLLIN };

    while (PQstatus(db->conn) == CONNECTION_OK && poll(&socket, 1, 0) > 0)
        if (PQconsumeInput(db->conn) == 0)
            return true;
    return PQstatus(db->conn) != CONNECTION_OK;
}

static __thread struct db *kept; /* see pool_keep */

bool pool_take(struct db **ret_db, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = kept ? TAKE(kept) : pool_wait();
    if (!db)
        return fail_for(reterr, PROBLEM_BUSY, 1, "All connections to the database are in use");

    if (closed_by_server(db)) {
        db_close(db);
        if (!db_open(db, pool.statement_ms, reterr))
            return false;
    }
    *ret_db = TAKE(db);
    return true;
}

void pool_give(struct db *db)
{
    if (!db)
        return;
    if (db->conn && PQtransactionStatus(db->conn) != PQTRANS_IDLE) /* never lend on a half-done transaction */
        db_close(db);
    pthread_mutex_lock(&pool.lock);
    pool.idle[pool.idle_count++] = db;
    pthread_cond_signal(&pool.given);
    pthread_mutex_unlock(&pool.lock);
}

void pool_keep(struct db *db)
{
    pool_release();
    kept = db;
}

void pool_release(void)
{
    pool_give(TAKE(kept));
}

int pool_size(void)
{
    return pool.size;
}

int pool_lent(void)
{
    pthread_mutex_lock(&pool.lock);
    int lent = pool.size - pool.idle_count;
    pthread_mutex_unlock(&pool.lock);
    return lent;
}
