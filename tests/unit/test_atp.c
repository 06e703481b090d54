/* The ATP: against the plant, in runs in which the ATO has gone mad, and alone, with speeds of the test's own. */
#include "tests/unit/run_fixture.h"

/* world_step with full traction in place of what the ATO wants; the ATP decides over the emergency brake as ever. */
static void step_with_runaway_drive(Trial *trial)
{
    const Scenario *scenario = trial->scenario;
    World *world = trial->world;
    TrainWorld *train = trial_train(trial);
    world->tick++;
    trial->record->event_count = 0;
    step_surroundings(scenario, world, 0);
    step_sense(scenario, world, 0);
    step_estimate(scenario, world, 0);
    step_operate(scenario, world, trial->record, 0);
    train->command.traction = train->command.emergency ? 0.0 : 1e6;
    train->command.brake = 0.0;
    train->command.parking = 0;
    step_guide(scenario, world, 0);
    step_train(scenario, world, 0);
    step_truth(scenario, world, 0);
}

/* Rolling towards the end of the line with the drive at full power. Returns metres left to the supervised point. */
static double runaway(double kmh, double distance, double friction, int seed, int *reason)
{
    char more[256], line[64];
    Trial trial;
    snprintf(line, sizeof line, "main 0 m -> %.3f m", 31.64 + distance);
    snprintf(more, sizeof more, "[initial]\nspeed = %.3f km/h\n[ato]\nstart_time = 0 s\n[weather]\nfriction = %.4f\n", kmh,
             friction);
    TrialPlan plan = {.route = "straight_1km", .line = line, .speed = -1.0, .seed = seed, .more = more};
    trial_open(&trial, &plan);
    const TrainWorld *train = trial_train(&trial);
    while (trial_time(&trial) < 120.0 && !(train->atp.braking && fabs(train->truth.speed) < 0.01))
        step_with_runaway_drive(&trial);
    *reason = train->atp.interventions ? train->atp.reason : ATP_NONE;
    double left = train_path(trial.scenario, train)->length + trial.scenario->spec.atp.overlap - train->truth.nose_u;
    trial_close(&trial);
    return left;
}

/* The protection alone at 5 m/s, its train so far aside and its hinge so far turned for `time` s. */
static AtpState bodies(double aside, double angle, double time, uint64_t seed)
{
    AtpSpec spec;
    Trial trial;
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 1000 m", .speed = -1.0, .seed = 1};
    param_defaults(&atp_table, &spec);
    trial_open(&trial, &plan);
    AtpInput input = {.spec = &spec, .profile = &trial.scenario->profiles[0], .speed_limit = 50.0, .adhesion = 0.5,
                      .train_length = 31.0, .lateral = {0.0, aside}, .lateral_count = 2, .hinge = {angle}, .hinge_stop = {1.0},
                      .hinge_count = 1, .wheel_speed = {5.0, 5.0}, .cycle = 0.01, .stream = rng_stream(seed, "atp", 0)};
    AtpState state;
    atp_start(&input, 100.0, &state);
    for (double t = 0.0; t < time; t += input.cycle) {
        input.tick += 10;
        atp_cycle(&input, &state);
    }
    trial_close(&trial);
    return state;
}

/* 10 cm or 3 degrees within the limit nothing happens in 20 s of noise; as much beyond, it brakes within 0.3 s; a tenth of a
   second of it is no reason. */
static void it_brakes_out_of_the_lane_and_near_a_hinges_stop(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        assert_int_equal(bodies(0.5, 0.75, 20.0, seed).interventions, 0);
        assert_int_equal(bodies(-0.5, -0.75, 20.0, seed).interventions, 0);
        assert_int_equal(bodies(-0.7, 0.0, 0.3, seed).reason, ATP_LANE);
        assert_int_equal(bodies(0.0, -0.85, 0.3, seed).reason, ATP_HINGE);
        assert_int_equal(bodies(0.7, 0.85, 0.05, seed).interventions, 0);
    }
}

/* 50 draws of speed, distance, friction from 0.5 on, tachometer errors and tag places, all level. */
static void train_never_stops_beyond_the_supervised_point(void **unused)
{
    (void)unused;
    RngStream stream = rng_stream(1, "runaway", 0);
    double least = 1e9, most = 0.0;
    for (int k = 0; k < 50; k++) {
        double kmh = 5.0 + 63.0 * rng_uniform(stream, (uint64_t)k, 0), v = kmh / 3.6;
        /* at least the braking distance that it supervises, so that there is something to decide */
        double reach = v * 0.8 + v * v / 5.0 + 2.0;
        double distance = reach * (1.0 + 2.0 * rng_uniform(stream, (uint64_t)k, 1));
        double friction = 0.5 + 0.3 * rng_uniform(stream, (uint64_t)k, 2);
        int reason;
        double left = runaway(kmh, distance, friction, k + 1, &reason);
        if (reason == ATP_NONE) fail_msg("no intervention at %g km/h, %g m before the end", kmh, distance);
        if (!(left > 0.0)) fail_msg("%g m beyond the supervised point: %g km/h, %g m, friction %g", -left, kmh, distance, friction);
        least = fmin(least, left);
        if (reason == ATP_STOP_POINT) most = fmax(most, left); /* speeding ends far from the line */
    }
    /* and it lets the train come near: the margin is braking reserve, not a wall */
    expect_at_most("least room left", least, 5.0);
    expect_at_most("most room left", most, 40.0);
}

/* The drive at full power from 20 m behind the start, the signal stays at danger. */
static void runaway_train_stops_before_a_signal_at_danger(void **unused)
{
    (void)unused;
    const double starts[] = {450.0, 540.0, 590.0};
    for (int k = 0; k < 3; k++) {
        char line[64];
        Trial trial;
        snprintf(line, sizeof line, "northbound %g m -> 900 m", starts[k]);
        TrialPlan plan = {.route = "zhuzhou_a1", .line = line, .speed = -1.0, .seed = k + 1,
                          .more = "stops = none\n[ato]\nstart_time = 0 s\n[signals]\ncontrol = fixed\n"};
        trial_open(&trial, &plan);
        const JunctionPlace *place = &trial.scenario->junctions[0].places[0];
        trial.world->signals[place->junction].phase = SIGNAL_CROSS_GREEN; /* its controller stands still in this test */
        const TrainWorld *train = trial_train(&trial);
        while (trial_time(&trial) < 120.0 && !(train->atp.braking && train->atp.reason == ATP_SIGNAL && train->truth.speed < 0.01))
            step_with_runaway_drive(&trial);
        assert_int_equal(train->atp.reason, ATP_SIGNAL);
        expect_at_most("nose beyond the supervised point", train->truth.nose_u - place->danger_u, 0.0);
        trial_close(&trial);
    }
}

/* ---- alone ---- */

static PathNode *nodes;
static double *table;
static Path path;
static SpeedProfile profile;
static AtpSpec spec;
static AtpInput input;
static AtpState state;

/* 1 km at 40 km/h; tachometers and tags without error until the test says otherwise. */
static void begin(void)
{
    static Route route;
    static Alignment alignment;
    Complaints complaints = {.count = 0};
    PathLeg leg = {.from = 0.0, .to = 1000.0};
    param_schema_defaults(&route_schema, &route);
    route.track_count = 1;
    strcpy(route.tracks[0].name, "main");
    route.tracks[0].to = 1000.0;
    route.elements[route.element_count++] = (AlignmentElement){.kind = ALIGNMENT_LINE, .length = 1000.0};
    route.head.line_speed = 40.0 / 3.6;
    alignment_build(&route, &alignment);
    nodes = calloc((size_t)path_node_need(&alignment, &leg, 1, &complaints), sizeof *nodes);
    path_build(&alignment, &leg, 1, nodes, &path);
    table = calloc(speed_profile_need(&path), sizeof *table);
    param_defaults(&atp_table, &spec);
    ProfileSpec limits = {.train_length = 31.64, .speed_max = 70.0 / 3.6, .margin = 0.3, .lateral = 0.65, .braking = 0.9, .braking_effort = 1.1,
                          .ceiling_margin = spec.speed_margin, .ceiling_braking = spec.ceiling_braking};
    speed_profile_build(&path, &limits, table, &profile);
    spec.tacho_error = spec.tag_error = 0.0;
    input = (AtpInput){.spec = &spec, .profile = &profile, .points = {{905.0, ATP_STOP_POINT}}, .point_count = 1,
                       .speed_limit = 55.0, .adhesion = 0.5, .train_length = 31.64, .cycle = 0.01,
                       .stream = rng_stream(1, "atp", 0)};
    atp_start(&input, 100.0, &state);
}

static void end(void)
{
    free(nodes);
    free(table);
}

static int32_t roll(double speed)
{
    input.tick += 10;
    for (int i = 0; i < ATP_TACHOS; i++) input.wheel_speed[i] = speed;
    return atp_cycle(&input, &state);
}

/* Noise of the tachometers is 1 cm/s: 4 deviations aside. */
static void ceiling_is_the_limit_and_its_margin(void **unused)
{
    (void)unused;
    begin();
    for (int k = 0; k < 300; k++) assert_int_equal(roll(45.0 / 3.6 - 0.05), 0);
    expect_near("ceiling", state.ceiling, 45.0 / 3.6, 1e-9);
    int32_t begun = 0;
    for (int k = 0; k < 5; k++) begun += roll(45.0 / 3.6 + 0.05);
    assert_int_equal(begun, 1);
    assert_int_equal(state.reason, ATP_OVERSPEED);
    assert_int_equal(state.interventions, 1);
    end();
}

static void temporary_restriction_lowers_the_ceiling(void **unused)
{
    (void)unused;
    begin();
    input.speed_limit = 20.0 / 3.6;
    for (int k = 0; k < 300; k++) assert_int_equal(roll(24.8 / 3.6), 0);
    assert_int_equal(roll(25.5 / 3.6), 1);
    end();
}

/* Phase by phase in small steps: 0.25 s at +2 m/s2, 0.4 s rolling, then 2.5 m/s2 to rest. */
static double way_to_rest(double v)
{
    double way = 0.0, dt = 1e-4;
    for (double t = 0.0; v > 0.0; t += dt) {
        double a = t < 0.25 ? 2.0 : t < 0.65 ? 0.0 : -2.5;
        way += v * dt + 0.5 * a * dt * dt;
        v += a * dt;
    }
    return way;
}

/* u + 2 % of the way since the tag + the braking way reaches the supervised point: there, and not before. */
static void brake_comes_where_the_braking_model_says(void **unused)
{
    (void)unused;
    const double speeds[] = {2.0, 6.0, 11.0};
    for (int k = 0; k < 3; k++) {
        begin();
        double v = speeds[k], u = 100.0;
        while (roll(v) == 0 && u < 1000.0) u += 0.01 * v;
        double reach = 0.02 * (u - 100.0) + way_to_rest(v);
        assert_int_equal(state.reason, ATP_STOP_POINT);
        expect_near("where it brakes", u, 905.0 - reach, 0.3);
        end();
    }
}

static void tag_ends_the_uncertainty_of_the_place(void **unused)
{
    (void)unused;
    begin();
    for (int k = 0; k < 4000; k++) roll(11.0);
    double before = state.margin;
    input.tag = 1;
    input.tag_u = 100.0 + 4001 * 0.11;
    roll(11.0);
    /* 440 m since the last tag: 8.8 m */
    expect_near("margin gained", state.margin - before, 8.8 - 0.11, 0.1);
    input.tag = 0;
    for (int k = 0; k < 1000; k++) roll(11.0);
    expect_near("way since the tag", state.since_tag, 110.0, 0.2);
    end();
}

static void brake_is_held_to_standstill_and_released_after_its_time(void **unused)
{
    (void)unused;
    begin();
    while (roll(13.0) != 1) assert_true(state.u < 900.0);
    for (int k = 0; k < 500; k++) assert_int_equal(roll(5.0), 0);
    assert_int_equal(state.braking, 1);
    int cycles = 0;
    while (cycles < 1000 && roll(0.0) == 0) cycles++;
    expect_near("s at rest before the release", 0.01 * cycles, 5.0 / 2.5 + 3.0, 0.05); /* from 5 m/s at 2.5 m/s2 */
    assert_int_equal(state.braking, 0);
    assert_int_equal(state.interventions, 1);
    end();
}

/* 8 % down takes 0.785 m/s2 of the rate: the brake comes earlier by what energy says, 8 % up later. */
static void grade_moves_the_brake(void **unused)
{
    (void)unused;
    begin();
    double level = atp_braking_way(&spec, 0.5, 0.0, 10.0), down = atp_braking_way(&spec, 0.5, -0.08, 10.0);
    double pull = 9.80665 * 0.08, v = 10.0 + (2.0 + pull) * 0.25 + pull * 0.4;
    expect_near("way on the fall", down,
                10.0 * 0.25 + (2.0 + pull) * 0.03125 + (10.0 + (2.0 + pull) * 0.25) * 0.4 + pull * 0.08 +
                    v * v / (2.0 * (2.5 - pull)), 1e-9);
    expect_at_most("way on a climb", atp_braking_way(&spec, 0.5, 0.08, 10.0), level);
    /* grip of 0.2 holds 0.7 x 0.2 g at least */
    double slippery = atp_braking_way(&spec, 0.2, 0.0, 10.0);
    expect_near("way on slippery road", slippery - level, 10.5 * 10.5 / 2.0 * (1.0 / (0.14 * 9.80665) - 1.0 / 2.5), 1e-9);
    end();
}

static void rolling_back_and_open_doors_are_stopped(void **unused)
{
    (void)unused;
    begin();
    int cycles = 0;
    while (roll(-0.5) == 0 && cycles < 1000) cycles++;
    assert_int_equal(state.reason, ATP_ROLL_BACK);
    expect_near("m rolled back", 0.005 * cycles, 0.5, 0.05);
    end();
    begin();
    input.doors_open = 1;
    for (int k = 0; k < 500; k++) assert_int_equal(roll(0.0), 0);
    assert_int_equal(roll(0.2), 1);
    assert_int_equal(state.reason, ATP_DOORS);
    for (int k = 0; k < 1000; k++) assert_int_equal(roll(0.0), 0);
    assert_int_equal(state.braking, 1); /* until they are closed */
    input.doors_open = 0;
    assert_int_equal(roll(0.0), -1);
    end();
}

/* Both tachometers stop dead from 15 m/s, as on locked wheels: at 2.5 m/s2 the train needs 6 s. */
static void locked_wheels_are_no_standstill(void **unused)
{
    (void)unused;
    begin();
    while (roll(15.0) != 1) assert_true(state.u < 900.0);
    int cycles = 0;
    while (cycles < 2000 && roll(0.0) == 0) cycles++;
    expect_near("s to the release", 0.01 * cycles, 15.0 / 2.5 + 3.0, 0.1);
    end();
}

/* One tachometer 20 % slow, as on a locked wheel: the faster one counts. */
static void faster_tachometer_counts(void **unused)
{
    (void)unused;
    begin();
    for (int k = 0; k < 100; k++) roll(10.0);
    input.wheel_speed[0] = 10.4;
    input.wheel_speed[1] = 13.0;
    input.tick += 10;
    assert_int_equal(atp_cycle(&input, &state), 1);
    expect_near("speed", state.speed, 13.0, 0.05);
    end();
}

static void switched_off_it_never_brakes(void **unused)
{
    (void)unused;
    begin();
    spec.enabled = 0;
    for (int k = 0; k < 10000; k++) assert_int_equal(roll(19.0), 0);
    assert_int_equal(state.braking, 0);
    end();
}

/* What the estimator and the ATO believe may be anything: the ATP decides the same. */
static void atp_knows_neither_estimator_nor_ato(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 400 m", .speed = -1.0, .seed = 3};
    trial_open(&trial, &plan);
    trial_run(&trial, 15.0);
    AtpInput honest = wire_atp(trial.scenario, trial.world, 0);
    AtpState decided = trial_train(&trial)->atp;
    atp_cycle(&honest, &decided);
    TrainWorld *train = trial_train(&trial);
    memset(&train->estimator, 0x3f, sizeof train->estimator);
    memset(&train->ato, 0x3f, sizeof train->ato);
    memset(&train->guide, 0x3f, sizeof train->guide);
    memset(&train->sensors, 0x3f, sizeof train->sensors);
    AtpInput misled = wire_atp(trial.scenario, trial.world, 0);
    AtpState again = train->atp;
    atp_cycle(&misled, &again);
    assert_memory_equal(&again, &decided, sizeof again);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_brakes_out_of_the_lane_and_near_a_hinges_stop),
        cmocka_unit_test(train_never_stops_beyond_the_supervised_point),
        cmocka_unit_test(runaway_train_stops_before_a_signal_at_danger),
        cmocka_unit_test(ceiling_is_the_limit_and_its_margin),
        cmocka_unit_test(temporary_restriction_lowers_the_ceiling),
        cmocka_unit_test(brake_comes_where_the_braking_model_says),
        cmocka_unit_test(tag_ends_the_uncertainty_of_the_place),
        cmocka_unit_test(brake_is_held_to_standstill_and_released_after_its_time),
        cmocka_unit_test(grade_moves_the_brake),
        cmocka_unit_test(rolling_back_and_open_doors_are_stopped),
        cmocka_unit_test(locked_wheels_are_no_standstill),
        cmocka_unit_test(faster_tachometer_counts),
        cmocka_unit_test(switched_off_it_never_brakes),
        cmocka_unit_test(atp_knows_neither_estimator_nor_ato),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
