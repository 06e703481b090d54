/* The loop of a run around world_step. Looks come before the step, so that an event changes the tick in which it is due,
   and the state at the end gets a look of its own. Ignores: where output goes. */
#include "sim/world/run.h"

const char *const run_end_names[] = {"", "duration", "service", "rollover", "diverged", NULL};

double run_time(const Scenario *scenario, int64_t tick)
{
    return (double)tick / __builtin_floor(1.0 / scenario->spec.head.step + 0.5);
}

void run_start(const RunPlan *plan, RunState *state)
{
    world_init(plan->scenario, &state->world, &state->record);
    script_init(&state->script);
    expect_init(&plan->expectations, &state->expect);
}

const Sample *run_sample(const RunPlan *plan, RunState *state)
{
    record_sample(plan->scenario, &state->world, &state->record.sample);
    return &state->record.sample;
}

void run_tick(const RunPlan *plan, RunState *state)
{
    int64_t tick = state->world.tick;
    int watch = expect_due(&plan->expectations, tick), act = script_due(&plan->script, tick);
    const Sample *sample = watch || act ? run_sample(plan, state) : NULL;
    if (watch) expect_look(&plan->expectations, sample, &state->record.monitor, &state->expect);
    script_tick(plan->scenario, &plan->script, act ? sample : NULL, &state->script, &state->world, &state->record);
    world_step(plan->scenario, &state->world, &state->record);
}

RunEnd run_end(const RunPlan *plan, const RunState *state)
{
    if (state->world.diverged) return RUN_DIVERGED;
    for (int t = 0; t < state->world.train_count; t++) {
        if (state->record.monitor.trains[t].rollovers > 0) return RUN_ROLLED_OVER;
    }
    if (world_finished(&state->world)) return RUN_SERVED;
    return state->world.tick >= plan->scenario->ticks ? RUN_DONE : RUN_GOES_ON;
}

void run_finish(const RunPlan *plan, RunState *state)
{
    expect_look(&plan->expectations, run_sample(plan, state), &state->record.monitor, &state->expect);
}

void run_command(const RunPlan *plan, RunState *state, const WorldCommand *command)
{
    script_command(plan->scenario, command, &state->script, &state->world, &state->record);
}

int run_drain(RunState *state)
{
    int count = state->record.event_count;
    state->record.event_count = 0;
    return count;
}
