/* The World as plain data: snapshots, hashes, and what a run depends on. */
#include "tests/unit/run_fixture.h"

static const TrialPlan corner = {.route = "r50_clothoid30", .line = "main 0 m -> 308 m", .speed = 40.0, .seed = 1};
static const TrialPlan shuttle = {
    .route = "straight_1km", .line = "main 0 m -> 120 m, main 120 m -> 0 m", .speed = -1.0, .seed = 1};

static uint64_t hash_of(const Trial *trial)
{
    return world_hash(trial->scenario, trial->world);
}

static uint64_t hash_after(const TrialPlan *plan, double seconds)
{
    Trial trial;
    trial_open(&trial, plan);
    trial_run(&trial, seconds);
    uint64_t hash = hash_of(&trial);
    trial_close(&trial);
    return hash;
}

static void assert_same(uint64_t a, uint64_t b, double time)
{
    if (a != b) fail_msg("at %g s the hashes are %016llx and %016llx", time, (unsigned long long)a, (unsigned long long)b);
}

static void assert_other(uint64_t a, uint64_t b, const char *what)
{
    if (a == b) fail_msg("%s leaves the hash at %016llx", what, (unsigned long long)a);
}

/* Bytes are copied in the middle of a manoeuvre, at a stop and during a cab change, into memory full of ones, and go on
   beside the original with a record of their own. */
static void copy_of_the_world_goes_on_to_the_same_state(void **unused)
{
    (void)unused;
    const TrialPlan *const plans[] = {&corner, &shuttle};
    const double times[2][3] = {{0.0, 8.005, 14.0}, {3.0, 22.503, 45.0}};
    for (int p = 0; p < 2; p++)
        for (int k = 0; k < 3; k++) {
            Trial trial;
            World *copy = malloc(sizeof *copy);
            Record *record = calloc(1, sizeof *record);
            assert_true(copy && record);
            trial_open(&trial, plans[p]);
            trial_run(&trial, times[p][k]);
            memset(copy, 0xff, sizeof *copy);
            memcpy(copy, trial.world, world_size(trial.world));
            assert_same(world_hash(trial.scenario, copy), hash_of(&trial), trial_time(&trial));
            monitor_init(trial.scenario, copy, record);
            for (int t = 0; t < 12000 && !world_finished(trial.world); t++) {
                trial_step(&trial);
                record->event_count = 0;
                world_step(trial.scenario, copy, record);
                if (t % 500 == 0) assert_same(world_hash(trial.scenario, copy), hash_of(&trial), trial_time(&trial));
            }
            assert_memory_equal(&copy->trains[0].plant, &trial_train(&trial)->plant, sizeof(TrainState));
            assert_same(world_hash(trial.scenario, copy), hash_of(&trial), trial_time(&trial));
            trial_close(&trial);
            free(copy);
            free(record);
        }
}

static void snapshot_ends_behind_the_last_train(void **unused)
{
    (void)unused;
    Trial trial;
    trial_open(&trial, &corner);
    size_t size = world_size(trial.world);
    assert_true(size < sizeof(World));
    assert_true(size >= offsetof(World, trains) + sizeof(TrainWorld));
    trial_close(&trial);
}

static void two_runs_of_one_scenario_end_in_one_state(void **unused)
{
    (void)unused;
    assert_same(hash_after(&corner, 15.0), hash_after(&corner, 15.0), 15.0);
    assert_same(hash_after(&shuttle, 50.0), hash_after(&shuttle, 50.0), 50.0);
}

static void state_does_not_depend_on_samples_and_hashes_taken(void **unused)
{
    (void)unused;
    Trial trial;
    uint64_t undisturbed = hash_after(&corner, 4.0);
    trial_open(&trial, &corner);
    while (trial_time(&trial) < 4.0 - 1e-9) {
        record_sample(trial.scenario, trial.world, &trial.record->sample);
        hash_of(&trial);
        trial_step(&trial);
    }
    assert_same(hash_of(&trial), undisturbed, 4.0);
    trial_close(&trial);
}

/* Feet are kept every 10 ms, but a sample shows those of its own tick: axles go on evenly from tick to tick. */
static void a_sample_between_the_cycles_shows_its_own_tick(void **unused)
{
    (void)unused;
    Trial trial;
    trial_open(&trial, &corner);
    trial_run(&trial, 5.0);
    TrainSample before = {0};
    for (int i = 0; i < 40; i++) {
        record_sample(trial.scenario, trial.world, &trial.record->sample);
        const TrainSample *now = &trial.record->sample.trains[0];
        for (int a = 0; a < now->axle_count && i > 0; a++) {
            double step = now->axles[a].lateral_error - before.axles[a].lateral_error;
            if (fabs(step) > 2e-4) fail_msg("axle %d moves %g m aside in a tick", a + 1, step);
        }
        if (i > 0 && fabs(now->u - before.u - 1e-3 * now->speed) > 2e-5) fail_msg("it goes %g m in a tick", now->u - before.u);
        before = *now;
        trial_step(&trial);
    }
    trial_close(&trial);
}

static void seed_and_every_setting_reach_the_state(void **unused)
{
    (void)unused;
    const char *const changes[] = {
        "[weather]\nfriction = 0.75\n",      "[weather]\nwind = 5 m/s\n",          "[weather]\nrain = 0.5\n",
        "[sensor.camera.1]\nlatency = 70 ms\n", "[sensor.imu]\ngyro_noise = 0.04 deg/s\n", "[estimator]\nslip_walk = 0.005\n",
        "[guidance]\nassumed_friction = 0.7\n", "[guidance.lqr_preview]\neffort = 0.03 rad\n",
        "[vehicle.module.2]\nmass_laden = 17.1 t\n", "[vehicle.hinge.1]\ndamping = 9e4 Nms/rad\n",
        "[route.marking]\nrow_spacing = 1.1 m\n"};
    uint64_t plain = hash_after(&corner, 9.0);
    TrialPlan other = corner;
    other.seed = 2;
    assert_other(hash_after(&other, 9.0), plain, "another seed");
    other.seed = corner.seed;
    for (int i = 0; i < 11; i++) {
        other.more = changes[i];
        assert_other(hash_after(&other, 9.0), plain, changes[i]);
    }
    /* and what operates: from rest */
    const char *const drives[] = {"[ato]\njerk = 0.7 m/s3\n", "[ato]\nspeed_limit = 20 km/h\n", "[atp]\ntacho_error = 0.6 %\n",
                                  "[ato]\nstart_time = 3 s\n"};
    plain = hash_after(&shuttle, 8.0);
    other = shuttle;
    for (int i = 0; i < 4; i++) {
        other.more = drives[i];
        assert_other(hash_after(&other, 8.0), plain, drives[i]);
    }
}

static void live_setting_changes_the_hash_at_once(void **unused)
{
    (void)unused;
    const char *const names[] = {"weather.friction", "weather.rain", "weather.light", "ato.speed_limit", "ato.emergency_stop",
                                 "ato.hold", "ato.skip_next"};
    const double values[] = {0.5, 0.25, 0.5, 5.0, 1.0, 1.0, 1.0};
    Trial trial;
    trial_open(&trial, &corner);
    uint64_t before = hash_of(&trial);
    for (int i = 0; i < 7; i++) {
        const ParamField *field = settings_find(names[i]);
        assert_non_null(field);
        settings_set(&trial.world->settings, field, values[i]);
        expect_near(names[i], settings_get(&trial.world->settings, field), values[i], 0.0);
        uint64_t after = hash_of(&trial);
        assert_other(after, before, names[i]);
        before = after;
    }
    assert_null(settings_find("vehicle.mass"));
    trial_close(&trial);
}

/* At half the step the same run passes, with the same frames a second, and ends in nearly the same place. */
static void half_a_millisecond_gives_nearly_the_same_run(void **unused)
{
    (void)unused;
    const double steps[] = {1.0, 0.5, 2.0};
    double x[3], y[3], frames[3];
    for (int k = 0; k < 3; k++) {
        char sets[4][64];
        const char *list[4];
        Trial trial;
        snprintf(sets[0], sizeof sets[0], "scenario.step=%g ms", steps[k]);
        strcpy(sets[1], "sensor.camera.1.lateral_noise=0 cm");
        strcpy(sets[2], "sensor.camera.2.lateral_noise=0 cm");
        strcpy(sets[3], "estimator.start_error=0 m");
        for (int i = 0; i < 4; i++) list[i] = sets[i];
        trial_load(&trial, ART_DATA_DIR "/scenarios/guidance/lane_change.ini", list, 4);
        trial_run(&trial, 20.0);
        assert_int_equal(trial.world->tick, lround(20000.0 / steps[k]));
        x[k] = trial_train(&trial)->output.module_x[0];
        y[k] = trial_train(&trial)->output.module_y[0];
        frames[k] = (double)trial_train(&trial)->estimator.end[0].frames;
        trial_close(&trial);
    }
    for (int k = 1; k < 3; k++) {
        expect_near("along after 330 m", x[k], x[0], 0.05);
        expect_near("across", y[k], y[0], 0.02);
        expect_near("frames", frames[k], frames[0], 1.0);
    }
    expect_near("frames in 20 s less the latency", frames[0], 598.0, 2.0);
}

/* A quantity that leaves its bounds ends the run with its name, and the run stays ended. */
static void broken_state_ends_the_run_by_name(void **unused)
{
    (void)unused;
    Trial trial;
    trial_open(&trial, &corner);
    trial_run(&trial, 1.0);
    trial_train(&trial)->plant.yaw_rate[1] = 1e6;
    world_step(trial.scenario, trial.world, trial.record);
    assert_int_equal(trial.world->diverged, 1);
    assert_non_null(trial.world->diverged_what);
    assert_int_equal(world_finished(trial.world), 1);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copy_of_the_world_goes_on_to_the_same_state),
        cmocka_unit_test(snapshot_ends_behind_the_last_train),
        cmocka_unit_test(two_runs_of_one_scenario_end_in_one_state),
        cmocka_unit_test(state_does_not_depend_on_samples_and_hashes_taken),
        cmocka_unit_test(a_sample_between_the_cycles_shows_its_own_tick),
        cmocka_unit_test(seed_and_every_setting_reach_the_state),
        cmocka_unit_test(live_setting_changes_the_hash_at_once),
        cmocka_unit_test(half_a_millisecond_gives_nearly_the_same_run),
        cmocka_unit_test(broken_state_ends_the_run_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
