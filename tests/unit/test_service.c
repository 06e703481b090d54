/* The service's state machine alone, and whole round trips of the demonstration line. */
#include "tests/unit/run_fixture.h"

static ServicePlan plan;
static ServiceState state;
static ServiceInput input;

/* One path with a platform at 200 m and its end at 400 m, then one back with its end at 300 m. */
static void begin(void)
{
    memset(&plan, 0, sizeof plan);
    plan.stops[0] = (ServiceStop){.path = 0, .u = 200.0, .platform = 4, .station = 2, .door_side = 2, .dwell = 20.0};
    plan.stops[1] = (ServiceStop){.path = 0, .u = 400.0, .platform = -1, .station = -1};
    plan.stops[2] = (ServiceStop){.path = 1, .u = 300.0, .platform = -1, .station = -1};
    plan.stop_count = 3;
    plan.path_count = 2;
    plan.rounds = 1;
    plan.door_time = 3.0;
    plan.turnback_time = 15.0;
    plan.start_time = 2.0;
    input = (ServiceInput){.plan = &plan, .cycle = 0.01};
    service_start(&plan, 0, &state);
}

static ServiceEvent cycle(double distance, double speed)
{
    const ServiceStop *stop = service_next(&plan, &state);
    input.distance = distance;
    input.nose_u = stop ? stop->u - distance : 0.0;
    input.speed = speed;
    input.doors_permitted = stop ? stop->door_side : 0;
    return service_cycle(&input, &state);
}

/* Cycles in the same place until something happens; returns the seconds that it took. */
static double wait_for(ServiceEvent expected, double distance, double speed)
{
    for (int k = 1; k < 20000; k++) {
        ServiceEvent event = cycle(distance, speed);
        if (event == SERVICE_NOTHING) continue;
        if (event != expected) fail_msg("event %d after %g s, expected %d", (int)event, 0.01 * k, (int)expected);
        return 0.01 * k;
    }
    fail_msg("event %d did not come", (int)expected);
    return 0.0;
}

static void a_platform_is_skipped_before_the_train_brakes_for_it_and_not_after(void **unused)
{
    (void)unused;
    begin();
    wait_for(SERVICE_DEPARTED, 150.0, 5.0);
    input.skip = 1;
    cycle(150.0, 5.0); /* 150 m ahead at 5 m/s: time enough */
    assert_int_equal(state.stop, 1);
    assert_int_equal(state.served, 0);
    cycle(200.0, 5.0); /* the end of the path is no platform */
    assert_int_equal(state.stop, 1);

    begin();
    wait_for(SERVICE_DEPARTED, 150.0, 5.0);
    cycle(10.0, 10.0); /* inside 10^2 / (2 0.7) + 2 = 73 m it brakes already */
    input.skip = 1;
    cycle(10.0, 10.0);
    assert_int_equal(state.stop, 0);
    input.skip = 0;
}

static void a_held_train_keeps_its_doors_open_and_closes_them_when_let_go(void **unused)
{
    (void)unused;
    begin();
    wait_for(SERVICE_DEPARTED, 150.0, 5.0);
    wait_for(SERVICE_ARRIVED, 0.05, 0.0);
    wait_for(SERVICE_DOORS_OPENED, 0.05, 0.0);
    input.door_held = 1;
    for (int k = 0; k < 10000; k++) assert_int_equal(cycle(0.05, 0.0), SERVICE_NOTHING);
    expect_near("door after 100 s", state.door, 1.0, 0.01);
    input.door_held = 0;
    expect_near("doors closed after", wait_for(SERVICE_DOORS_CLOSED, 0.05, 0.0), 3.0, 0.02);
}

static void stop_takes_doors_dwell_and_doors(void **unused)
{
    (void)unused;
    begin();
    expect_near("departure after the start", wait_for(SERVICE_DEPARTED, 150.0, 5.0), 2.0, 0.05);
    wait_for(SERVICE_ARRIVED, 0.05, 0.0);
    assert_int_equal(state.doors_open_side, 2);
    assert_int_equal(state.served, 1);
    expect_near("stop error", state.stop_error, -0.05, 1e-12);
    expect_near("doors open after", wait_for(SERVICE_DOORS_OPENED, 0.05, 0.0), 3.0, 0.02);
    expect_near("door", state.door, 1.0, 0.01);
    for (int k = 0; k < 1900; k++) {
        assert_int_equal(cycle(0.05, 0.0), SERVICE_NOTHING);
        expect_near("door while passengers change", state.door, 1.0, 1e-12);
    }
    expect_near("rest of dwell and closing", wait_for(SERVICE_DOORS_CLOSED, 0.05, 0.0), 20.0 - 19.0 + 3.0, 0.03);
    expect_near("door", state.door, 0.0, 0.0);
    assert_int_equal(state.stop, 1);
    assert_int_equal(service_holds(&state), 0);
}

static void train_turns_at_the_end_of_a_path_and_ends_at_the_last(void **unused)
{
    (void)unused;
    begin();
    state.stop = 1;
    state.mode = SERVICE_DRIVING;
    for (int k = 0; k < 3; k++) cycle(0.02, 0.0);
    assert_int_equal(state.mode, SERVICE_TURNBACK);
    assert_int_equal(service_holds(&state), 1);
    expect_near("cab change", wait_for(SERVICE_TURNED, 0.02, 0.0), 15.0, 0.05);
    assert_int_equal(state.path, 1);
    assert_int_equal(state.stop, 2);
    wait_for(SERVICE_DEPARTED, 250.0, 4.0);
    wait_for(SERVICE_ENDED, 0.0, 0.0);
    assert_int_equal(state.mode, SERVICE_FINISHED);
    assert_int_equal(state.served, 0);
    assert_null(service_next(&plan, &state));
}

static void stop_that_is_overrun_is_lost_with_closed_doors(void **unused)
{
    (void)unused;
    begin();
    wait_for(SERVICE_DEPARTED, 150.0, 5.0);
    wait_for(SERVICE_MISSED, -0.6, 0.0);
    assert_int_equal(state.doors_open_side, 0);
    assert_int_equal(state.served, 0);
    assert_int_equal(state.stop, 1);
    assert_int_equal(state.mode, SERVICE_DRIVING);
}

/* Ten thousand drives of random speeds and places: doors begin to open only at rest within half a metre of the line, and
   only beside a platform; while they are open the train is held. */
static void doors_open_only_at_rest_inside_the_docking_window(void **unused)
{
    (void)unused;
    RngStream stream = rng_stream(7, "service", 0);
    int opened = 0, stood_outside = 0;
    for (uint64_t run = 0; run < 10000; run++) {
        begin();
        state.mode = SERVICE_DRIVING;
        for (uint32_t k = 0; k < 60; k++) {
            ServiceState before = state;
            const ServiceStop *stop = service_next(&plan, &state);
            double distance = 3.0 * rng_uniform(stream, run, 3 * k) - 1.5;
            double speed = rng_uniform(stream, run, 3 * k + 1) < 0.5 ? 0.0 : 0.2 * rng_uniform(stream, run, 3 * k + 2) - 0.1;
            int held = service_holds(&state);
            if (held) speed = 0.0;
            cycle(distance, speed);
            int open_before = before.doors_open_side != 0 || before.door > 0.0;
            int open = state.doors_open_side != 0 || state.door > 0.0;
            stood_outside += fabs(speed) < 0.02 && fabs(distance) > 0.5;
            if (open && !service_holds(&state)) fail_msg("doors open and the train is not held");
            if (!open || open_before) continue;
            opened++;
            if (fabs(speed) >= 0.02 || fabs(distance) >= 0.5 || stop->platform < 0)
                fail_msg("doors open at %g m/s, %g m before the line", speed, distance);
        }
    }
    if (opened < 2000 || stood_outside < 5000) fail_msg("%d openings, %d times at rest outside", opened, stood_outside);
}

static void emergency_brake_interrupts_the_drive_and_not_open_doors(void **unused)
{
    (void)unused;
    begin();
    wait_for(SERVICE_DEPARTED, 150.0, 5.0);
    input.emergency = 1;
    assert_int_equal(cycle(100.0, 8.0), SERVICE_NOTHING);
    assert_int_equal(state.mode, SERVICE_EMERGENCY);
    /* at rest on the line by chance: nothing opens */
    for (int k = 0; k < 100; k++) assert_int_equal(cycle(0.0, 0.0), SERVICE_NOTHING);
    input.emergency = 0;
    cycle(100.0, 0.0);
    assert_int_equal(state.mode, SERVICE_DRIVING);
    wait_for(SERVICE_ARRIVED, 0.0, 0.0);
    input.emergency = 1;
    wait_for(SERVICE_DOORS_OPENED, 0.0, 0.0);
}

static void held_speed_ends_where_the_path_does(void **unused)
{
    (void)unused;
    begin();
    service_start(&plan, 1, &state);
    assert_int_equal(state.mode, SERVICE_HOLD_SPEED);
    input.hold_speed = 1;
    for (int k = 0; k < 100; k++) assert_int_equal(cycle(10.0 - 0.1 * k, 10.0), SERVICE_NOTHING);
    assert_int_equal(cycle(-0.01, 10.0), SERVICE_ENDED);
    assert_int_equal(state.mode, SERVICE_FINISHED);
}

/* In the world: the run passes platforms at its speed, to the end of the path. */
static void held_speed_passes_platforms(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan run = {.route = "zhuzhou_a1", .line = "northbound 105 m -> 300 m", .speed = 30.0, .seed = 1};
    trial_open(&trial, &run);
    while (!world_finished(trial.world) && trial_time(&trial) < 60.0) trial_step(&trial);
    expect_near("nose at the end", trial_train(&trial)->truth.nose_u, train_path(trial.scenario, trial_train(&trial))->length, 0.3);
    expect_near("speed", trial_train(&trial)->truth.speed, 30.0 / 3.6, 0.05);
    trial_close(&trial);
}

/* ---- whole round trips ---- */

/* What a round trip of the demonstration line must keep, tick by tick, from the true state. */
static void check_doors(const Trial *trial, int32_t *side_before)
{
    const TrainWorld *train = trial_train(trial);
    int32_t side = train->service.doors_open_side;
    const ServiceStop *stop = service_next(&trial->scenario->plan, &train->service);
    if (side && !*side_before) {
        assert_int_equal(side, stop->door_side);
        assert_int_equal(stop->platform >= 0, 1);
    }
    if (side) {
        /* 2 cm/s by its own measure when they are released, at rest 0.6 s later */
        expect_at_most("speed with open doors", fabs(train->truth.speed), train->service.door < 0.2 ? 0.03 : 0.005);
        expect_near("nose with open doors", train->truth.nose_u, stop->u, 0.5);
    }
    *side_before = side;
}

static void round_trip(int seed, double stop_error[8], double *jerk)
{
    const int32_t order[] = {EVENT_ARRIVE, EVENT_DOORS_OPEN, EVENT_DOORS_CLOSED, EVENT_DEPART};
    char more[64];
    const char *const sets[] = {more};
    Trial trial;
    snprintf(more, sizeof more, "scenario.seed=%d", seed);
    trial_load(&trial, ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", sets, 1);
    TrainWorld *train = trial_train(&trial);
    int arrivals = 0, turns = 0, next = 3; /* departure comes first */
    int32_t side = 0;
    LowPassGain gain = low_pass_gain(2.0, trial.scenario->model.step);
    LowPass filter = {0};
    double smooth = 0.0;
    while (!world_finished(trial.world)) {
        trial_step(&trial);
        check_doors(&trial, &side);
        double last = smooth;
        smooth = low_pass(&gain, &filter, train->truth.accel);
        if (train->truth.speed > 0.5) *jerk = fmax(*jerk, fabs(smooth - last) / trial.scenario->model.step);
        for (int i = 0; i < trial.record->event_count; i++) {
            int32_t kind = trial.record->events[i].kind;
            if (kind == EVENT_TURNBACK) turns++;
            if (kind < EVENT_DEPART || kind > EVENT_DOORS_CLOSED) continue;
            /* after a turnback, too, the train departs without having opened its doors */
            if (next == 0 && kind == EVENT_DEPART) continue;
            if (kind != order[next]) fail_msg("event %s, expected %s", event_kind_names[kind], event_kind_names[order[next]]);
            if (kind == EVENT_ARRIVE && arrivals < 8) {
                const ServiceStop *stop = service_next(&trial.scenario->plan, &train->service);
                stop_error[arrivals++] = train->truth.nose_u - stop->u;
            }
            next = (next + 1) % 4;
        }
    }
    assert_int_equal(arrivals, 8);
    assert_int_equal(turns, 1);
    assert_int_equal(train->service.served, 8);
    assert_int_equal(train->atp.interventions, 0);
    const TrainMonitor *monitor = &trial.record->monitor.trains[0];
    expect_at_most("speed above the limit", monitor->over_limit.value, 0.0);
    trial_close(&trial);
}

/* Five seeds: every stop inside 15 cm, 4.5 cm deviation over all; no intervention, no limit exceeded, doors as above. */
static void round_trips_keep_stops_limits_and_doors(void **unused)
{
    (void)unused;
    double square = 0.0, jerk = 0.0;
    for (int seed = 1; seed <= 5; seed++) {
        double error[8];
        round_trip(seed, error, &jerk);
        for (int i = 0; i < 8; i++) {
            expect_near("stop error", error[i], 0.0, 0.15);
            square += error[i] * error[i];
        }
    }
    expect_at_most("rms stop error", sqrt(square / 40.0), 0.045);
    /* the jolt of the last centimetres apart */
    expect_at_most("largest jerk above 0.5 m/s after the comfort filter", jerk, 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stop_takes_doors_dwell_and_doors),
        cmocka_unit_test(a_platform_is_skipped_before_the_train_brakes_for_it_and_not_after),
        cmocka_unit_test(a_held_train_keeps_its_doors_open_and_closes_them_when_let_go),
        cmocka_unit_test(train_turns_at_the_end_of_a_path_and_ends_at_the_last),
        cmocka_unit_test(stop_that_is_overrun_is_lost_with_closed_doors),
        cmocka_unit_test(doors_open_only_at_rest_inside_the_docking_window),
        cmocka_unit_test(emergency_brake_interrupts_the_drive_and_not_open_doors),
        cmocka_unit_test(held_speed_ends_where_the_path_does),
        cmocka_unit_test(held_speed_passes_platforms),
        cmocka_unit_test(round_trips_keep_stops_limits_and_doors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
