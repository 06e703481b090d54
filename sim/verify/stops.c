/* One stop a draw: scenarios/guidance/docking.ini with the draw's load, road, slope and speed, driven by the world's own step until
   the doors open. The friction brakes' tolerance is set in the constants of the laden train, which lie in the World until the
   doors close again: a pad that grips too well or too little, which neither ATO nor ATP know. Comfort is that of the first
   module: its acceleration after a low-pass of 2 Hz, jerk its change. Ignores: curves, traffic, weather beside its grip. */
#include "sim/verify/stops.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sim/io/schemas.h"
#include "sim/world/step.h"

static const double rolling = 0.3;   /* m/s: jerk counts as braking above, as the jolt at rest below */
static const double begins = 0.1;    /* m/s2: it brakes */
static const double longest = 120.0; /* s */

/* What is true of the motion so far. */
typedef struct Comfort {
    LowPassGain gain;
    LowPass state;
    double filtered, jerk_square;
    long samples;
    double from_speed, from_time; /* when it began to brake for the last time; time negative: it does not */
} Comfort;

Loaded *stops_load(void)
{
    PathRoots roots;
    Text why = {0}, path = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    text_add(&path, roots.data);
    text_add(&path, "/scenarios/guidance/docking.ini");
    LoadRequest request = {.path = text_bytes(&path)};
    Loaded *loaded = load_scenario(&art_kit, &request);
    text_free(&path);
    text_free(&why);
    path_roots_free(&roots);
    if (diag_count(&loaded->diag) == 0) return loaded;
    diag_print(&loaded->diag, stderr);
    load_free(loaded);
    return NULL;
}

static void lay_road(const StopDraw *draw, Route *route)
{
    double end = route->tracks[0].to, knee = draw->knee;
    double heights[3] = {100.0, 100.0 + knee * draw->grade[0], 0.0};
    heights[2] = heights[1] + (end - knee) * draw->grade[1];
    const double chainages[3] = {0.0, knee, end};
    route->profile_count = 3;
    for (int i = 0; i < 3; i++)
        route->profile[i] = (ProfilePoint){.chainage = chainages[i], .height = heights[i], .curve_radius = 500.0};
}

static void set_brakes(const StopDraw *draw, TrainModel *model)
{
    for (int a = 0; a < model->axle_count; a++) model->brake_share[a] *= draw->brake;
    model->brake_share[0] *= draw->brake_spread[0];
    model->brake_share[model->axle_count - 1] *= draw->brake_spread[1];
}

static void watch(const TrainWorld *train, double time, Comfort *comfort, StopOutcome *outcome)
{
    double speed = train->truth.speed, before = comfort->filtered;
    comfort->filtered = low_pass(&comfort->gain, &comfort->state, train->truth.accel);
    int braking = comfort->filtered < -begins;
    if (!braking && speed > rolling) comfort->from_time = -1.0;
    if (braking && comfort->from_time < 0.0) {
        comfort->from_time = time;
        comfort->from_speed = speed;
    }
    if (time < 1.0) return; /* the filter swings in */
    double jerk = (comfort->filtered - before) / 0.01;
    if (comfort->from_time < 0.0) return;
    if (speed > rolling) {
        comfort->jerk_square += jerk * jerk;
        comfort->samples++;
        outcome->jerk_peak = fmax(outcome->jerk_peak, fabs(jerk));
        outcome->brake_peak = fmax(outcome->brake_peak, -comfort->filtered);
    } else {
        outcome->jolt = fmax(outcome->jolt, fabs(jerk));
    }
    if (speed > 0.02) outcome->brake_mean = (comfort->from_speed - speed) / fmax(time - comfort->from_time, 0.01);
}

static StopOutcome drive(const Scenario *scenario, const StopDraw *draw, World *world, Record *record)
{
    StopOutcome outcome = {.error = (double)NAN};
    Comfort comfort = {.gain = low_pass_gain(2.0, 0.01), .from_time = -1.0};
    const TrainWorld *train = &world->trains[0];
    double line = scenario->plan.stops[0].u;
    world_init(scenario, world, record);
    set_brakes(draw, &world->trains[0].laden);
    while (!world_finished(world) && train->service.door < 1.0) {
        world_step(scenario, world, record);
        record->event_count = 0;
        if (!step_is_cycle(scenario, world->tick)) continue;
        double time = (double)world->tick * scenario->model.step;
        watch(train, time, &comfort, &outcome);
        outcome.interventions += train->atp.braking && outcome.interventions == 0;
        if (time > longest || train->service.stop > 0) break;
    }
    outcome.docked = train->service.door >= 1.0;
    outcome.error = train->truth.nose_u - line;
    double nose = train->estimator.end[0].now.u + train_guide(scenario, train)->view.nose;
    outcome.estimate = nose - train->truth.nose_u;
    outcome.jerk_rms = comfort.samples ? sqrt(comfort.jerk_square / (double)comfort.samples) : 0.0;
    return outcome;
}

StopOutcome stops_run(const Loaded *loaded, const StopDraw *draw)
{
    ScenarioSpec *spec = memory_new(sizeof *spec);
    Route *route = memory_new(sizeof *route);
    Scenario *scenario = memory_new(sizeof *scenario);
    World *world = memory_new(sizeof *world);
    Record *record = memory_new(sizeof *record);
    Complaints complaints = {.count = 0};
    *spec = *(const ScenarioSpec *)loaded->parts[LOAD_SCENARIO];
    *route = *(const Route *)loaded->parts[LOAD_ROUTE];
    spec->head.seed = draw->seed;
    spec->passengers.on_board = draw->passengers;
    spec->passengers.weighing_error = draw->weighing_error;
    spec->weather.friction = draw->friction;
    spec->initial.speed = draw->speed;
    spec->ato.start_time = 0.0; /* it is rolling */
    lay_road(draw, route);
    void *memory = memory_new(scenario_memory_need(spec, route, loaded->parts[LOAD_VEHICLE], &complaints));
    scenario_build(spec, route, loaded->parts[LOAD_VEHICLE], memory, scenario);
    StopOutcome outcome = drive(scenario, draw, world, record);
    memory_free(record);
    memory_free(world);
    memory_free(scenario);
    memory_free(memory);
    memory_free(route);
    memory_free(spec);
    return outcome;
}
