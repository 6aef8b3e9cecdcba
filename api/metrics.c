#include "metrics.h"

#include "../core/figures.h"
#include "../core/hasher.h"
#include "../core/database.h"
#include "../core/text.h"
#include "call.h"

#include <stdatomic.h>
#include <stdlib.h>

static const int statuses[] = { 200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 428, 429, 500, 503 };
static const double bounds[] = { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 };
enum { STATUSES = sizeof(statuses) / sizeof(*statuses), BOUNDS = sizeof(bounds) / sizeof(*bounds), TEXT_MOST = 1 << 20 };

struct row {
    atomic_ulong count[STATUSES + 1]; /* the last one: any other status */
    atomic_ulong within[BOUNDS + 1];  /* the last one: slower than all bounds */
    atomic_ulong microseconds;
};
static struct row *rows;
static size_t rows_count;

bool metrics_start(size_t routes_known)
{
    rows_count = routes_known + 1;
    rows = calloc(rows_count, sizeof(*rows));
    return rows != NULL;
}

void metrics_stop(void)
{
    free(rows);
    rows = NULL;
    rows_count = 0;
}

void metrics_count(size_t route, int status, double seconds)
{
    int s = 0, b = 0;

    if (route >= rows_count)
        return;
    while (s < STATUSES && statuses[s] != status)
        s++;
    while (b < BOUNDS && seconds > bounds[b])
        b++;
    atomic_fetch_add_explicit(&rows[route].count[s], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&rows[route].within[b], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&rows[route].microseconds, (unsigned long)(seconds * 1e6), memory_order_relaxed);
}

static const char *method(size_t i)
{
    return i < routes_count ? routes[i].method : "any";
}

static const char *path(size_t i)
{
    return i < routes_count ? routes[i].path : "other";
}

static void add_counts(struct text *t)
{
    text_add(t, "# HELP portal_requests_total Calls answered.\n# TYPE portal_requests_total counter\n");
    for (size_t i = 0; i < rows_count; i++)
        for (int s = 0; s <= STATUSES; s++) {
            unsigned long n = rows[i].count[s];
            if (n > 0)
                text_addf(t, "portal_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %lu\n", method(i), path(i),
                          s < STATUSES ? statuses[s] : 0, n);
        }
}

static void add_histogram(struct text *t)
{
    text_add(t, "# HELP portal_request_seconds Time from the last byte of a call to its answer.\n# TYPE portal_request_seconds histogram\n");
    for (size_t i = 0; i < rows_count; i++) {
        unsigned long sum = 0;
        for (int b = 0; b <= BOUNDS; b++)
            sum += rows[i].within[b];
        if (sum == 0)
            continue;
        sum = 0;
        for (int b = 0; b < BOUNDS; b++) {
            sum += rows[i].within[b];
            text_addf(t, "portal_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"%g\"} %lu\n", method(i), path(i), bounds[b], sum);
        }
        sum += rows[i].within[BOUNDS];
        text_addf(t, "portal_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"+Inf\"} %lu\n", method(i), path(i), sum);
        text_addf(t, "portal_request_seconds_sum{method=\"%s\",route=\"%s\"} %.6f\n", method(i), path(i), rows[i].microseconds / 1e6);
        text_addf(t, "portal_request_seconds_count{method=\"%s\",route=\"%s\"} %lu\n", method(i), path(i), sum);
    }
}

static void add_gauge(struct text *t, const char *name, const char *help, long value)
{
    text_addf(t, "# HELP %s %s\n# TYPE %s gauge\n%s %ld\n", name, help, name, name, value);
}

static void add_state(struct text *t)
{
    int waiting, running;

    hasher_depth(&waiting, &running);
    add_gauge(t, "portal_hashes_waiting", "Passwords that wait to be hashed.", waiting);
    add_gauge(t, "portal_hashes_running", "Passwords being hashed.", running);
    add_gauge(t, "portal_database_connections", "Connections to the database at most.", pool_size());
    add_gauge(t, "portal_database_connections_lent", "Connections to the database in use.", pool_lent());
}

static void add_job(const struct job_figures *job, void *of)
{
    struct text *t = of;
    text_addf(t, "portal_job_last_run_seconds{job=\"%s\"} %ld\nportal_job_rows_total{job=\"%s\"} %ld\n", job->name, job->ran_at, job->name,
              job->rows);
}

static void add_database(struct text *t)
{
    struct problem ignored = { 0 };
    struct outbox_figures outbox;

    bool up = figures_outbox(&outbox, &ignored);
    add_gauge(t, "portal_database_up", "Whether the database answers.", up);
    if (!up)
        return;
    add_gauge(t, "portal_outbox_owed", "Mails that have not left yet.", outbox.owed);
    add_gauge(t, "portal_outbox_oldest_seconds", "Age of the oldest mail owed.", outbox.oldest_seconds);
    text_add(t, "# HELP portal_job_last_run_seconds When a job ran last, by whichever process.\n# TYPE portal_job_last_run_seconds gauge\n"
                "# HELP portal_job_rows_total Rows that a job has removed.\n# TYPE portal_job_rows_total counter\n");
    (void)figures_jobs(add_job, t, &ignored);
}

char *metrics_text(void)
{
    AUTO_TEXT struct text t = TEXT(TEXT_MOST);
    add_counts(&t);
    add_histogram(&t);
    add_state(&t);
    add_database(&t);
    return text_take(&t);
}
