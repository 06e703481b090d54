/* Workers by fork: each has a pipe to it, for task numbers, and one from it, for answers (their length, then their bytes).
   A worker ends when its pipe does, so a killed caller leaves none behind. Ignores: machines without POSIX. */
#include "sim/cli/pool.h"
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>
#include "sim/cli/case_run.h"
#include "sim/cli/exit_codes.h"

enum { IDLE = -1, PULSE_MS = 200, READ_SIZE = 1 << 16 };

typedef struct Worker {
    pid_t pid;       /* 0: none */
    int to, from;    /* pipes */
    int task;        /* IDLE: waits for one */
    double deadline; /* of wall_clock(); 0: none */
    Text answer;     /* so far */
} Worker;

typedef struct Pool {
    const PoolPlan *plan;
    Worker *workers;
    struct pollfd *polls;
    int count;
    int next, running;
    int stopped;
    pid_t parent;
} Pool;

/* Reads or writes all bytes; 0 when the other side is gone. */
static int read_all(int handle, void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t part = read(handle, (char *)bytes + done, count - done);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return 0;
        done += (size_t)part;
    }
    return 1;
}

static int write_all(int handle, const void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        ssize_t part = write(handle, (const char *)bytes + done, count - done);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return 0;
        done += (size_t)part;
    }
    return 1;
}

static _Noreturn void worker_main(const Pool *pool, int to, int from)
{
    /* the ends of the other workers' pipes would keep those workers alive */
    for (int i = 0; i < pool->count; i++) {
        if (pool->workers[i].pid == 0) continue;
        close(pool->workers[i].to);
        close(pool->workers[i].from);
    }
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody would read what a worker without its parent still does */
    if (getppid() != pool->parent) _exit(0);
#endif
    int32_t task;
    while (read_all(to, &task, sizeof task)) {
        Text answer = {0};
        pool->plan->work(pool->plan->user, task, &answer);
        uint64_t size = answer.size;
        if (!write_all(from, &size, sizeof size) || !write_all(from, text_bytes(&answer), answer.size)) break;
        text_free(&answer);
    }
    _exit(0);
}

static void worker_start(Pool *pool, Worker *worker)
{
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0) {
        perror("artsim: a pipe to a worker");
        exit(ART_EXIT_FAULT);
    }
    pool->parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        close(to[1]);
        close(from[0]);
        worker_main(pool, to[0], from[1]);
    }
    close(to[0]);
    close(from[1]);
    if (pid < 0) {
        perror("artsim: a worker process");
        exit(ART_EXIT_FAULT);
    }
    *worker = (Worker){.pid = pid, .to = to[1], .from = from[0], .task = IDLE};
}

/* Closes its pipes and waits for its end; returns its status. */
static int worker_end(Worker *worker)
{
    int status = 0;
    close(worker->to);
    close(worker->from);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) continue;
    text_free(&worker->answer);
    *worker = (Worker){.task = IDLE};
    return status;
}

static void task_done(Pool *pool, Worker *worker, PoolOutcome outcome, const char *bytes, size_t size)
{
    int task = worker->task;
    worker->task = IDLE;
    pool->running--;
    if (!pool->plan->done(pool->plan->user, task, outcome, bytes, size)) pool->stopped = 1;
    worker->answer.size = 0;
}

static void hand_out(Pool *pool)
{
    for (int i = 0; i < pool->count && pool->next < pool->plan->count && !pool->stopped; i++) {
        Worker *worker = &pool->workers[i];
        if (worker->task != IDLE) continue;
        int32_t task = pool->plan->tasks[pool->next++];
        if (worker->pid == 0) worker_start(pool, worker);
        if (!write_all(worker->to, &task, sizeof task)) {
            /* it ended while it waited: nothing is lost but itself */
            worker_end(worker);
            worker_start(pool, worker);
            write_all(worker->to, &task, sizeof task);
        }
        worker->task = task;
        worker->deadline = pool->plan->wall_limit > 0.0 ? wall_clock() + pool->plan->wall_limit : 0.0;
        pool->running++;
    }
}

static void died(Pool *pool, Worker *worker)
{
    int task = worker->task, status = worker_end(worker);
    char why[160];
    if (WIFSIGNALED(status)) {
        snprintf(why, sizeof why, "its worker process was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    } else {
        snprintf(why, sizeof why, "its worker process ended by itself with exit code %d", WEXITSTATUS(status));
    }
    worker->task = task;
    if (task != IDLE) task_done(pool, worker, POOL_DIED, why, strlen(why));
}

static void answer_read(Pool *pool, Worker *worker)
{
    char buffer[READ_SIZE];
    ssize_t count = read(worker->from, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) {
        died(pool, worker);
        return;
    }
    text_add_bytes(&worker->answer, buffer, (size_t)count);
    uint64_t size;
    if (worker->answer.size < sizeof size) return;
    memcpy(&size, worker->answer.bytes, sizeof size);
    if (worker->answer.size - sizeof size < size) return;
    task_done(pool, worker, POOL_DONE, worker->answer.bytes + sizeof size, (size_t)size);
}

static void late_end(Pool *pool)
{
    double now = wall_clock();
    for (int i = 0; i < pool->count; i++) {
        Worker *worker = &pool->workers[i];
        if (worker->task == IDLE || worker->deadline <= 0.0 || now < worker->deadline) continue;
        int task = worker->task;
        kill(worker->pid, SIGKILL);
        worker_end(worker);
        worker->task = task;
        char why[96];
        snprintf(why, sizeof why, "it took longer than the limit of %g s of wall time", pool->plan->wall_limit);
        task_done(pool, worker, POOL_TIMEOUT, why, strlen(why));
    }
}

/* Waits for an answer, but not beyond the next pulse or deadline. */
static void wait_for_answers(Pool *pool)
{
    double wait = PULSE_MS, now = wall_clock();
    for (int i = 0; i < pool->count; i++) {
        const Worker *worker = &pool->workers[i];
        pool->polls[i] =
            (struct pollfd){.fd = worker->pid && worker->task != IDLE ? worker->from : -1, .events = POLLIN};
        double left = 1e3 * (worker->deadline - now);
        if (worker->task != IDLE && worker->deadline > 0.0 && left < wait) wait = left > 0.0 ? left : 0.0;
    }
    if (poll(pool->polls, (nfds_t)pool->count, (int)wait + 1) <= 0) return;
    for (int i = 0; i < pool->count; i++) {
        if (pool->polls[i].revents) answer_read(pool, &pool->workers[i]);
    }
}

int pool_run(const PoolPlan *plan)
{
    Pool pool = {.plan = plan, .count = plan->workers < plan->count ? plan->workers : plan->count};
    pool.workers = memory_new((size_t)pool.count * sizeof *pool.workers);
    pool.polls = memory_new((size_t)pool.count * sizeof *pool.polls);
    for (int i = 0; i < pool.count; i++) pool.workers[i].task = IDLE;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    while (!pool.stopped) {
        hand_out(&pool);
        if (pool.running == 0) break;
        wait_for_answers(&pool);
        late_end(&pool);
        if (plan->pulse) plan->pulse(plan->user, pool.running);
        if (plan->stop && *plan->stop) pool.stopped = 1;
    }
    for (int i = 0; i < pool.count; i++) {
        if (pool.workers[i].pid == 0) continue;
        if (pool.workers[i].task != IDLE) kill(pool.workers[i].pid, SIGKILL);
        worker_end(&pool.workers[i]);
    }
    sigaction(SIGPIPE, &before, NULL);
    free(pool.workers);
    free(pool.polls);
    return !pool.stopped;
}
