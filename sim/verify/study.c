/* Runs for the guidance's figures. What is true is read here alone, as the monitor does. The designed gap of a door is the
   platform's edge less the track's offset and half the body. Ignores: ticks between the cycles of 10 ms. */
#include "sim/verify/study.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "sim/io/text.h"
#include "sim/world/step.h"

static const double lost_beyond = 2.0; /* m */

/* Sums of one run. */
typedef struct Tally {
    double square[ART_AXLES_MAX], peak[ART_AXLES_MAX], offtracking, on_arc[ART_AXLES_MAX];
    double accel_axle, accel_first, accel_last, turn_before; /* m/s2 peaks; rad/s of the first module */
    double onset, alarm;                                     /* s; negative: not yet */
    double steer_before[ART_AXLES_MAX], steer_rate_square;
    long samples, arc_samples;
} Tally;

/* Is every axle on an arc, all of the same radius? */
static int on_arc(const Scenario *scenario, const TrainWorld *train)
{
    const Path *path = train_path(scenario, train);
    double first = path_curvature_at(path, train->truth.axle[0].u);
    int same = fabs(first) > 1e-4;
    for (int a = 1; a < scenario->model.axle_count; a++)
        same &= fabs(path_curvature_at(path, train->truth.axle[a].u) - first) < 1e-9;
    return same;
}

static void note_accelerations(const TravelView *view, const TrainWorld *train, Tally *tally)
{
    int first = view->module[0], last = view->module[view->module_count - 1];
    double turn = train->plant.yaw_rate[first];
    double change = tally->samples ? (turn - tally->turn_before) / GUIDE_CYCLE : 0.0;
    double own = train->output.module_ay[first];
    tally->turn_before = turn;
    tally->accel_axle = fmax(tally->accel_axle, fabs(own + view->direction * view->axle_x[0] * change));
    tally->accel_first = fmax(tally->accel_first, fabs(own));
    tally->accel_last = fmax(tally->accel_last, fabs(train->output.module_ay[last]));
}

/* When what happens begins, and when the train first notices anything from then on. */
static void note_alarm(const StudyPlan *plan, const Scenario *scenario, const World *world, Tally *tally)
{
    const TrainWorld *train = &world->trains[0];
    double now = run_time(scenario, world->tick);
    int begun = plan->onset_place > 0.0
                    ? path_at(train_path(scenario, train), train->truth.nose_u).chainage >= plan->onset_place
                    : now >= plan->onset;
    if (begun && tally->onset < 0.0) tally->onset = now;
    if (tally->alarm >= 0.0 || tally->onset < 0.0) return;
    int noticed = 0;
    for (int i = 0; i < SOURCES; i++) noticed |= train->estimator.health[i].state != HEALTH_GOOD;
    for (int i = 0; i < ALARM_KINDS; i++)
        for (int m = 0; m < ALARM_MEMBERS_MAX; m++) noticed |= train->supervision.raised[i][m];
    if (noticed) tally->alarm = now;
}

static void note(const Scenario *scenario, const TrainWorld *train, Tally *tally)
{
    const TravelView *view = &train_guide(scenario, train)->view;
    int arc = on_arc(scenario, train);
    note_accelerations(view, train, tally);
    for (int j = 0; j < view->axle_count; j++) {
        int a = view->axle[j];
        double error = train->truth.axle[a].lateral, steer = train->output.axle_steer[a];
        double rate = tally->samples ? (steer - tally->steer_before[j]) / GUIDE_CYCLE : 0.0;
        tally->steer_before[j] = steer;
        tally->steer_rate_square += rate * rate / view->axle_count;
        tally->square[j] += error * error;
        tally->peak[j] = fmax(tally->peak[j], fabs(error));
        if (j > 0) tally->offtracking = fmax(tally->offtracking, fabs(train->truth.offtracking[a]));
        if (arc) tally->on_arc[j] += train->truth.offtracking[a];
    }
    tally->samples++;
    tally->arc_samples += arc;
}

static double worst(const double *values, int count)
{
    double most = 0.0;
    for (int i = 0; i < count; i++) most = fmax(most, values[i]);
    return most;
}

static void doors(const Scenario *scenario, const TrainMonitor *monitor, StudyRun *run)
{
    for (int i = 0; i < monitor->stop_count; i++) {
        const StopResult *stop = &monitor->stops[i];
        const RoutePlatform *platform = &scenario->route.platforms[stop->platform];
        int track = route_track_find(&scenario->route, platform->track);
        double offset = route_track_offset(&scenario->route, track, platform->stop_up).n;
        double design = fabs(platform->edge - offset) - 0.5 * scenario->vehicle.modules[0].width;
        if (!stop->doors) continue;
        double deviation = fmax(fabs(stop->door_gap_max - design), fabs(stop->door_gap_min - design));
        double *figure = run->figure;
        figure[STUDY_DOOR_SPREAD] = fmax(figure[STUDY_DOOR_SPREAD], stop->door_gap_max - stop->door_gap_min);
        figure[STUDY_DOOR_DEVIATION] = fmax(figure[STUDY_DOOR_DEVIATION], deviation);
    }
}

static void conclude(const Run *run, const Tally *tally, StudyRun *out)
{
    const Scenario *scenario = run->scenario;
    const World *world = &run->state->world;
    const TrainMonitor *monitor = &run->state->record.monitor.trains[0];
    double *figure = out->figure, n = tally->samples ? (double)tally->samples : 1.0;
    double rms[ART_AXLES_MAX] = {0}, floors[ART_AXLES_MAX];
    int axles = scenario->model.axle_count;
    out->axle_count = axles;
    memcpy(out->axle_peak, tally->peak, sizeof out->axle_peak);
    for (int j = 0; j < axles; j++) rms[j] = sqrt(tally->square[j] / n);
    figure[STUDY_LEAD_RMS] = rms[0];
    figure[STUDY_LEAD_PEAK] = tally->peak[0];
    figure[STUDY_ANY_RMS] = worst(rms, axles);
    figure[STUDY_ANY_PEAK] = worst(tally->peak, axles);
    figure[STUDY_OFFTRACKING] = tally->offtracking;
    for (int j = 1; j < axles && tally->arc_samples; j++)
        figure[STUDY_STEADY] = fmax(figure[STUDY_STEADY], fabs(tally->on_arc[j]) / (double)tally->arc_samples);
    figure[STUDY_AMPLIFIED_AXLE] = tally->accel_last / fmax(tally->accel_axle, 1e-6);
    figure[STUDY_AMPLIFIED_MODULE] = tally->accel_last / fmax(tally->accel_first, 1e-6);
    figure[STUDY_ALARM] = tally->alarm < 0.0 ? (double)INFINITY : tally->alarm - tally->onset;
    for (int j = 0; j < axles; j++) floors[j] = reference_pose_floor(&scenario->poses[0], j);
    figure[STUDY_FLOOR] = worst(floors, axles);
    figure[STUDY_STEER_RATE] = sqrt(tally->steer_rate_square / n);
    figure[STUDY_HINGE_FORCE] = fmax(monitor->hinge_force.value, 0.0);
    figure[STUDY_ACCEL_LATERAL] = monitor->accel_lat.value;
    figure[STUDY_JERK] = monitor->jerk.value;
    figure[STUDY_CLEARANCE] = monitor->lane_clearance_min.value;
    const SenseMonitor *sense = &monitor->sense;
    double cycles = sense->samples ? (double)sense->samples : 1.0;
    figure[STUDY_BOUND_KEPT] = (double)sense->end[0].within / cycles;
    figure[STUDY_BOUND_MEAN] = sense->end[0].bound_sum / cycles;
    figure[STUDY_TRAIL_KEPT] = (double)sense->end[1].within / cycles;
    figure[STUDY_TRAIL_MEAN] = sense->end[1].bound_sum / cycles;
    figure[STUDY_ESTIMATE_PEAK] = sense->end[0].error.value;
    figure[STUDY_DISTANCE] = monitor->distance;
    figure[STUDY_LOST] = world->diverged || figure[STUDY_ANY_PEAK] > lost_beyond;
    doors(scenario, monitor, out);
}

static void drive(Run *run, const StudyPlan *plan, StudyRun *out)
{
    const Scenario *scenario = run->scenario;
    Tally tally;
    memset(&tally, 0, sizeof tally);
    tally.onset = tally.alarm = -1.0;
    memset(out, 0, sizeof *out);
    run_start(run->plan, run->state);
    while (run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_tick(run->plan, run->state);
        run_drain(run->state);
        const World *world = &run->state->world;
        if (!step_is_cycle(scenario, world->tick)) continue;
        note_alarm(plan, scenario, world, &tally);
        if (run_time(scenario, world->tick) < plan->from) continue;
        note(scenario, &world->trains[0], &tally);
        if (worst(tally.peak, scenario->model.axle_count) > lost_beyond) break;
    }
    conclude(run, &tally, out);
}

/* Time of a guidance cycle in the state that the run ended in, s. */
static double cycle_cost(Run *run)
{
    enum { BATCHES = 10, CYCLES = 200 };
    World *world = &run->state->world;
    double best = 1.0;
    world->tick -= world->tick % run->scenario->cycle_ticks;
    for (int b = 0; b < BATCHES; b++) {
        clock_t begin = clock();
        for (int i = 0; i < CYCLES; i++) step_guide(run->scenario, world, 0);
        best = fmin(best, (double)(clock() - begin) / CLOCKS_PER_SEC / CYCLES);
    }
    return best;
}

int study_run(const StudyPlan *plan, int count, StudyRun *runs)
{
    PathRoots roots;
    Text why = {0}, path = {0};
    path_roots_begin(&roots, NULL, NULL, 0, &why);
    text_add(&path, roots.data);
    text_add(&path, "/scenarios/");
    text_add(&path, plan->scenario);
    LoadRequest request = {.path = text_bytes(&path), .sets = plan->sets, .set_count = plan->set_count};
    Loaded *loaded = load_scenario(&art_kit, &request);
    Run run;
    int good = diag_count(&loaded->diag) == 0 && run_open(loaded, &run);
    if (!good) diag_print(&loaded->diag, stderr);
    for (int i = 0; i < count && good; i++) {
        run.scenario->spec.head.seed = i + 1;
        drive(&run, plan, &runs[i]);
        if (i + 1 == count) runs[i].figure[STUDY_COST] = cycle_cost(&run);
    }
    if (good) run_close(&run);
    load_free(loaded);
    text_free(&path);
    text_free(&why);
    path_roots_free(&roots);
    return good ? count : 0;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

Spread study_spread(const StudyRun *runs, int count, StudyFigure figure)
{
    double values[STUDY_SEEDS_MAX];
    if (count == 0) return (Spread){(double)NAN, (double)NAN, (double)NAN};
    for (int i = 0; i < count; i++) values[i] = runs[i].figure[figure];
    qsort(values, (size_t)count, sizeof values[0], ascending);
    /* nearest rank: the smallest value that 95 % of the runs do not exceed */
    int rank = (int)ceil(0.95 * count) - 1;
    double middle = count % 2 ? values[count / 2] : 0.5 * (values[count / 2 - 1] + values[count / 2]);
    return (Spread){middle, values[rank < 0 ? 0 : rank], values[count - 1]};
}
