/* Road users in the way, in whole runs: what physics allows, and what the train makes of it. */
#include "sim/world/signals.h"
#include "tests/unit/run_fixture.h"

typedef struct Meeting {
    int32_t collisions, avoidable;
    double speed, gap; /* m/s at the first moment; m to it at the end */
} Meeting;

/* A car appears `ahead` metres before a train at 40 km/h and stays. */
static Meeting meet(double ahead, double friction, int seed)
{
    char more[400];
    Trial trial;
    snprintf(more, sizeof more,
             "[ato]\nstart_time = 0 s\nspeed_limit = 40 km/h\n[weather]\nfriction = %.3f\n[road_user.car]\nchainage = 300 m\n"
             "ahead = %.3f m\n", friction, ahead);
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 600 m", .speed = -1.0, .seed = seed, .more = more};
    Meeting meeting = {0};
    trial_open(&trial, &plan);
    const TrainWorld *train = trial_train(&trial);
    const RoadUserState *car = &trial.world->road_users[0];
    int rest = 0;
    while (trial_time(&trial) < 90.0 && rest < 3000 && !car->hit) {
        trial_step(&trial);
        if (car->seen_at == trial.world->tick) meeting.speed = train->truth.speed;
        rest += car->seen_at >= 0 && fabs(train->truth.speed) < 0.01;
    }
    meeting.collisions = car->hit > 0;
    meeting.avoidable = car->hit && car->avoidable;
    meeting.gap = 300.0 - train->truth.nose_u;
    trial_close(&trial);
    return meeting;
}

/* Dry: the best brake needs v (0.15 + 0.35/2) + v^2 / (2 x 3.3); the train's own sensor takes 0.2 to 0.4 s more, and its ATP
   keeps 1 m. */
static void train_hits_only_what_physics_leaves_no_way_to_miss(void **unused)
{
    (void)unused;
    int hits = 0, missed = 0;
    for (int k = 0; k < 14; k++) {
        double ahead = 5.0 + 4.0 * k;
        Meeting meeting = meet(ahead, 0.8, k + 1);
        double v = meeting.speed, least = v * 0.325 + v * v / (2.0 * 3.3);
        if (ahead < least - 0.5 && (!meeting.collisions || meeting.avoidable))
            fail_msg("%g m ahead at %g m/s: collisions %d, avoidable %d, the best brake needs %g m", ahead, v,
                     (int)meeting.collisions, (int)meeting.avoidable, least);
        if (ahead > least + v * 0.6 + 1.0 && meeting.collisions)
            fail_msg("%g m ahead at %g m/s: hit, the best brake needs %g m", ahead, v, least);
        hits += meeting.collisions;
        missed += !meeting.collisions;
    }
    if (hits < 3 || missed < 3) fail_msg("%d hits, %d misses: the distances prove nothing", hits, missed);
}

/* Seen from far enough the train needs no emergency brake, and stops 8 m before it. */
static void car_seen_in_time_is_waited_for(void **unused)
{
    (void)unused;
    Meeting meeting = meet(90.0, 0.8, 3);
    assert_int_equal(meeting.collisions, 0);
    expect_near("m to it", meeting.gap, 8.0, 0.6);
}

/* Misses and confirmation: the mean number of scans until two in a row show it is (1 + p) / p^2 with p = 0.7. */
static void sensor_confirms_after_the_expected_number_of_scans(void **unused)
{
    (void)unused;
    ObstacleSensorSpec spec;
    param_defaults(&lidar_table, &spec);
    spec.miss = 0.3;
    double scans = 0.0;
    for (uint32_t run = 0; run < 5000; run++) {
        SourceTrack state = {.known_at = -1};
        for (uint64_t k = 1; state.known_at < 0; k++, scans += 1.0)
            obstacle_scan(&spec, 1, 0.0, rng_stream(run, "obstacle", 0), k, 0.01, &state);
    }
    expect_near("mean scans", scans / 5000.0, 1.7 / 0.49, 0.1);
}

static void lidar_sees_wide_and_radar_through_rain(void **unused)
{
    (void)unused;
    ObstacleSensorSpec lidar, radar;
    param_defaults(&lidar_table, &lidar);
    param_defaults(&radar_table, &radar);
    Vec2 nose = {0.0, 0.0}, ahead = {1.0, 0.0};
    Vec2 far = {100.0, 0.0}, near = {60.0, 0.0}, aside = {40.0, 40.0}, behind = {-20.0, 0.0};
    assert_false(obstacle_in_view(&lidar, nose, ahead, far, 0.0));
    assert_true(obstacle_in_view(&radar, nose, ahead, far, 0.0));
    assert_true(obstacle_in_view(&lidar, nose, ahead, near, 0.0));
    assert_false(obstacle_in_view(&lidar, nose, ahead, near, 1.0));
    assert_true(obstacle_in_view(&radar, nose, ahead, near, 1.0));
    assert_true(obstacle_in_view(&lidar, nose, ahead, aside, 0.0));
    assert_false(obstacle_in_view(&radar, nose, ahead, aside, 0.0));
    assert_false(obstacle_in_view(&lidar, nose, ahead, behind, 0.0));
}

/* A Poisson process: over 2,000 h at one an hour the deviation of the count is 2.2 %. */
static void false_targets_come_at_their_rate(void **unused)
{
    (void)unused;
    ObstacleSensorSpec spec;
    param_defaults(&lidar_table, &spec);
    spec.rate = 1.0;
    spec.false_rate = 1.0 / 3600.0;
    int count = 0;
    for (uint64_t tick = 0; tick < 7200000; tick++) {
        double ahead = obstacle_false(&spec, rng_stream(3, "obstacle.lidar.false", 0), tick);
        assert_true(ahead == 0.0 || (ahead >= 5.0 && ahead <= spec.range));
        count += ahead > 0.0;
    }
    expect_near("false targets", count, 2000.0, 150.0);
}

static void fusion_counts_the_words_that_it_names(void **unused)
{
    (void)unused;
    static const int want[4][4] = {{0, 1, 1, 1}, {0, 0, 0, 1}, {0, 1, 0, 1}, {0, 0, 1, 1}};
    for (int rule = FUSION_EITHER; rule <= FUSION_RADAR; rule++)
        for (int words = 0; words < 4; words++)
            assert_int_equal(obstacle_fused((FusionRule)rule, words & 1, words >> 1), want[rule][words]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(train_hits_only_what_physics_leaves_no_way_to_miss),
        cmocka_unit_test(car_seen_in_time_is_waited_for),
        cmocka_unit_test(sensor_confirms_after_the_expected_number_of_scans),
        cmocka_unit_test(lidar_sees_wide_and_radar_through_rain),
        cmocka_unit_test(false_targets_come_at_their_rate),
        cmocka_unit_test(fusion_counts_the_words_that_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
