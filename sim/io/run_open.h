/* From a loaded scenario to a run that is ready to start: all memory that it needs. */
#pragma once
#include "sim/io/load.h"
#include "sim/world/run.h"

typedef struct Run {
    void *memory; /* of scenario, state and the scenario's tables */
    size_t memory_size;
    Scenario *scenario;
    Profile *profile; /* of [drive] open_loop; empty without one */
    RunPlan *plan;
    RunState *state; /* at tick 0 */
    DashCount *dashes; /* marks found and missed, of every path */
} Run;

/* Compiles the scenario; mistakes go to loaded->diag. Returns 1 when there are none, and the run has started; `loaded`
   is no longer needed by it. */
int run_open(Loaded *loaded, Run *run);
void run_close(Run *run);
