/* The same laws on other shipped vehicles, with either cab leading, and there and back with a change of cabs between. A
   train that steers every axle is held to the published bound: what geometry leaves on that path, and 2.5 cm more. Where
   rear axles are fixed only the leading axle is guided, and their cutting in is shown. Ignores: vehicles whose first axle
   is not steered. */
#include <stdio.h>
#include <string.h>
#include "sim/verify/guided_motion.h"
#include "sim/verify/study.h"
#include "sim/verify/verify.h"

enum { SEEDS_FULL = 20, SETS_MAX = 8, SET_MAX = 96 };
static const double beyond_floor = 2.5; /* cm, GUIDANCE: any axle to the track */

/* A drive: its line in place of the scenario's. */
typedef struct Drive {
    const char *what, *scenario, *line;
    double distance; /* m at least, of any vehicle up to 54 m */
    int by_ato;      /* 1: from rest, by the ATO: it turns back by itself */
} Drive;

static const Drive round_trip = {"there and back", "guidance/r50.ini", "main 2 m -> 308 m, main 308 m -> 2 m", 490.0, 1};
static const Drive drives[] = {
    {"cab A leads, R 50 m at 40 km/h", "guidance/r50.ini", "main 2 m -> 308 m", 245.0, 0},
    {"cab B leads, R 50 m at 40 km/h", "guidance/r50.ini", "main 308 m -> 2 m", 245.0, 0},
    {"cab A leads, lane change at 60 km/h", "guidance/lane_change.ini", "main 2 m -> 558 m", 480.0, 0},
    {"cab B leads, lane change at 60 km/h", "guidance/lane_change.ini", "main 558 m -> 2 m", 480.0, 0},
};
enum { DRIVES = sizeof drives / sizeof drives[0] };

static const char *const all_steered[] = {"art3", "art3_gen2", "art4", "art5", "digital_rail_16"};
static const char *const rear_fixed[] = {"bus_12m", "bus_18m", "tractor_semitrailer"};

/* The drives of a vehicle; returns how many runs there are. */
static int drive_with(const char *vehicle, const char *trail, const Drive *drive, int seeds, StudyRun *runs)
{
    char sets[3][SET_MAX];
    const char *parts[SETS_MAX] = {sets[0], sets[1], sets[2], "scenario.duration=300 s", "drive.hold_speed=-1 km/h",
                                   "initial.speed=0 km/h"};
    snprintf(sets[0], SET_MAX, "vehicle.file=@assets/vehicles/%s.ini", vehicle);
    snprintf(sets[1], SET_MAX, "service.line=%s", drive->line);
    snprintf(sets[2], SET_MAX, "guidance.trail=%s", trail);
    StudyPlan plan = {.scenario = drive->scenario, .sets = parts, .set_count = drive->by_ato ? 6 : 4, .from = 3.0};
    return study_run(&plan, seeds, runs);
}

static double least_distance(const StudyRun *runs, int count)
{
    double least = 1e9;
    for (int i = 0; i < count; i++)
        if (runs[i].figure[STUDY_DISTANCE] < least) least = runs[i].figure[STUDY_DISTANCE];
    return least;
}

static void hold_drive(const char *vehicle, const Drive *drive, int seeds, VerifyResult *result)
{
    StudyRun runs[SEEDS_FULL];
    char what[80], note[VERIFY_NOTE_MAX];
    int done = drive_with(vehicle, "pose", drive, seeds, runs);
    Spread any = study_spread(runs, done, STUDY_ANY_PEAK);
    double floor = 100.0 * study_spread(runs, done, STUDY_FLOOR).median;
    int came = done > 0 && least_distance(runs, done) >= drive->distance;
    snprintf(what, sizeof what, "%s, %s", vehicle, drive->what);
    verify_at_most(result, what, "cm", floor + beyond_floor, came ? 100.0 * any.p95 : 1e9);
    snprintf(note, sizeof note, "median %.2f, worst %.2f of %d; geometry %.2f%s", 100.0 * any.median, 100.0 * any.worst,
             done, floor, came ? "" : "; did not come to the end");
    verify_note(result, note);
}

/* Every vehicle that can steer all its axles is in the list, no other. */
static void listed(const VerifyContext *context, VerifyResult *result)
{
    int fit = 0;
    for (int i = 0; i < context->vehicle_count; i++) fit += guided_motion_fits(context->vehicles[i]);
    verify_near(result, "shipped vehicles with every axle steered", "", sizeof all_steered / sizeof all_steered[0], fit, 0.0);
}

static void both_ways(const VerifyContext *context, VerifyResult *result)
{
    listed(context, result);
    for (size_t v = 0; v < sizeof all_steered / sizeof all_steered[0]; v++) {
        hold_drive(all_steered[v], &round_trip, context->full ? SEEDS_FULL : 1, result);
        for (int d = 0; d < DRIVES && context->full; d++) hold_drive(all_steered[v], &drives[d], SEEDS_FULL, result);
    }
}

static void fixed_behind(const VerifyContext *context, VerifyResult *result)
{
    for (size_t v = 0; v < sizeof rear_fixed / sizeof rear_fixed[0]; v++)
        for (int d = 0; d < (context->full ? DRIVES : 1); d += 2) {
            StudyRun runs[SEEDS_FULL];
            char what[80], note[VERIFY_NOTE_MAX];
            int done = drive_with(rear_fixed[v], "fixed", &drives[d], context->full ? SEEDS_FULL : 1, runs);
            snprintf(what, sizeof what, "%s, leading axle, %s", rear_fixed[v], drives[d].what + strlen("cab A leads, "));
            verify_at_most(result, what, "cm", 15.0, 100.0 * study_spread(runs, done, STUDY_LEAD_PEAK).p95);
            snprintf(note, sizeof note, "any axle %.1f; a tow at walking pace would cut in by %.1f",
                     100.0 * study_spread(runs, done, STUDY_ANY_PEAK).p95,
                     100.0 * study_spread(runs, done, STUDY_FLOOR).median);
            verify_note(result, note);
        }
}

static const char source[] = "published target for any axle to the track: the geometric floor and 2.5 cm";
static const VerifyCase cases[] = {
    {"fleet_both_ways", "every all-steered train holds the track with either cab leading and after turning back", source,
     both_ways},
    {"fleet_fixed_rear", "a vehicle with fixed rear axles holds its leading axle on the track",
     "scenarios/guidance/bus_18m.ini: 15 cm", fixed_behind},
};
const VerifyGroup verify_fleet = {
    "Other vehicles, both ways",
    "Default laws (rear axles fixed: lqr_preview and fixed) on every shipped vehicle that has a steered leading axle.",
    cases, sizeof cases / sizeof cases[0]};
