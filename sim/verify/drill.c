/* Manoeuvres by the world's own step: a scenario specification of defaults, the endless plane, no guidance. Ignores:
   events and expectations. */
#include "sim/verify/drill.h"
#include <math.h>
#include "sim/io/text.h"
#include "sim/world/signals.h"

ManoeuvreSpec drill_manoeuvre(ManoeuvreKind kind)
{
    ManoeuvreSpec spec;
    param_defaults(&manoeuvre_table, &spec);
    spec.kind = (int32_t)kind;
    return spec;
}

int drill_open(Drill *drill, const Vehicle *vehicle, LoadCase load, const ManoeuvreSpec *manoeuvre, double speed,
               double duration, Complaints *why)
{
    ScenarioSpec *spec = memory_new(sizeof *spec);
    Route *route = memory_new(sizeof *route);
    *drill = (Drill){.seed = drill->seed, .scenario = memory_new(sizeof *drill->scenario)};
    param_schema_defaults(&scenario_schema, spec);
    param_schema_defaults(&route_schema, route);
    spec->manoeuvre = *manoeuvre;
    spec->service.load = (int32_t)load;
    spec->head.duration = duration;
    spec->head.seed = drill->seed;
    spec->drive.hold_speed = spec->initial.speed = speed;
    size_t need = scenario_memory_need(spec, route, vehicle, why);
    int good = why->count == 0 && need > 0;
    if (good) {
        drill->memory = memory_new(need);
        drill->world = memory_new(sizeof *drill->world);
        drill->record = memory_new(sizeof *drill->record);
        scenario_build(spec, route, vehicle, drill->memory, drill->scenario);
        world_init(drill->scenario, drill->world, drill->record);
    }
    memory_free(spec);
    memory_free(route);
    return good;
}

int drill_tick(Drill *drill)
{
    if (drill->world->tick >= drill->scenario->ticks || world_finished(drill->world)) return 0;
    world_step(drill->scenario, drill->world, drill->record);
    drill->record->event_count = 0;
    return 1;
}

void drill_run(Drill *drill)
{
    while (drill_tick(drill)) {
    }
}

double drill_metric(const Drill *drill, const char *name)
{
    int member;
    MetricValue value;
    const Metric *row = metric_find(name, &member);
    if (!row || !row->read(&drill->record->monitor, 0, member, &value)) return (double)NAN;
    return value.value;
}

void drill_free(Drill *drill)
{
    memory_free(drill->scenario);
    memory_free(drill->memory);
    memory_free(drill->world);
    memory_free(drill->record);
    *drill = (Drill){0};
}
