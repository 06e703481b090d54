/* The schedule of faults and the sum of their effects. A fault comes once, grows linearly over its onset and goes at once
   when its time is over. Several faults on one part act in order of onset: scales multiply, offsets add, and of two
   that set a part to a state the later one counts. Ignores: faults that cause each other; write them both. */
#include "sim/fault/fault.h"
#include <string.h>
#include "sim/base/assert.h"

static const FaultKind *const groups[] = {fault_sense, fault_steering, fault_train, fault_line};
enum { GROUPS = sizeof groups / sizeof groups[0] };

const FaultKind *fault_kind_at(int index)
{
    for (int g = 0; g < GROUPS; g++) {
        for (const FaultKind *kind = groups[g]; kind->unit; kind++) {
            if (index-- == 0) return kind;
        }
    }
    return 0;
}

int fault_kind_count(void)
{
    int count = 0;
    while (fault_kind_at(count)) count++;
    return count;
}

const FaultKind *fault_kind_find(const char *unit, const char *kind)
{
    for (int i = 0; fault_kind_at(i); i++) {
        const FaultKind *row = fault_kind_at(i);
        if (strcmp(row->unit, unit) == 0 && strcmp(row->kind, kind) == 0) return row;
    }
    return 0;
}

double fault_grown(const FaultAction *action, double neutral)
{
    return neutral + action->share * (action->value - neutral);
}

int fault_start(const FaultPlan *plan, int fault, int64_t tick, const TrainModel *model, const TrainState *plant,
                FaultState *state)
{
    ART_ASSERT(fault >= 0 && fault < plan->count);
    if (state->started[fault]) return 0;
    state->started[fault] = 1;
    FaultActive *active = &state->active[state->count++];
    *active = (FaultActive){.fault = fault, .since = tick};
    for (int h = 0; h + 1 < model->module_count; h++) active->latch[h] = plant->yaw[h] - plant->yaw[h + 1];
    return 1;
}

int fault_end_next(const FaultPlan *plan, int64_t tick, FaultState *state)
{
    for (int i = 0; i < state->count; i++) {
        int fault = state->active[i].fault;
        int64_t ticks = plan->items[fault].ticks;
        if (ticks < 0 || tick - state->active[i].since < ticks) continue;
        state->count--;
        for (int k = i; k < state->count; k++) state->active[k] = state->active[k + 1];
        state->active[state->count] = (FaultActive){0};
        return fault;
    }
    return -1;
}

int fault_effects(const FaultPlan *plan, const FaultState *state, int train, int64_t tick, const TrainModel *model,
                  FaultEffects *effects)
{
    int found = 0;
    for (int i = 0; i < state->count; i++) {
        const FaultActive *active = &state->active[i];
        const Fault *fault = &plan->items[active->fault];
        if (fault->train != train) continue;
        if (!found++) {
            memset(effects, 0, sizeof *effects);
            train_damage_none(&effects->train);
        }
        int64_t passed = tick - active->since;
        FaultAction action = {.fault = fault, .model = model, .value = fault->value, .share = 1.0};
        action.age = (double)passed * model->step;
        if (passed < fault->ramp) action.share = (double)passed / (double)fault->ramp;
        for (int k = 0; k < fault->instance_count; k++) {
            action.instance = fault->instances[k];
            if (fault->kind->family == FAULT_OF_HINGE) action.latch = active->latch[action.instance];
            fault->kind->apply(&action, effects);
        }
    }
    return found > 0;
}

void fault_hash(const FaultState *state, Hash *hash)
{
    for (int i = 0; i < state->count; i++) {
        hash_u64(hash, (uint64_t)state->active[i].fault);
        hash_u64(hash, (uint64_t)state->active[i].since);
        hash_doubles(hash, state->active[i].latch, ART_HINGES_MAX);
    }
}
