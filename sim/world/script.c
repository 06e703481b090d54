/* Events: at a tick, or when a condition becomes true, settings go to a value at once or linearly over a time. A new
   command on a setting ends the ramp before it. Ignores: anything but LIVE settings; a fault with a `when` begins once. */
#include "sim/world/script.h"
#include <string.h>
#include "sim/base/assert.h"

void script_init(ScriptState *state)
{
    memset(state, 0, sizeof *state);
}

int script_due(const Script *script, int64_t tick)
{
    return script->watching && tick % script->look_ticks == 0;
}

/* The ramp of a setting, a free one where it has none. */
static ScriptRamp *ramp_of(ScriptState *state, const ParamField *field)
{
    for (int i = 0; i < state->ramp_count; i++) {
        if (state->ramps[i].field == field) return &state->ramps[i];
    }
    if (state->ramp_count == SCRIPT_RAMPS_MAX) return NULL;
    return &state->ramps[state->ramp_count++];
}

/* A setting has one event in a tick, however many commands it gets: the last one is what counts. So the queue has room
   for all settings, and any number of events may fire at once. */
static void command_record(const WorldCommand *command, int64_t tick, Record *record)
{
    for (int i = 0; i < record->event_count; i++) {
        Event *event = &record->events[i];
        if (event->kind != (int32_t)EVENT_SETTING || event->tick != tick || event->reason != command->field->key) continue;
        event->value = command->value;
        return;
    }
    record_event(record, tick, 0, EVENT_SETTING, -1, 0.0, command->value, command->field->key);
}

void script_command(const Scenario *scenario, const WorldCommand *command, ScriptState *state, World *world,
                    Record *record)
{
    ScriptRamp *ramp = ramp_of(state, command->field);
    ART_ASSERT(ramp);
    double step = scenario->spec.head.step;
    *ramp = (ScriptRamp){
        .field = command->field,
        .from = settings_get(&world->settings, command->field),
        .to = command->value,
        .start = world->tick,
        .ticks = (int64_t)(command->over / step + 0.5),
    };
    if (ramp->ticks == 0) settings_set(&world->settings, command->field, command->value);
    command_record(command, world->tick, record);
}

static void ramps_move(ScriptState *state, World *world)
{
    for (int i = 0; i < state->ramp_count; i++) {
        ScriptRamp *ramp = &state->ramps[i];
        if (ramp->ticks == 0) continue;
        int64_t passed = world->tick - ramp->start;
        int done = passed >= ramp->ticks;
        double share = (double)passed / (double)ramp->ticks;
        settings_set(&world->settings, ramp->field, done ? ramp->to : ramp->from + (ramp->to - ramp->from) * share);
        if (done) ramp->ticks = 0;
    }
}

static int any_train_holds(const Condition *condition, const Sample *sample)
{
    for (int train = 0; train < sample->train_count; train++) {
        if (condition_holds(condition, sample, train)) return 1;
    }
    return 0;
}

/* The condition of a fault is one on its own train. */
static int fault_holds(const Scenario *scenario, const ScriptFault *trigger, const Sample *sample)
{
    int train = scenario->faults->items[trigger->fault].train;
    return train < sample->train_count && condition_holds(&trigger->when, sample, train);
}

/* Does the event fire now? A condition fires when it becomes true. */
static int event_fires(const ScriptEvent *event, int index, const Sample *sample, ScriptState *state, int64_t tick)
{
    if (event->at >= 0) return tick == event->at;
    if (!sample) return 0;
    int holds = any_train_holds(&event->when, sample);
    int rises = holds && !state->held[index];
    state->held[index] = holds;
    return rises && !(event->once && state->fired[index]);
}

void script_tick(const Scenario *scenario, const Script *script, const Sample *sample, ScriptState *state,
                 World *world, Record *record)
{
    for (int i = 0; i < script->count; i++) {
        const ScriptEvent *event = &script->items[i];
        if (!event_fires(event, i, sample, state, world->tick)) continue;
        state->fired[i]++;
        for (int k = 0; k < event->action_count; k++) {
            const ScriptAction *action = &event->actions[k];
            WorldCommand command = {world->tick, action->field, action->value, action->over};
            script_command(scenario, &command, state, world, record);
        }
    }
    for (int i = 0; i < script->fault_when_count && sample; i++) {
        const ScriptFault *trigger = &script->fault_when[i];
        if (world->faults.started[trigger->fault] || !fault_holds(scenario, trigger, sample)) continue;
        world_fault_start(scenario, trigger->fault, world, record);
    }
    ramps_move(state, world);
}
