#include "hash_child.h"

#include "argon2id.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A hash takes 19 MB. They are kept from one to the next, and given back when nobody has logged in for a while. */
enum { IDLE_MS = 2000 };

/* A password of the contract has at most 256 characters; NFC can make three times as many of a few. */
enum { PASSWORD_ROOM = 4096 };

struct question { bool compare; char phc[PHC_ROOM], password[PASSWORD_ROOM]; };
struct answer { bool good, fits; char made[PHC_ROOM]; };

static void put_nice(void)
{
    int group = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);

    setpriority(PRIO_PROCESS, 0, 19);
    if (group < 0)
        return; /* a kernel without autogroups */
    if (write(group, "19", 2) != 2)
        perror("serviceportal: autogroup");
    close(group);
}

static void wait_for_question(void)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    if (poll(&input, 1, IDLE_MS) == 0)
        argon2id_done();
}

int hash_child_main(void)
{
    struct question question;

    put_nice();
    while (wait_for_question(), recv(STDIN_FILENO, &question, sizeof(question), 0) == (ssize_t)sizeof(question)) {
        struct answer answer = { 0 };
        answer.good = question.compare ? argon2id_fits(question.phc, question.password, &answer.fits)
                                       : argon2id_make(question.password, answer.made);
        explicit_bzero(&question, sizeof(question));
        if (send(STDIN_FILENO, &answer, sizeof(answer), MSG_NOSIGNAL) != (ssize_t)sizeof(answer))
            break;
    }
    argon2id_done();
    return EXIT_SUCCESS;
}

/* The child gets nothing but the socket: no settings, no signals that the parent has blocked. */
static bool spawn(pid_t *ret_process, int input)
{
    char *const words[] = { "serviceportal", HASH_CHILD_WORD, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;

    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigmask(&how, &none);
    bool good = posix_spawn(ret_process, "/proc/self/exe", &files, &how, words, (char *[]){ NULL }) == 0;
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return good;
}

static bool start(struct hash_child *child)
{
    int ends[2];

    if (child->socket >= 0)
        return true;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    bool good = spawn(&child->process, ends[1]);
    close(ends[1]);
    if (good)
        child->socket = ends[0];
    else
        close(ends[0]);
    return good;
}

void hash_child_stop(struct hash_child *child)
{
    if (child->socket < 0)
        return;
    close(child->socket);
    waitpid(child->process, NULL, 0);
    *child = (struct hash_child)HASH_CHILD_NONE;
}

static bool ask(struct hash_child *child, const struct question *question, struct answer *ret_answer)
{
    if (start(child) && send(child->socket, question, sizeof(*question), MSG_NOSIGNAL) == (ssize_t)sizeof(*question) &&
        recv(child->socket, ret_answer, sizeof(*ret_answer), 0) == (ssize_t)sizeof(*ret_answer))
        return true;
    hash_child_stop(child);
    return false;
}

bool hash_child_ask(struct hash_child *child, const char *phc, const char *password, char ret_made[PHC_ROOM], bool *ret_fits)
{
    struct question question = { .compare = phc != NULL };
    struct answer answer;

    if (strlen(password) >= sizeof(question.password) || (phc && strlen(phc) >= sizeof(question.phc)))
        return false;
    snprintf(question.password, sizeof(question.password), "%s", password);
    snprintf(question.phc, sizeof(question.phc), "%s", phc ? phc : "");
    bool answered = ask(child, &question, &answer) || ask(child, &question, &answer);
    explicit_bzero(&question, sizeof(question));
    if (!answered || !answer.good)
        return false;
    memcpy(ret_made, answer.made, PHC_ROOM);
    *ret_fits = answer.fits;
    return true;
}
