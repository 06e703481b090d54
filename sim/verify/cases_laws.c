/* The guidance laws side by side, and the map of what the default pair holds: one factor after the other is moved away
   from the usual until an axle is 30 cm off. Ignores: two factors at once. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/io/text.h"
#include "sim/guide/lateral.h"
#include "sim/verify/study.h"
#include "sim/verify/verify.h"

static const double edge_cm = 30.0;
enum { MAP_SEEDS = 10 }; /* of the full set */

/* ---- pairs ---- */

static void run_pair(const char *scenario, const char *lead, const char *trail, StudyRun *run)
{
    char sets[2][64], path[64];
    snprintf(sets[0], sizeof sets[0], "guidance.lead=%s", lead);
    snprintf(sets[1], sizeof sets[1], "guidance.trail=%s", trail);
    snprintf(path, sizeof path, "guidance/%s.ini", scenario);
    const char *parts[] = {sets[0], sets[1]};
    StudyPlan plan = {.scenario = path, .sets = parts, .set_count = 2, .from = 3.0};
    memset(run, 0, sizeof *run);
    study_run(&plan, 1, run);
}

/* Every pair on one track; the default must hold every axle at least as well as any other pair does, to a tenth. */
static void pairs_on(const char *scenario, VerifyResult *result)
{
    double best = (double)INFINITY, own = (double)INFINITY;
    for (int l = 0; guide_lead_names[l]; l++)
        for (int t = 0; guide_trail_names[t]; t++) {
            StudyRun run;
            char what[80], note[VERIFY_NOTE_MAX];
            run_pair(scenario, guide_lead_names[l], guide_trail_names[t], &run);
            const double *f = run.figure;
            snprintf(what, sizeof what, "%s + %s%s", guide_lead_names[l], guide_trail_names[t],
                     f[STUDY_LOST] > 0.0 ? ": lost" : "");
            verify_show(result, what, "cm", 100.0 * f[STUDY_ANY_PEAK]);
            snprintf(note, sizeof note,
                     "axle 1 %.1f; off-tracking %.1f; steer %.1f deg/s; hinge %.0f kN; %.2f m/s3; %.1f us",
                     100.0 * f[STUDY_LEAD_PEAK], 100.0 * f[STUDY_OFFTRACKING], 57.29578 * f[STUDY_STEER_RATE],
                     1e-3 * f[STUDY_HINGE_FORCE], f[STUDY_JERK], 1e6 * f[STUDY_COST]);
            verify_note(result, note);
            if (f[STUDY_ANY_PEAK] < best) best = f[STUDY_ANY_PEAK];
            int is_default = !strcmp(guide_lead_names[l], "lqr_preview") && !strcmp(guide_trail_names[t], "pose");
            if (is_default) own = f[STUDY_ANY_PEAK];
        }
    verify_at_most(result, "the default pair over the best one", "", 1.1, own / best);
}

static void pairs_r50(const VerifyContext *context, VerifyResult *result)
{
    (void)context;
    pairs_on("r50", result);
}

static void pairs_r15(const VerifyContext *context, VerifyResult *result)
{
    StudyRun own;
    run_pair("r15", "lqr_preview", "pose", &own);
    verify_at_most(result, "default pair, any axle", "cm", 12.8, 100.0 * own.figure[STUDY_ANY_PEAK]);
    if (context->full) pairs_on("r15", result);
}

static void pairs_lane_change(const VerifyContext *context, VerifyResult *result)
{
    StudyRun own;
    run_pair("lane_change", "lqr_preview", "pose", &own);
    verify_at_most(result, "default pair, any axle", "cm", 3.5, 100.0 * own.figure[STUDY_ANY_PEAK]);
    if (context->full) pairs_on("lane_change", result);
}

/* ---- map ---- */

enum { VALUES_MAX = 6, KEYS_MAX = 6 };

typedef struct Factor {
    const char *what, *unit, *scenario;
    const char *keys[KEYS_MAX]; /* each is given the value */
    double values[VALUES_MAX];
    int count;
    double holds_to; /* the map's edge lies not before this value, counted along the list */
    int assumed;     /* 1: the guidance goes on to reckon with a delay of 40 ms */
} Factor;

static const Factor factors[] = {
    {"true steering delay for 40 assumed",
     "ms",
     "lane_change",
     {"vehicle.axle.1.steer_delay", "vehicle.axle.2.steer_delay", "vehicle.axle.3.steer_delay",
      "vehicle.axle.4.steer_delay", "vehicle.axle.5.steer_delay", "vehicle.axle.6.steer_delay"},
     {0, 40, 80, 120, 160, 200},
     6,
     120,
     1},
    {"speed, straight", "km/h", "straight_80", {"drive.hold_speed", "initial.speed"}, {5, 20, 40, 60, 80}, 5, 80, 0},
    {"speed, lane change of 60 m",
     "km/h",
     "lane_change",
     {"drive.hold_speed", "initial.speed"},
     {20, 40, 60, 70, 80},
     5,
     80,
     0},
    {"road friction, R 50 m at 30 km/h",
     "",
     "r50_30",
     {"weather.friction"},
     {1.0, 0.8, 0.5, 0.3, 0.25, 0.2},
     6,
     0.2,
     0},
    {"road friction, lane change at 60 km/h",
     "",
     "lane_change",
     {"weather.friction"},
     {1.0, 0.8, 0.5, 0.3, 0.25, 0.2},
     6,
     0.2,
     0},
    {"cross wind, straight at 80 km/h", "m/s", "straight_80", {"weather.wind"}, {0, 10, 20, 30, 40}, 5, 20, 0},
    {"cant, straight at 80 km/h",
     "deg",
     "straight_80",
     {"route.alignment.1.cant"},
     {0, 1.15, 2.29, 4.57, 6.84},
     5,
     2.29,
     0},
    {"ruts, straight at 80 km/h", "mm", "straight_80_ruts", {"route.rut.1.depth"}, {0, 10, 20, 30}, 4, 30, 0},
};

/* cm, any axle, the worst of the seeds */
static double peak_at(const Factor *factor, double value, int seeds)
{
    char sets[KEYS_MAX + 6][96], path[64], text[32];
    const char *parts[KEYS_MAX + 6];
    int count = 0;
    StudyRun runs[MAP_SEEDS] = {0};
    int slow = !strcmp(factor->scenario, "r50_30"), ruts = !strcmp(factor->scenario, "straight_80_ruts");
    snprintf(text, sizeof text, "%g%s%s", value, *factor->unit ? " " : "", factor->unit);
    for (int k = 0; k < KEYS_MAX && factor->keys[k]; k++)
        snprintf(sets[count++], sizeof sets[0], "%s=%s", factor->keys[k], text);
    if (slow) snprintf(sets[count++], sizeof sets[0], "drive.hold_speed=30 km/h");
    if (slow) snprintf(sets[count++], sizeof sets[0], "initial.speed=30 km/h");
    if (ruts) snprintf(sets[count++], sizeof sets[0], "route.rut.1.from=200 m");
    if (ruts) snprintf(sets[count++], sizeof sets[0], "route.rut.1.to=900 m");
    if (ruts) snprintf(sets[count++], sizeof sets[0], "route.rut.1.offset=0.3 m"); /* one wheel in, one on the edge */
    if (factor->assumed) snprintf(sets[count++], sizeof sets[0], "guidance.assumed_delay=40 ms");
    if (!strcmp(factor->keys[0], "weather.wind")) snprintf(sets[count++], sizeof sets[0], "weather.wind_from=0 deg");
    for (int i = 0; i < count; i++) parts[i] = sets[i];
    snprintf(path, sizeof path, "guidance/%s.ini", slow ? "r50" : ruts ? "straight_80" : factor->scenario);
    StudyPlan plan = {.scenario = path, .sets = parts, .set_count = count, .from = 3.0};
    if (!study_run(&plan, seeds, runs)) return (double)INFINITY;
    return 100.0 * study_spread(runs, seeds, STUDY_ANY_PEAK).worst;
}

static void map(const VerifyContext *context, VerifyResult *result)
{
    for (int i = 0; i < (int)(sizeof factors / sizeof factors[0]); i++) {
        const Factor *factor = &factors[i];
        char what[80];
        int inside = 1, held = 0;
        for (int k = 0; k < factor->count; k++) {
            int last = factor->values[k] == factor->holds_to;
            if (!context->full && !last) continue;
            double peak = peak_at(factor, factor->values[k], context->full ? MAP_SEEDS : 1);
            snprintf(what, sizeof what, "%s: %g %s", factor->what, factor->values[k], factor->unit);
            if (inside && peak <= edge_cm && !last) verify_show(result, what, "cm", peak);
            else if (last) verify_at_most(result, what, "cm", edge_cm, peak);
            else verify_show(result, what, "cm", peak);
            if (peak > edge_cm && inside) verify_note(result, "beyond the edge");
            inside &= peak <= edge_cm;
            held |= last && inside;
        }
        if (!held) verify_note(result, "the edge lies before this value");
    }
}

/* Loads as [service] load names them. */
static void loads(const VerifyContext *context, VerifyResult *result)
{
    const char *const scenarios[] = {"r50", "lane_change"};
    for (int k = 0; k < 2; k++)
        for (int i = 0; load_case_names[i]; i++) {
            char what[80], path[64], set[64];
            const char *parts[] = {set};
            StudyRun runs[MAP_SEEDS] = {0};
            int seeds = context->full ? MAP_SEEDS : 1;
            if (!context->full && i != 0) continue;
            snprintf(set, sizeof set, "service.load=%s", load_case_names[i]);
            snprintf(path, sizeof path, "guidance/%s.ini", scenarios[k]);
            snprintf(what, sizeof what, "%s, load %s", scenarios[k], load_case_names[i]);
            StudyPlan plan = {.scenario = path, .sets = parts, .set_count = 1, .from = 3.0};
            study_run(&plan, seeds, runs);
            verify_at_most(result, what, "cm", 6.0, 100.0 * study_spread(runs, seeds, STUDY_ANY_PEAK).worst);
        }
}

static const char source[] = "comparison of the laws with each other, one run each";
static const VerifyCase cases[] = {
    {"pairs_r50", "of all pairs of laws the default is the best on R 50 m at 40 km/h", source, pairs_r50},
    {"pairs_r15", "and round R 15 m at 10 km/h", source, pairs_r15},
    {"pairs_lane_change", "and in a lane change at 60 km/h", source, pairs_lane_change},
    {"map",
     "delay 120 ms, 80 km/h, friction 0.2, wind 20 m/s, cant 4 % and ruts of 30 mm leave every axle within 30 cm",
     "definition of the map's edge", map},
    {"loads", "empty or full, the train holds the track alike", "definition", loads},
};
const VerifyGroup verify_laws = {
    "Guidance laws",
    "All pairs of laws, any axle's peak, one run each; then one factor after the other moved from the usual, the worst of ten "
    "seeds with `--full`.",
    cases, sizeof cases / sizeof cases[0]};
