/* The guidance laws side by side. Ignores: how the pairs compare under errors beyond the usual ones. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "sim/io/text.h"
#include "sim/guide/lateral.h"
#include "sim/verify/study.h"
#include "sim/verify/verify.h"

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
            int used = snprintf(note, sizeof note, "axles");
            for (int a = 0; a < run.axle_count; a++)
                used += snprintf(note + used, sizeof note - (size_t)used, " %.1f", 100.0 * run.axle_peak[a]);
            snprintf(note + used, sizeof note - (size_t)used,
                     "; off-tracking %.1f; steer %.1f deg/s; hinge %.0f kN; %.2f m/s2, %.2f m/s3; %.1f us",
                     100.0 * f[STUDY_OFFTRACKING], 57.29578 * f[STUDY_STEER_RATE], 1e-3 * f[STUDY_HINGE_FORCE],
                     f[STUDY_ACCEL_LATERAL], f[STUDY_JERK], 1e6 * f[STUDY_COST]);
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

static const char source[] = "comparison of the laws with each other, one run each";
static const VerifyCase cases[] = {
    {"pairs_r50", "of all pairs of laws the default is the best on R 50 m at 40 km/h", source, pairs_r50},
    {"pairs_r15", "and round R 15 m at 10 km/h", source, pairs_r15},
    {"pairs_lane_change", "and in a lane change at 60 km/h", source, pairs_lane_change},
};
const VerifyGroup verify_laws = {
    "Guidance laws",
    "All pairs of laws, one run each: the largest error of any axle, beside it that of each axle in the order of travel (cm), "
    "the largest distance of a later axle from the path of the first (cm), steer rate (rms of all axles), hinge force (peak), "
    "lateral acceleration and jerk (peaks after the comfort filter) and the time of one guidance cycle on this machine.",
    cases, sizeof cases / sizeof cases[0]};
