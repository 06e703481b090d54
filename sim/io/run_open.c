/* Opens a run. Ignores: reading files, which load.h does. */
#include "sim/io/run_open.h"
#include <stdlib.h>
#include "sim/io/expect_text.h"
#include "sim/io/memory_map.h"
#include "sim/io/profile_csv.h"
#include "sim/io/steer_note.h"
#include "sim/io/timetable_csv.h"
#include "sim/world/platform_check.h"
#include "sim/world/step.h"

/* Counts of the marks of every path, in one block. */
static void count_dashes(Run *run)
{
    size_t count = 1;
    for (int i = 0; i < run->scenario->path_count; i++) count += (size_t)run->scenario->maps[i].count;
    run->dashes = memory_new(count * sizeof *run->dashes);
    DashCount *next = run->dashes;
    for (int i = 0; i < run->scenario->path_count; i++) {
        run->state->record.monitor.dashes[i] = next;
        next += run->scenario->maps[i].count;
    }
}

/* One block for scenario, tables and state, in this order; returns the tables. */
static void *take_memory(size_t tables, Run *run)
{
    enum { LINE = 64 }; /* bytes of a line of the cache */
    size_t scenario = (sizeof(Scenario) + LINE - 1) / LINE * LINE, middle = (tables + LINE - 1) / LINE * LINE;
    run->memory_size = scenario + middle + sizeof(RunState);
    char *memory = run->memory = memory_map(run->memory_size);
    run->scenario = (Scenario *)memory;
    run->state = (RunState *)(memory + scenario + middle);
    return memory + scenario;
}

int run_open(Loaded *loaded, Run *run)
{
    *run = (Run){.plan = memory_new(sizeof *run->plan)};
    if (diag_count(&loaded->diag)) { /* mistakes of the texts belong to the list of all */
        texts_check(loaded);
        return 0;
    }
    run->profile = memory_new(sizeof *run->profile);
    int fine = expects_compile(loaded, &run->plan->expectations) & events_compile(loaded, &run->plan->script) &
               profile_csv_load(loaded, run->profile) & timetable_csv_load(loaded);
    if (!fine) return 0;

    const ScenarioSpec *spec = loaded->parts[LOAD_SCENARIO];
    const Route *route = loaded->parts[LOAD_ROUTE];
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    Complaints complaints = {.count = 0};
    size_t need = scenario_memory_need(spec, route, vehicle, &complaints);
    if (complaints.count) {
        load_complain(loaded, LOAD_SCENARIO, &complaints);
        return 0;
    }
    void *tables = take_memory(need, run);
    scenario_build(spec, route, vehicle, tables, run->scenario);
    run->scenario->faults = &run->plan->script.faults;
    if (run->profile->rows > 0) run->scenario->profile = run->profile;
    open_loop_check(run->scenario, &complaints);
    reference_check(run->scenario, &complaints);
    platform_check(run->scenario, &complaints);
    if (complaints.count) {
        load_complain(loaded, LOAD_SCENARIO, &complaints);
        return 0;
    }
    steer_note(run->scenario, loaded);
    run->plan->scenario = run->scenario;
    run_start(run->plan, run->state);
    count_dashes(run);
    return 1;
}

void run_close(Run *run)
{
    free(run->dashes);
    memory_unmap(run->memory, run->memory_size);
    if (run->profile) profile_csv_free(run->profile);
    free(run->profile);
    free(run->plan);
    *run = (Run){0};
}
