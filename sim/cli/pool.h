/* Worker processes that take numbered tasks and hand back bytes. A worker that crashes, is killed or takes too long costs
   its task alone: another worker takes its place. */
#pragma once
#include <signal.h>
#include "sim/io/text.h"

typedef enum PoolOutcome {
    POOL_DONE,   /* the task's own bytes */
    POOL_DIED,   /* the worker ended before it answered: a reason */
    POOL_TIMEOUT /* it was ended because it took too long: a reason */
} PoolOutcome;

typedef struct PoolPlan {
    int workers;      /* at least 1 */
    const int *tasks; /* in the order in which they are handed out */
    int count;
    double wall_limit;                 /* s a task may take; 0: any time */
    const volatile sig_atomic_t *stop; /* when it is not zero, tasks that run are dropped */
    /* In the worker: does the task, adds what it has to say to `answer`. */
    void (*work)(void *user, int task, Text *answer);
    /* In the caller's process: takes the answer of a task, or the reason why there is none. Returns 0 to stop early. */
    int (*done)(void *user, int task, PoolOutcome outcome, const char *bytes, size_t size);
    /* In the caller's process, some times a second, with the number of tasks that run. May be null. */
    void (*pulse)(void *user, int running);
    void *user;
} PoolPlan;

/* Returns 1 when every task had its outcome, 0 when stopped early. No more workers are started than there are tasks. */
int pool_run(const PoolPlan *plan);
