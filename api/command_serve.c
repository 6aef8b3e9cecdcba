#include "../core/hasher.h"
#include "../core/keys.h"
#include "../core/database.h"
#include "../core/file_type.h"
#include "../core/portal.h"
#include "../core/workers.h"
#include "command.h"
#include "input.h"
#include "call.h"
#include "metrics.h"
#include "server.h"
#include "site.h"
#include "token.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <yder.h>

static const char help[] = "serviceportal serve\n\n"
                           "Answers requests until SIGTERM or SIGINT; calls under way get PORTAL_DRAIN_S seconds to end. SIGHUP reads the keys\n"
                           "and opens the log file again. Settings come from the environment: `serviceportal settings` lists them.\n";

static int log_file = -1;

/* Yder's own way into a file opens and closes it for each line, which is a tenth of the time that a read takes. */
static void log_line(void *unused, const char *program, const time_t date, const unsigned long level, const char *message)
{
    char at[32];
    struct tm utc;

    (void)unused;
    strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&date, &utc));
    dprintf(log_file, "%s - %s %s: %s\n", at, program, level == Y_LOG_LEVEL_ERROR ? "ERROR" : level == Y_LOG_LEVEL_WARNING ? "WARNING" : "INFO", message);
}

/* Once more after the file was moved away: lines under way go into the one or the other. */
static bool log_open(const struct settings *settings, struct problem *reterr)
{
    int file = open(settings->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (file < 0)
        return fail(reterr, PROBLEM_INTERNAL, "PORTAL_LOG (%.80s) cannot be written", settings->log);
    if (log_file < 0)
        return log_file = file, true;
    dup3(file, log_file, O_CLOEXEC);
    close(file);
    return true;
}

static bool log_start(const struct settings *settings, struct problem *reterr)
{
    bool console = strcmp(settings->log, "console") == 0;
    unsigned long level = strcmp(settings->log_level, "error") == 0     ? Y_LOG_LEVEL_ERROR
                        : strcmp(settings->log_level, "warning") == 0 ? Y_LOG_LEVEL_WARNING
                                                                      : Y_LOG_LEVEL_INFO;
    if (!console && !log_open(settings, reterr))
        return false;
    return (y_init_logs("serviceportal", console ? Y_LOG_MODE_CONSOLE : Y_LOG_MODE_CALLBACK, level, NULL, "start") &&
            (console || y_set_logs_callback(log_line, NULL, "start"))) || fail_internal(reterr, "no log");
}

static bool keys_load(const struct settings *settings, struct problem *reterr)
{
    struct key_pair keys;
    bool may_make = strcmp(settings->environment, "development") == 0;

    if (!keys_read(settings->keys, "token", may_make, &keys, reterr))
        return false;
    token_keys(&keys, settings->public_url);
    return true;
}

/* What is set for the whole process before any thread runs. */
static void process_prepare(void)
{
    struct rlimit files;

    /* One thread per connection would otherwise mean one heap per thread. */
    mallopt(M_ARENA_MAX, 4);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    signal(SIGPIPE, SIG_IGN);
}

static void log_worker(const char *worker, const struct problem *problem)
{
    y_log_message(Y_LOG_LEVEL_WARNING, "worker name=%s problem=%s cause=\"%s\"", worker, problem_slug(problem->kind), problem->cause);
}

static bool parts_start(const struct settings *settings, struct problem *reterr)
{
    int threads = settings->hash_threads ? settings->hash_threads : (int)sysconf(_SC_NPROCESSORS_ONLN);

    return keys_load(settings, reterr) && portal_start(settings, reterr) && file_type_start(reterr) &&
           pool_start(settings->database_pool, settings->database_wait_ms, settings->statement_timeout_ms, reterr) &&
           hasher_start(threads, settings->hash_queue, reterr) && input_start(contract_patterns, contract_patterns_count, reterr) &&
           (metrics_start(routes_count) || fail_internal(reterr, "out of memory")) && site_start(settings->spa, reterr) &&
           server_start(settings, reterr) && workers_start(log_worker, reterr);
}

static void wait_for_stop(const struct settings *settings, const sigset_t *signals)
{
    for (int caught = 0; caught != SIGTERM && caught != SIGINT;) {
        struct problem problem = { 0 };
        sigwait(signals, &caught);
        if (caught != SIGHUP)
            continue;
        if (log_file >= 0 && !log_open(settings, &problem))
            y_log_message(Y_LOG_LEVEL_ERROR, "the log goes on where it was: %s", problem.detail);
        if (keys_load(settings, &problem))
            y_log_message(Y_LOG_LEVEL_INFO, "keys read again");
        else
            y_log_message(Y_LOG_LEVEL_ERROR, "keys stay as they are: %s", problem.detail);
    }
}

static int refuse(const struct problem *problem)
{
    fprintf(stderr, "serviceportal: %s%s%s\n", problem->detail, *problem->cause ? ": " : "", problem->cause);
    return EXIT_FAILURE;
}

int command_serve(int argc, char **argv)
{
    struct settings settings;
    struct problem problem = { 0 };
    sigset_t signals;

    if (command_help(argc, argv, help))
        return EXIT_SUCCESS;
    if (argc > 1)
        return fprintf(stderr, "%s", help), 2;
    process_prepare();
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by every thread: only sigwait sees them */

    if (!settings_read(&settings, &problem) || !log_start(&settings, &problem))
        return refuse(&problem);
    bool started = parts_start(&settings, &problem);
    if (started) {
        y_log_message(Y_LOG_LEVEL_INFO, "ready port=%d operations_port=%d", settings.port, settings.operations_port);
        wait_for_stop(&settings, &signals);
        y_log_message(Y_LOG_LEVEL_INFO, "stopping");
    }
    server_stop(settings.drain_s);
    workers_stop();
    hasher_stop();
    site_stop();
    input_stop();
    metrics_stop();
    portal_stop();
    file_type_stop();
    pool_stop();
    y_close_logs();
    return started ? EXIT_SUCCESS : refuse(&problem);
}
