/* The progress of one run, drawn over itself some times a second. Ignores: the width of the terminal. */
#include "sim/cli/run_progress.h"
#include <stdio.h>
#include <unistd.h>
#include "sim/cli/case_run.h"

enum { PROGRESS_TICKS = 8192 };

RunProgress run_progress(const char *label, int quiet)
{
    return (RunProgress){.label = label, .started = wall_clock(), .shown = !quiet && isatty(STDERR_FILENO)};
}

void run_progress_look(void *user, const Run *run, int events)
{
    (void)events;
    const RunProgress *progress = user;
    if (!progress->shown || run->state->world.tick % PROGRESS_TICKS != PROGRESS_TICKS - 1) return;
    double passed = wall_clock() - progress->started, done = run_time(run->scenario, run->state->world.tick);
    fprintf(stderr, "\r\033[K%s: %.0f of at most %.0f s, %.0f times real time ", progress->label, done,
            run->scenario->spec.head.duration, passed > 0.0 ? done / passed : 0.0);
}

void run_progress_end(const RunProgress *progress)
{
    if (progress->shown) fputs("\r\033[K", stderr);
}
