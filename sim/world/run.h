/* One run, tick by tick: the world with its events, expectations and record. The command line, the window and tests
   step it alike. What changes is plain data apart from the constant part, so that a snapshot is a copy of RunState. */
#pragma once
#include "sim/world/expect.h"
#include "sim/world/script.h"
#include "sim/world/world.h"

typedef struct RunPlan { /* constant */
    const Scenario *scenario;
    Expectations expectations;
    Script script;
} RunPlan;

typedef struct RunState {
    ScriptState script;
    ExpectState expect;
    Record record;
    World world; /* last: its trains are its last array */
} RunState;

typedef enum RunEnd {
    RUN_GOES_ON,
    RUN_DONE,        /* the duration has passed */
    RUN_SERVED,      /* the service is done */
    RUN_ROLLED_OVER, /* a module has gone over */
    RUN_DIVERGED     /* a quantity left its bounds */
} RunEnd;
extern const char *const run_end_names[]; /* "", "duration", "service", "rollover", "diverged", null */

/* Tick 0. Its events wait in the record. */
void run_start(const RunPlan *plan, RunState *state);
/* One tick: expectations and events look at the state as it is, then the world steps. The record's queue of events is
   the caller's to empty, by run_drain, at least once a tick. */
void run_tick(const RunPlan *plan, RunState *state);
/* Why the run is over. */
RunEnd run_end(const RunPlan *plan, const RunState *state);
/* The last look of the expectations, once the run is over. */
void run_finish(const RunPlan *plan, RunState *state);
/* A command from outside, as a key in the window: takes effect before the next step. */
void run_command(const RunPlan *plan, RunState *state, const WorldCommand *command);
/* The sample of the present tick: in state->record.sample. */
const Sample *run_sample(const RunPlan *plan, RunState *state);
/* Seconds of a tick: the nearest double to the exact quotient, since steps divide a second. */
double run_time(const Scenario *scenario, int64_t tick);
/* Number of events that wait, and forgets them; they stay readable in state->record.events until the next tick. */
int run_drain(RunState *state);
