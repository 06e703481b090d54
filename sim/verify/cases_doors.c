/* Doors: random faults, two at a time, on the way to a station, at it and from it, on roads from ice to dry. What is judged is
   the world's truth (monitor_modes.c): is a door open while the train moves, away from a platform, or on the side that has
   none? Neither the interlock nor what the train believes takes part in that. Ignores: passengers. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/base/rng.h"
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "sim/verify/verify.h"

enum { DRAWS_FULL = 2000, DRAWS_SHORT = 40, SETS = 15, VALUE_SIZE = 64, SET_SIZE = 128 };

typedef struct DoorTally {
    int runs, opened, opened_with_fault, missed;
    double unsafe; /* s, all runs */
    char worst[200];
} DoorTally;

typedef struct Draw {
    char sets[SETS][SET_SIZE];
    int count;
    char faults[2][64];
} Draw;

static void add(Draw *draw, const char *key, const char *value)
{
    snprintf(draw->sets[draw->count++], SET_SIZE, "%s=%s", key, value);
}

/* The number behind the unit's name: how many of them the train of the scenario has. */
static int members_of(FaultFamily family, const Vehicle *vehicle)
{
    switch (family) {
    case FAULT_OF_CAMERA: return 2;
    case FAULT_OF_MODULE: return vehicle->module_count;
    case FAULT_OF_HINGE: return vehicle->module_count - 1;
    case FAULT_OF_AXLE:
    case FAULT_OF_STEERED:
    case FAULT_OF_BRAKED:
    case FAULT_OF_TYRE: return vehicle->axle_count;
    case FAULT_OF_DRIVEN: return 1;
    case FAULT_OF_TRAIN:
    case FAULT_OF_PLACE: break;
    }
    return 0;
}

/* One of all kinds at a member of the train, at a moment from full speed to after the departure. */
static void add_fault(Draw *draw, int which, const Vehicle *vehicle, RngStream stream, uint64_t k)
{
    const char *name = which == 0 ? "part" : "another";
    uint32_t first = (uint32_t)(8 * which);
    const FaultKind *kind = fault_kind_at((int)(fault_kind_count() * rng_uniform(stream, k, first)));
    int members = members_of(kind->family, vehicle), member = 1 + (int)(members * rng_uniform(stream, k, first + 1));
    char key[48], value[VALUE_SIZE];
    snprintf(value, sizeof value, members ? "%s.%d" : "%s", kind->unit, member);
    snprintf(draw->faults[which], sizeof draw->faults[which], "%.40s %.20s", value, kind->kind);
    snprintf(key, sizeof key, "fault.%s.unit", name);
    add(draw, key, value);
    snprintf(key, sizeof key, "fault.%s.kind", name);
    add(draw, key, kind->kind);
    snprintf(key, sizeof key, "fault.%s.when", name);
    add(draw, key, "");
    snprintf(key, sizeof key, "fault.%s.at", name);
    snprintf(value, sizeof value, "%.2f s", 5.0 + 95.0 * rng_uniform(stream, k, first + 2));
    add(draw, key, value);
    snprintf(key, sizeof key, "fault.%s.for", name);
    snprintf(value, sizeof value, "%.2f s", 1.0 + 59.0 * rng_uniform(stream, k, first + 3));
    add(draw, key, value);
    if (kind->family != FAULT_OF_PLACE) return;
    snprintf(key, sizeof key, "fault.%s.from", name);
    add(draw, key, "650 m");
    snprintf(key, sizeof key, "fault.%s.to", name);
    add(draw, key, "850 m");
}

static Draw draw_of(const Vehicle *vehicle, uint64_t k)
{
    Draw draw = {.count = 0};
    RngStream stream = rng_stream(77, "doors", 0);
    char value[VALUE_SIZE];
    add_fault(&draw, 0, vehicle, stream, k);
    add_fault(&draw, 1, vehicle, stream, k);
    snprintf(value, sizeof value, "%.3f", 0.08 + 0.82 * rng_uniform(stream, k, 20));
    add(&draw, "weather.friction", value);
    return draw;
}

static double metric_of(const Run *run, const char *name)
{
    int member;
    MetricValue value;
    const Metric *metric = metric_find(name, &member);
    return metric && metric->read(&run->state->record.monitor, 0, 0, &value) ? value.value : 0.0;
}

/* Drives one draw; returns 0 with messages on stderr where the scenario does not load. */
static int drive(const char *path, const Draw *draw, int seed, double duration, DoorTally *tally)
{
    const char *sets[SETS];
    for (int i = 0; i < draw->count; i++) sets[i] = draw->sets[i];
    LoadRequest request = {.path = path, .sets = sets, .set_count = draw->count};
    Loaded *loaded = load_scenario(&art_kit, &request);
    Run run;
    int good = diag_count(&loaded->diag) == 0 && run_open(loaded, &run);
    if (!good) {
        diag_print(&loaded->diag, stderr);
        load_free(loaded);
        return 0;
    }
    run.scenario->spec.head.seed = seed;
    world_init(run.scenario, &run.state->world, &run.state->record);
    int opened = 0;
    while (run_end(run.plan, run.state) == RUN_GOES_ON && run_time(run.scenario, run.state->world.tick) < duration) {
        run_tick(run.plan, run.state);
        run_drain(run.state);
        opened |= run.state->world.trains[0].service.door > 0.0;
    }
    double unsafe = metric_of(&run, "doors_unsafe_s");
    tally->runs++;
    tally->opened += opened;
    tally->opened_with_fault += opened && metric_of(&run, "faults_detected") > 0.0;
    tally->missed += !opened;
    if (unsafe > 0.0)
        snprintf(tally->worst, sizeof tally->worst, " Unsafe: draw %d, %s, %s.", seed, draw->faults[0], draw->faults[1]);
    tally->unsafe += unsafe;
    run_close(&run);
    load_free(loaded);
    return 1;
}

static void doors_with_faults(const VerifyContext *context, VerifyResult *result)
{
    int count = context->full ? DRAWS_FULL : DRAWS_SHORT, good = 1;
    DoorTally tally = {0};
    PathRoots roots;
    Text path = {0}, why = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    text_add(&path, roots.data);
    text_add(&path, "/scenarios/degraded/brake_unit_more.ini");
    for (int k = 0; k < count && good; k++) {
        Draw draw = draw_of(context->art3, (uint64_t)k);
        good = drive(text_bytes(&path), &draw, k + 1, 115.0, &tally);
    }
    path_roots_free(&roots);
    verify_at_least(result, "draws", "", count, tally.runs);
    verify_at_most(result, "time of a door open at speed, off the platform or on the wrong side", "s", 0.0, tally.unsafe);
    verify_at_least(result, "runs in which doors opened", "", 0.3 * count, tally.opened);
    char note[400];
    snprintf(note, sizeof note, "In %d runs doors opened, in %d of them after the train had noticed a fault; in %d they stayed "
             "closed: it had come to rest elsewhere, or not docked.%s", tally.opened, tally.opened_with_fault, tally.missed,
             tally.worst);
    text_add(&result->note, note);
    text_free(&path);
    text_free(&why);
}

static const VerifyCase cases[] = {
    {"doors_with_faults", "whatever fails, doors open only at rest, at a platform, on its side", "property", doors_with_faults},
};
const VerifyGroup verify_doors = {"Doors",
                                  "The default train calls at a station while two of all kinds of faults befall it.", cases,
                                  sizeof cases / sizeof cases[0]};
