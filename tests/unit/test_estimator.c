/* The estimator against the true pose in whole runs: both ends, straight and curve, gaps in the paint, late frames, and
   the change of cabs. */
#include "sim/sense/odometry.h"
#include "tests/unit/run_fixture.h"

static const TrialPlan straight = {.route = "straight_1km", .line = "main 0 m -> 1000 m", .speed = 70.0, .seed = 1};
static const TrialPlan corner = {.route = "r50_clothoid30", .line = "main 0 m -> 308 m", .speed = 40.0, .seed = 1};

/* What the filter of an end claims less what is true. */
typedef struct EndError {
    double lateral, heading, u, sigma;
} EndError;

static EndError end_error(const Trial *trial, int end)
{
    const FilterMoment *m = &trial_train(trial)->estimator.end[end].now;
    EndTruth truth = trial_end(trial, end);
    return (EndError){.lateral = m->x[FILTER_LATERAL] - truth.lateral, .heading = m->x[FILTER_HEADING] - truth.heading,
                      .u = m->u - truth.u, .sigma = sqrt(m->p[FILTER_LATERAL][FILTER_LATERAL])};
}

typedef struct Tally {
    double square, peak;
    long count, beyond; /* beyond three claimed deviations */
} Tally;

/* Lateral errors of both ends from `from` seconds to the end of the run, once a cycle. */
static void tally_run(Trial *trial, double from, double until, Tally tally[2])
{
    memset(tally, 0, 2 * sizeof tally[0]);
    while (!world_finished(trial->world) && trial_time(trial) < until) {
        trial_step(trial);
        if (trial_time(trial) < from || !step_is_cycle(trial->scenario, trial->world->tick)) continue;
        for (int end = 0; end < 2; end++) {
            EndError error = end_error(trial, end);
            tally[end].square += error.lateral * error.lateral;
            tally[end].peak = fmax(tally[end].peak, fabs(error.lateral));
            tally[end].beyond += fabs(error.lateral) > 3.0 * error.sigma;
            tally[end].count++;
        }
    }
}

static double tally_rms(const Tally *tally) { return sqrt(tally->square / (double)tally->count); }

static void offset_is_known_to_a_centimetre_and_the_claim_covers_it(void **unused)
{
    (void)unused;
    for (int k = 0; k < 2; k++) {
        Tally sum[2] = {{0}};
        for (int seed = 1; seed <= 4; seed++) {
            Trial trial;
            Tally tally[2];
            TrialPlan plan = k == 0 ? straight : corner;
            plan.seed = seed;
            trial_open(&trial, &plan);
            tally_run(&trial, 2.0, 1e9, tally);
            for (int end = 0; end < 2; end++) {
                sum[end].square += tally[end].square;
                sum[end].count += tally[end].count;
                sum[end].beyond += tally[end].beyond;
            }
            trial_close(&trial);
        }
        for (int end = 0; end < 2; end++) {
            expect_at_most("rms lateral error", tally_rms(&sum[end]), 0.01);
            expect_at_most("share beyond three claimed deviations", (double)sum[end].beyond / (double)sum[end].count, 0.02);
        }
    }
}

/* Of the run's bias, 0.02 deg/s from run to run, a tenth at most is left after 40 s. */
static void gyro_bias_is_learned(void **unused)
{
    (void)unused;
    double before = 0.0, after = 0.0;
    for (int seed = 1; seed <= 8; seed++) {
        Trial trial;
        TrialPlan plan = straight;
        plan.seed = seed;
        trial_open(&trial, &plan);
        trial_run(&trial, 40.0);
        const TrainWorld *train = trial_train(&trial);
        for (int end = 0; end < 2; end++) {
            double bias = train->sensors.gyro_bias[end == 0 ? 0 : 2];
            double left = train->estimator.end[end].now.x[FILTER_GYRO_BIAS] - bias;
            before += bias * bias;
            after += left * left;
        }
        trial_close(&trial);
    }
    expect_at_most("rms bias left over rms bias", sqrt(after / before), 0.1);
}

/* Four axles are undriven: one of them that reads nothing, half or twice as much, changes the speed by no more than the spread of
   the others, 0.3 % of rolling radius. */
static void a_wheel_that_reads_wrong_is_outvoted(void **unused)
{
    (void)unused;
    Trial trial;
    trial_open(&trial, &corner);
    trial_run(&trial, 9.0);
    EstimatorInput input = wire_estimator(trial.scenario, trial.world, 0);
    double sound = odometry_read(&input).speed;
    static const double factors[] = {0.0, 0.5, 1.5, 2.0, -1.0};
    for (int a = 0; a < input.model->axle_count; a++) {
        for (size_t k = 0; k < sizeof factors / sizeof factors[0]; k++) {
            SensorReadings readings = *input.readings;
            EstimatorInput wrong = input;
            readings.wheel_speed[a] *= factors[k];
            wrong.readings = &readings;
            expect_at_most("change of the speed", fabs(odometry_read(&wrong).speed / sound - 1.0), 0.005);
        }
    }
    trial_close(&trial);
}

/* Wheels lock on ice, most of them, for a second and more: by them the train would stand 3 m behind its place, for good. */
static void a_slide_with_locked_wheels_is_carried_on_by_the_accelerometer(void **unused)
{
    (void)unused;
    Trial trial;
    trial_load(&trial, ART_DATA_DIR "/scenarios/weather/black_ice_overrun.ini", NULL, 0);
    double locked = 0.0;
    while (trial_time(&trial) < 150.0) {
        trial_step(&trial);
        const TrainWorld *train = trial_train(&trial);
        if (train->truth.speed > 1.0 && fabs(train->estimator.carried.wheels) < 0.1) locked += 1e-3;
        if (train->estimator.carried.sliding > 0.0)
            expect_at_most("error of the speed in the slide", fabs(train->estimator.speed - train->truth.speed), 0.3);
    }
    expect_at_most("less than a second of slide", 1.0 - locked, 0.0);
    for (int end = 0; end < 2; end++) expect_at_most("error of the place", fabs(end_error(&trial, end).u), 0.15);
    trial_close(&trial);
}

/* Wheels that turn 1 % too often or too seldom: after 40 s the speed is known to 0.02 %. */
static void odometry_scale_is_learned(void **unused)
{
    (void)unused;
    for (int seed = 1; seed <= 4; seed++) {
        Trial trial;
        TrialPlan plan = straight;
        plan.seed = seed;
        plan.more = "[sensor.wheel_speed]\nradius_error = 1 %\n";
        trial_open(&trial, &plan);
        trial_run(&trial, 0.1);
        double start = trial_train(&trial)->estimator.speed / trial_train(&trial)->truth.speed - 1.0;
        trial_run(&trial, 40.0);
        double left = 0.0;
        for (int n = 0; n < 100; n++) {
            trial_run(&trial, 0.01);
            left += 0.01 * (trial_train(&trial)->estimator.speed / trial_train(&trial)->truth.speed - 1.0);
        }
        if (fabs(start) > 1e-3 && !(fabs(left) < fabs(start)))
            fail_msg("speed error %g at the start, %g after 40 s", start, left);
        expect_near("relative speed error", left, 0.0, 2e-4);
        trial_close(&trial);
    }
}

static void place_along_is_known_to_a_decimetre(void **unused)
{
    (void)unused;
    for (int seed = 1; seed <= 4; seed++) {
        Trial trial;
        TrialPlan plan = corner;
        plan.seed = seed;
        trial_open(&trial, &plan);
        trial_run(&trial, 3.0);
        while (!world_finished(trial.world)) {
            trial_run(&trial, 0.1);
            for (int end = 0; end < 2; end++) expect_near("error along", end_error(&trial, end).u, 0.0, 0.1);
        }
        trial_close(&trial);
    }
}

/* ---- late frames ---- */

/* A second estimator beside the one that guides: it sees the same frames after another latency. */
typedef struct Shadow {
    CameraSpec cameras[SENSE_CAMERAS_MAX];
    SensorState sensors;
    EstimatorState estimator;
} Shadow;

static void shadow_start(const Trial *trial, double latency, Shadow *shadow)
{
    const TrainWorld *train = trial_train(trial);
    memcpy(shadow->cameras, trial->scenario->spec.cameras, sizeof shadow->cameras);
    for (int c = 0; c < SENSE_CAMERAS_MAX; c++) shadow->cameras[c].latency = latency;
    shadow->sensors = train->sensors;
    shadow->estimator = train->estimator;
}

static void shadow_step(const Trial *trial, Shadow *shadow)
{
    SenseInput sense = wire_sense(trial->scenario, trial->world, 0);
    sense.cameras = shadow->cameras;
    int cycle = step_is_cycle(trial->scenario, trial->world->tick);
    sensor_step(&sense, cycle, &shadow->sensors);
    if (!cycle) return;
    EstimatorInput estimate = wire_estimator(trial->scenario, trial->world, 0);
    estimate.cameras = shadow->cameras;
    estimate.camera = shadow->sensors.cameras;
    estimate.readings = &shadow->sensors.readings;
    estimator_cycle(&estimate, &shadow->estimator);
}

/* world_step with shadows that sense and estimate in the same tick as the train itself. */
static void step_with_shadows(Trial *trial, Shadow *shadows, int count)
{
    const Scenario *scenario = trial->scenario;
    World *world = trial->world;
    world->tick++;
    step_surroundings(scenario, world, 0);
    for (int k = 0; k < count; k++) shadow_step(trial, &shadows[k]);
    step_sense(scenario, world, 0);
    step_estimate(scenario, world, 0);
    trial->record->event_count = 0;
    step_operate(scenario, world, trial->record, 0);
    step_guide(scenario, world, 0);
    step_train(scenario, world, 0);
    step_truth(scenario, world, 0);
}

/* The paint ends in the middle of the curve. Once the last frame has come through, filters that got their frames after
   0, 60 and 150 ms must agree: each was applied at its exposure and the inputs since replayed. */
static void late_frame_counts_as_if_it_had_come_at_once(void **unused)
{
    (void)unused;
    static Shadow shadows[3];
    const double latencies[3] = {0.0, 0.06, 0.15};
    Trial trial;
    TrialPlan plan = corner;
    plan.more = "[sensor.gnss]\nquality = none\n[route.marking_zone.1]\nfrom = 160 m\nto = 300 m\nmissing = yes\n";
    trial_open(&trial, &plan);
    for (int k = 0; k < 3; k++) shadow_start(&trial, latencies[k], &shadows[k]);
    /* the nose passes 150 m, the last dashes still seen by the rear camera lie behind: look at the leading end */
    double last_seen = 0.0, apart = 0.0;
    while (trial_time(&trial) < 13.5) {
        step_with_shadows(&trial, shadows, 3);
        const EstimatorState *late = &shadows[2].estimator;
        if (late->end[0].last_seen == trial.world->tick) last_seen = trial_time(&trial);
        apart = fmax(apart, fabs(late->end[0].now.x[FILTER_LATERAL] - shadows[0].estimator.end[0].now.x[FILTER_LATERAL]));
    }
    assert_true(last_seen > 8.0 && last_seen < 13.0);
    for (int k = 1; k < 3; k++) {
        const FilterMoment *a = &shadows[0].estimator.end[0].now, *b = &shadows[k].estimator.end[0].now;
        assert_int_equal(shadows[0].estimator.end[0].marks_used, shadows[k].estimator.end[0].marks_used);
        expect_near("offset", b->x[FILTER_LATERAL], a->x[FILTER_LATERAL], 2e-4);
        expect_near("heading", b->x[FILTER_HEADING], a->x[FILTER_HEADING], 5e-5);
        expect_near("place along", b->u, a->u, 5e-3);
    }
    /* while frames came, the late one had its news later: the comparison is not empty */
    if (!(apart > 5e-4)) fail_msg("late and prompt filters were never more than %g m apart", apart);
    trial_close(&trial);
}

/* Guided on frames 120 ms old the estimate is little worse than on fresh ones; taken as fresh they would be 1.3 m of
   travel out of date. */
static void latency_costs_little_in_a_curve(void **unused)
{
    (void)unused;
    double rms[2];
    const char *const latency[] = {"0", "120"};
    for (int k = 0; k < 2; k++) {
        Tally sum = {0};
        for (int seed = 1; seed <= 3; seed++) {
            char more[200];
            Trial trial;
            Tally tally[2];
            TrialPlan plan = corner;
            snprintf(more, sizeof more, "[sensor.camera.1]\nlatency = %s ms\n[sensor.camera.2]\nlatency = %s ms\n", latency[k],
                     latency[k]);
            plan.seed = seed;
            plan.more = more;
            trial_open(&trial, &plan);
            tally_run(&trial, 3.0, 1e9, tally);
            sum.square += tally[0].square + tally[1].square;
            sum.count += tally[0].count + tally[1].count;
            trial_close(&trial);
        }
        rms[k] = tally_rms(&sum);
    }
    expect_at_most("rms at 120 ms", rms[1], 1.3 * rms[0] + 1e-3);
}

/* ---- gaps ---- */

static void twenty_metres_without_dashes_are_bridged(void **unused)
{
    (void)unused;
    const char *const zones[] = {"[route.marking_zone.1]\nfrom = 300 m\nto = 320 m\nmissing = yes\n",
                                 "[route.marking_zone.1]\nfrom = 120 m\nto = 140 m\nmissing = yes\n"};
    for (int k = 0; k < 2; k++)
        for (int seed = 1; seed <= 5; seed++) {
            Trial trial;
            Tally tally[2];
            TrialPlan plan = k == 0 ? straight : corner;
            plan.speed = 40.0;
            plan.seed = seed;
            plan.more = zones[k];
            trial_open(&trial, &plan);
            tally_run(&trial, 3.0, 40.0, tally);
            for (int end = 0; end < 2; end++) expect_at_most("largest lateral error", tally[end].peak, 0.10);
            trial_close(&trial);
        }
}

/* Without any paint from 200 m on, the claimed deviation grows, and grows beyond the error. */
static void claim_grows_while_no_paint_is_seen(void **unused)
{
    (void)unused;
    for (int seed = 1; seed <= 5; seed++) {
        Trial trial;
        TrialPlan plan = straight;
        plan.speed = 40.0;
        plan.seed = seed;
        plan.more = "[route.marking_zone.1]\nfrom = 200 m\nto = 1000 m\nmissing = yes\n";
        trial_open(&trial, &plan);
        trial_run(&trial, 14.0);
        EndError seen = end_error(&trial, 0);
        trial_run(&trial, 8.0);
        EndError blind = end_error(&trial, 0);
        expect_at_most("deviation with paint", seen.sigma, 0.02);
        expect_at_most("twice the old deviation over the new one", 2.0 * seen.sigma / blind.sigma, 1.0);
        expect_near("error over claimed deviation", blind.lateral / blind.sigma, 0.0, 4.0);
        trial_close(&trial);
    }
}

/* ---- standstill and reversal ---- */

/* At rest the gyro's bias may not turn the train: two minutes leave heading and offset as they are. */
static void standing_train_stays_where_it_is(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = straight;
    plan.speed = -1.0;
    plan.more = "[ato]\nstart_time = 200 s\n";
    trial_open(&trial, &plan);
    trial_run(&trial, 5.0);
    EndError early = end_error(&trial, 0);
    trial_run(&trial, 120.0);
    EndError late = end_error(&trial, 0);
    expect_near("lateral error", late.lateral, 0.0, 0.01);
    expect_near("heading error", late.heading, 0.0, 1e-3);
    expect_at_most("deviation", late.sigma, early.sigma + 1e-9);
    trial_close(&trial);
}

static void both_ends_keep_their_place_over_a_change_of_cabs(void **unused)
{
    (void)unused;
    const char *const routes[] = {"straight_1km", "r50_clothoid30"};
    const char *const lines[] = {"main 0 m -> 200 m, main 200 m -> 0 m", "main 0 m -> 170 m, main 170 m -> 0 m"};
    for (int k = 0; k < 2; k++)
        for (int seed = 1; seed <= 3; seed++) {
            Trial trial;
            TrialPlan plan = {.route = routes[k], .line = lines[k], .speed = -1.0, .seed = seed};
            trial_open(&trial, &plan);
            while (trial_train(&trial)->service.path == 0 && trial_time(&trial) < 120.0) trial_step(&trial);
            assert_int_equal(trial_train(&trial)->service.path, 1);
            assert_int_equal(trial_view(&trial)->direction, -1);
            const double waits[] = {0.0, 10.0, 10.0};
            for (int w = 0; w < 3; w++) {
                trial_run(&trial, waits[w]);
                for (int end = 0; end < 2; end++) {
                    EndError error = end_error(&trial, end);
                    expect_near("lateral", error.lateral, 0.0, 0.02);
                    expect_near("heading", error.heading, 0.0, 0.003);
                    expect_near("along", error.u, 0.0, 0.05);
                }
            }
            if (!(trial_train(&trial)->truth.speed > 1.0)) fail_msg("the train does not run back");
            trial_close(&trial);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offset_is_known_to_a_centimetre_and_the_claim_covers_it),
        cmocka_unit_test(gyro_bias_is_learned),
        cmocka_unit_test(a_wheel_that_reads_wrong_is_outvoted),
        cmocka_unit_test(a_slide_with_locked_wheels_is_carried_on_by_the_accelerometer),
        cmocka_unit_test(odometry_scale_is_learned),
        cmocka_unit_test(place_along_is_known_to_a_decimetre),
        cmocka_unit_test(late_frame_counts_as_if_it_had_come_at_once),
        cmocka_unit_test(latency_costs_little_in_a_curve),
        cmocka_unit_test(twenty_metres_without_dashes_are_bridged),
        cmocka_unit_test(claim_grows_while_no_paint_is_seen),
        cmocka_unit_test(standing_train_stays_where_it_is),
        cmocka_unit_test(both_ends_keep_their_place_over_a_change_of_cabs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
