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
    param_defaults(&obstacle_sensor_table, &spec);
    spec.miss = 0.3;
    double scans = 0.0;
    for (uint32_t run = 0; run < 5000; run++) {
        RoadUserTrack state = {.known_at = -1};
        for (uint64_t k = 1; state.known_at < 0; k++, scans += 1.0)
            obstacle_scan(&spec, 1, rng_stream(run, "obstacle", 0), k, 0.01, &state);
    }
    expect_near("mean scans", scans / 5000.0, 1.7 / 0.49, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(train_hits_only_what_physics_leaves_no_way_to_miss),
        cmocka_unit_test(car_seen_in_time_is_waited_for),
        cmocka_unit_test(sensor_confirms_after_the_expected_number_of_scans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
