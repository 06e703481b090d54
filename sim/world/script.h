/* Events of a scenario and keys in the window: tick-stamped commands on LIVE settings, nothing else. The compiled list
   is constant (sim/io/event_text.c makes it from [event.*]); ScriptState is what changes. */
#pragma once
#include "sim/world/condition.h"
#include "sim/world/world.h"

/* The LIVE rows as they stand in Settings; each repeats its section's row. */
extern const ParamTable settings_table;

enum { SCRIPT_EVENTS_MAX = 2048, SCRIPT_ACTIONS_MAX = 4, SCRIPT_RAMPS_MAX = 32 };

typedef struct ScriptAction {
    const ParamField *field; /* of settings_find */
    double value;            /* SI */
    double over;             /* s, ramp; 0 = step */
} ScriptAction;

typedef struct ScriptEvent {
    char name[ART_NAME_MAX];
    int64_t at;     /* tick; -1: by `when` */
    Condition when; /* looked at EXPECT_RATE times a second; fires when it becomes true */
    ScriptAction actions[SCRIPT_ACTIONS_MAX];
    int32_t action_count;
    int32_t once;
} ScriptEvent;

/* A fault that begins by a condition. */
typedef struct ScriptFault {
    int32_t fault; /* in the plan */
    Condition when;
} ScriptFault;

typedef struct Script {
    ScriptEvent items[SCRIPT_EVENTS_MAX];
    int32_t count;
    FaultPlan faults;
    ScriptFault fault_when[FAULTS_MAX];
    int32_t fault_when_count;
    int32_t watching;   /* 1: there is a `when` */
    int64_t look_ticks; /* between two looks */
} Script;

typedef struct ScriptRamp {
    const ParamField *field; /* null: free */
    double from, to;
    int64_t start, ticks;
} ScriptRamp;

typedef struct ScriptState {
    int32_t fired[SCRIPT_EVENTS_MAX];
    int32_t held[SCRIPT_EVENTS_MAX]; /* `when` held at the last look */
    ScriptRamp ramps[SCRIPT_RAMPS_MAX];
    int32_t ramp_count;
} ScriptState;

void script_init(ScriptState *state);
/* 1 when script_tick wants a sample of this tick. */
int script_due(const Script *script, int64_t tick);
/* Before the world's step: fires what is due and moves the ramps. `sample` is null between looks. */
void script_tick(const Scenario *scenario, const Script *script, const Sample *sample, ScriptState *state,
                 World *world, Record *record);
/* One command from outside, at the world's tick (its own tick is not read). Logged as EVENT_SETTING, one a
   tick and setting. */
void script_command(const Scenario *scenario, const WorldCommand *command, ScriptState *state, World *world,
                    Record *record);
