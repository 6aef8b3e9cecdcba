/* load PORT CONNECTIONS SECONDS RATE REQUESTS: keep-alive load on loopback, one thread per connection.
 *
 * REQUESTS is a file of raw HTTP requests, each followed by a line "%%"; connections go through it round robin.
 * RATE 0 sends as fast as answers come; otherwise so many a second over all connections, at fixed times whether or not the answers before
 * were late: a time is measured from when the request was due, so that a slow server cannot hide behind its own slowness.
 * Prints one line: requests per second, median and 99th percentile in milliseconds, answers that were not 2xx, and the 95th percentile. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REQUESTS_MOST = 4096, SAMPLES_MOST = 4 << 20, ANSWER_ROOM = 64 * 1024, CONNECTIONS_MOST = 256 };

static struct { char *text; size_t length; } requests[REQUESTS_MOST];
static size_t requests_count;
static float *samples;
static atomic_size_t samples_count, bad, next;
static int port;
static double start, until, pause_s;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_until(double at)
{
    struct timespec t = { (time_t)at, (long)((at - (double)(time_t)at) * 1e9) };
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static int connect_to(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (connect(s, (struct sockaddr *)&to, sizeof(to)) != 0)
        abort();
    return s;
}

/* Reads one whole answer; its status, or 0 where the connection ended. */
static long read_answer(int s, char *room)
{
    size_t have = 0;
    char *body = NULL;
    long length = 0;
    while (!body || (long)(room + have - body) < length) {
        ssize_t n = read(s, room + have, ANSWER_ROOM - 1 - have);
        if (n <= 0)
            return 0;
        have += (size_t)n;
        room[have] = '\0';
        if (!body && (body = strstr(room, "\r\n\r\n"))) {
            char *header = strcasestr(room, "\r\nContent-Length:");
            length = header && header < body ? strtol(header + 17, NULL, 10) : 0;
            body += 4;
        }
    }
    return strtol(room + 9, NULL, 10);
}

static void *drive(void *unused)
{
    int s = connect_to();
    char *room = malloc(ANSWER_ROOM);

    while (now() < until) {
        size_t i = next++;
        double due = pause_s > 0 ? start + pause_s * (double)i : now();
        if (due >= until)
            break;
        if (pause_s > 0)
            sleep_until(due);
        i %= requests_count;
        long status = write(s, requests[i].text, requests[i].length) == (ssize_t)requests[i].length ? read_answer(s, room) : 0;
        size_t at = samples_count++;
        if (at < SAMPLES_MOST)
            samples[at] = (float)((now() - due) * 1000);
        bad += status / 100 != 2;
        if (status == 0) {
            close(s);
            s = connect_to();
        }
    }
    close(s);
    free(room);
    return unused;
}

static void read_requests(const char *path)
{
    static char line[16 * 1024], text[64 * 1024];
    FILE *file = fopen(path, "re");
    *text = '\0';
    while (file && fgets(line, sizeof(line), file)) {
        if (strcmp(line, "%%\n") != 0) {
            if (strlen(text) + strlen(line) < sizeof(text))
                memcpy(text + strlen(text), line, strlen(line) + 1);
            continue;
        }
        text[strlen(text) - 1] = '\0'; /* the line break before the mark */
        requests[requests_count].text = strdup(text);
        requests[requests_count++].length = strlen(text);
        *text = '\0';
        if (requests_count == REQUESTS_MOST)
            break;
    }
    if (file)
        fclose(file);
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    pthread_t all[CONNECTIONS_MOST];
    if (argc != 6)
        return fprintf(stderr, "load PORT CONNECTIONS SECONDS RATE REQUESTS\n"), 2;
    port = (int)strtol(argv[1], NULL, 10);
    long connections = strtol(argv[2], NULL, 10);
    double rate = strtod(argv[4], NULL);
    read_requests(argv[5]);
    samples = calloc(SAMPLES_MOST, sizeof(*samples));
    if (requests_count == 0 || !samples || connections > CONNECTIONS_MOST)
        return fprintf(stderr, "load: no requests, or too much asked\n"), 2;
    pause_s = rate > 0 ? 1 / rate : 0;
    start = now();
    until = start + strtod(argv[3], NULL);
    for (long i = 0; i < connections; i++)
        pthread_create(&all[i], NULL, drive, NULL);
    for (long i = 0; i < connections; i++)
        pthread_join(all[i], NULL);
    size_t n = samples_count < SAMPLES_MOST ? samples_count : SAMPLES_MOST;
    if (n == 0)
        return fprintf(stderr, "load: not one answer\n"), 1;
    qsort(samples, n, sizeof(*samples), by_value);
    printf("%.1f %.3f %.3f %zu %.3f\n", (double)n / (now() - start), samples[n / 2], samples[n * 99 / 100], (size_t)bad, samples[n * 95 / 100]);
    return 0;
}
