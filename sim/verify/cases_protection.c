/* Automatic train protection: random draws of everything that it must be ready for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "sim/verify/guard.h"
#include "sim/verify/verify.h"

enum { CURVE_POINTS = 100 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Speeds, grades, loads, grip in the guaranteed range, tags and what of the sensors and brakes fails. */
static GuardDraw draw_of(const Rig *rig, uint64_t k, const char *what)
{
    static const double promises[] = {0.5, 0.35, 0.2};
    RngStream stream = rng_stream(20, what, 0);
    double u[16];
    for (uint32_t i = 0; i < 16; i++) u[i] = rng_uniform(stream, k, i);
    GuardDraw draw = {.seed = k + 1, .load = (LoadCase)(int)(4.0 * u[0]), .speed = (3.0 + 67.0 * u[1]) / 3.6};
    draw.grade[0] = 0.16 * u[2] - 0.08;
    draw.grade[1] = 0.16 * u[3] - 0.08;
    draw.break_at = 20.0 + 100.0 * u[4];
    draw.adhesion = promises[(int)(3.0 * u[5])];
    draw.friction = draw.adhesion + (0.9 - draw.adhesion) * u[6] * u[7]; /* more often near the promise */
    draw.reserve = 1.0 + 0.5 * u[8];
    draw.since_tag = 200.0 * u[9];
    draw.tag_spacing = 50.0 + 250.0 * u[10];
    draw.brake_lost = u[11] < 0.5 ? (int32_t)(2.0 * u[11] * rig->vehicle.axle_count) : -1;
    draw.tacho = u[12] < 0.5 ? (int32_t)(4.0 * u[12]) : -1;
    draw.tacho_share = u[13] < 0.5 ? 0.0 : 0.5 + 0.5 * u[14];
    draw.limit = u[15] < 0.3 ? draw.speed * (0.5 + u[15]) : 25.0; /* some are over the ceiling from the start */
    return draw;
}

static void supervised_point(const VerifyContext *context, VerifyResult *result)
{
    int count = context->full ? 10000 : 500, passed = 0, silent = 0, overspeeds = 0;
    double *left = memory_new((size_t)count * sizeof *left);
    GuardDraw thinnest = {0};
    double least = 1e9;
    AtpSpec spec;
    param_defaults(&atp_table, &spec);
    Rig *rig = rig_new(context->art3);
    for (int k = 0; k < count; k++) {
        GuardDraw draw = draw_of(rig, (uint64_t)k, "protection");
        GuardResult run = guard_runaway(rig, &spec, &draw);
        left[k] = run.left;
        passed += !(run.left >= 0.0);
        silent += run.interventions == 0;
        overspeeds += run.reason == ATP_OVERSPEED;
        if (run.left >= least) continue;
        least = run.left;
        thinnest = draw;
    }
    qsort(left, (size_t)count, sizeof *left, by_size);
    plot_begin(&result->plot, "room left to the supervised point, m", "share of the runs with no more", 0, 0);
    int series = plot_series(&result->plot, PLOT_LINE, "runaway drives under the ATP");
    for (int i = 0; i <= CURVE_POINTS; i++) {
        plot_point(&result->plot, series, left[(count - 1) * i / CURVE_POINTS], (double)i / CURVE_POINTS);
    }
    verify_at_least(result, "draws", "", count, count);
    verify_at_most(result, "runs past their supervised point", "", 0.0, passed);
    verify_at_most(result, "runs in which it never braked", "", 0.0, silent);
    verify_at_least(result, "least room left", "m", 0.0, left[0]);
    verify_at_most(result, "room left, median", "m", 40.0, left[count / 2]);
    char note[400];
    snprintf(note, sizeof note,
             "Room left: 1 %% quantile %.2f m, 10 %% %.2f m, 90 %% %.2f m, most %.2f m; %d runs were stopped for their "
             "speed. Thinnest: %.1f km/h, grades %.1f and %.1f %%, promised grip %.2f, road %.2f, brake lost on axle %d, "
             "tachometer failed %d, %.0f m since a tag.",
             left[count / 100], left[count / 10], left[count * 9 / 10], left[count - 1], overspeeds,
             3.6 * thinnest.speed, 100.0 * thinnest.grade[0], 100.0 * thinnest.grade[1], thinnest.adhesion,
             thinnest.friction, thinnest.brake_lost + 1, thinnest.tacho + 1, thinnest.since_tag);
    text_add(&result->note, note);
    free(left);
    rig_free(rig);
}

/* Stops of the ATO on the promised grip or better, with whole sensors and brakes. */
static void no_needless_stop(const VerifyContext *context, VerifyResult *result)
{
    int count = context->full ? 1000 : 60, needless = 0;
    double worst = 0.0, least = 1e9;
    AtpSpec spec;
    param_defaults(&atp_table, &spec);
    Rig *rig = rig_new(context->art3);
    for (int k = 0; k < count; k++) {
        GuardDraw draw = draw_of(rig, (uint64_t)k, "stops");
        draw.grade[0] *= 0.75; /* 6 %: as steep as the ATO is asked to stop on */
        draw.grade[1] *= 0.75;
        draw.adhesion = 0.5;
        draw.friction = 0.5 + 0.3 * draw.tacho_share;
        draw.brake_lost = draw.tacho = -1;
        draw.limit = draw.speed += 10.0 / 3.6;
        draw.tag_spacing = 100.0;
        draw.since_tag *= 0.5;
        double v = draw.speed -= 1.0 / 3.6;
        GuardResult run = guard_stop(rig, &spec, &draw, 20.0 + v * 2.0 + v * v / 1.8 + 100.0 * (draw.reserve - 1.0));
        needless += run.interventions;
        worst = fmax(worst, fabs(run.stop_error));
        least = fmin(least, run.left);
    }
    verify_at_most(result, "interventions while the ATO drives", "", 0.0, needless);
    verify_at_most(result, "worst stop of the ATO, by true place and speed", "m", 0.30, worst);
    verify_near(result, "least room left at rest: the overlap less the stop error", "m", spec.overlap, least, 0.3);
    char note[80];
    snprintf(note, sizeof note, "%d stops.", count);
    text_add(&result->note, note);
    rig_free(rig);
}

static const VerifyCase cases[] = {
    {"supervised_point", "no train passes its supervised point, whatever its drive, brakes and sensors do",
     "property of a safe braking model in the manner of IEEE 1474.1", supervised_point},
    {"no_needless_stop", "a train whose ATO behaves is never stopped by the ATP", "property", no_needless_stop},
};
const VerifyGroup verify_protection = {"Automatic train protection",
                                       "The default train with a drive that has failed at full traction, and with one "
                                       "that obeys.", cases, sizeof cases / sizeof cases[0]};
