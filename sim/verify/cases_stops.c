/* Station stops by the thousand: how exactly and how gently the ATO stops the train by its own sensors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "sim/base/rng.h"
#include "sim/verify/stops.h"
#include "sim/verify/verify.h"

enum { STOPS_FULL = 2000, STOPS_SHORT = 100, CURVE_POINTS = 100 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Loads from empty to crowded, grades up to 6 % that change under the train, roads from wet paint to dry, pads of +-15 % and
   another +-10 % at both ends, a weight known to 3 %. */
static StopDraw draw_of(int k)
{
    RngStream stream = rng_stream(2000, "stops", 0);
    double u[12];
    for (uint32_t i = 0; i < 12; i++) u[i] = rng_uniform(stream, (uint64_t)k, i);
    return (StopDraw){.seed = k + 1,
                      .passengers = (int32_t)(308.0 * u[0]),
                      .friction = 0.25 + 0.65 * u[1],
                      .grade = {0.12 * u[2] - 0.06, 0.12 * u[3] - 0.06},
                      .knee = 90.0 + 110.0 * u[4],
                      .speed = (15.0 + 25.0 * u[5]) / 3.6,
                      .brake = 0.85 + 0.30 * u[6],
                      .brake_spread = {0.9 + 0.2 * u[7], 0.9 + 0.2 * u[8]},
                      .weighing_error = 0.03};
}

typedef struct Sums {
    double *size; /* |error|, m */
    double square, mean, estimate_square, jolt, jerk_rms;
    double brake_mean, brake_least, brake_peak, jerk_peak;
    int docked, interventions, beyond;
    StopDraw worst;
    double worst_error;
} Sums;

static void add(const StopDraw *draw, const StopOutcome *outcome, int k, Sums *sums)
{
    sums->size[k] = fabs(outcome->error);
    sums->square += outcome->error * outcome->error;
    sums->mean += outcome->error;
    sums->estimate_square += outcome->estimate * outcome->estimate;
    sums->beyond += !(fabs(outcome->error) <= 0.15);
    sums->docked += outcome->docked;
    sums->interventions += outcome->interventions;
    sums->brake_mean = fmax(sums->brake_mean, outcome->brake_mean);
    sums->brake_least = fmin(sums->brake_least, outcome->brake_mean);
    sums->brake_peak = fmax(sums->brake_peak, outcome->brake_peak);
    sums->jerk_rms = fmax(sums->jerk_rms, outcome->jerk_rms);
    sums->jerk_peak = fmax(sums->jerk_peak, outcome->jerk_peak);
    sums->jolt = fmax(sums->jolt, outcome->jolt);
    if (fabs(outcome->error) < fabs(sums->worst_error)) return;
    sums->worst_error = outcome->error;
    sums->worst = *draw;
}

static void show(const Sums *sums, int count, VerifyResult *result)
{
    const double *size = sums->size;
    verify_at_least(result, "stops", "", count, count);
    verify_at_least(result, "share within 0.15 m", "%", 99.9, 100.0 * (count - sums->beyond) / count);
    verify_at_most(result, "worst stop", "m", 0.30, size[count - 1]);
    verify_at_most(result, "standard deviation", "m", 0.045,
                   sqrt(fmax(sums->square / count - sums->mean * sums->mean / count / count, 0.0)));
    verify_show(result, "mean, beyond the line positive", "m", sums->mean / count);
    verify_show(result, "median", "m", size[count / 2]);
    verify_show(result, "99 % quantile", "m", size[(int)ceil(0.99 * count) - 1]);
    verify_show(result, "of it by what the train takes for its place, standard deviation", "m",
                sqrt(sums->estimate_square / count));
    verify_at_least(result, "of these docked with open doors", "", count, sums->docked);
    verify_at_most(result, "stopped by the ATP", "", 0.0, sums->interventions);
    verify_at_most(result, "mean deceleration of a stop, largest", "m/s2", 1.1, sums->brake_mean);
    verify_show(result, "mean deceleration of a stop, least", "m/s2", sums->brake_least);
    verify_at_most(result, "deceleration after 2 Hz, peak", "m/s2", 1.3, sums->brake_peak);
    verify_at_most(result, "jerk while braking, r.m.s. of a stop, largest", "m/s3", 0.75, sums->jerk_rms);
    verify_show(result, "jerk while braking, peak", "m/s3", sums->jerk_peak);
    verify_show(result, "jolt when the wheels come to rest, peak", "m/s3", sums->jolt);
}

static void stop_accuracy(const VerifyContext *context, VerifyResult *result)
{
    int count = context->full ? STOPS_FULL : STOPS_SHORT;
    Loaded *loaded = stops_load();
    verify_at_least(result, "the scenario loads", "", 1.0, loaded != NULL);
    if (!loaded) return;
    Sums sums = {.size = memory_new((size_t)count * sizeof(double)), .brake_least = 1e9};
    for (int k = 0; k < count; k++) {
        StopDraw draw = draw_of(k);
        StopOutcome outcome = stops_run(loaded, &draw);
        add(&draw, &outcome, k, &sums);
    }
    qsort(sums.size, (size_t)count, sizeof *sums.size, by_size);
    plot_begin(&result->plot, "distance from the stop line, m", "share of the stops that are nearer", 0, 0);
    int series = plot_series(&result->plot, PLOT_LINE, "station stops");
    for (int i = 0; i <= CURVE_POINTS; i++)
        plot_point(&result->plot, series, sums.size[(count - 1) * i / CURVE_POINTS], (double)i / CURVE_POINTS);
    show(&sums, count, result);
    char note[300];
    const StopDraw *worst = &sums.worst;
    snprintf(note, sizeof note,
             "Furthest off, %+.3f m: seed %d, %d passengers, friction %.2f, grades %.1f and %.1f %% from %.0f m on, "
             "%.1f km/h, brakes at %.2f (ends %.2f and %.2f) of what is asked for.",
             sums.worst_error, worst->seed, worst->passengers, worst->friction, 100.0 * worst->grade[0],
             100.0 * worst->grade[1], worst->knee, 3.6 * worst->speed, worst->brake, worst->brake_spread[0],
             worst->brake_spread[1]);
    text_add(&result->note, note);
    free(sums.size);
    load_free(loaded);
}

static const VerifyCase cases[] = {
    {"stop_accuracy", "the train stops within 0.15 m of its line, gently, whatever its load, road, slope, brakes and sensors",
     "targets of the driverless operation: sigma of 4.5 cm, 99.9 % within 0.15 m, all within 0.30 m", stop_accuracy},
};
const VerifyGroup verify_stops = {"Station stops", "The default train, guided, from rolling to open doors.", cases,
                                  sizeof cases / sizeof cases[0]};
