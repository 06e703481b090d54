/* Whole runs of a service: what a train does at limits, platforms and signals that lie awkwardly. */
#include "tests/unit/run_fixture.h"

/* Over the limit at most, m/s, until the train is at rest or the time is over. */
static double over_limit(Trial *trial, double seconds)
{
    double most = -1e9;
    for (int k = 0; k < lround(seconds / trial->scenario->model.step) && !world_finished(trial->world); k++) {
        trial_step(trial);
        const TrainTruth *truth = &trial_train(trial)->truth;
        most = fmax(most, truth->speed - speed_profile_limit(&trial->scenario->profiles[0], truth->nose_u));
    }
    return most;
}

/* A level kilometre that ends on 6 %, 15 km/h on its level part; and the limit on the descent itself. */
static void limits_are_kept_before_a_stop_on_a_descent(void **unused)
{
    (void)unused;
    static const char *const roads[] = {
        "[route.profile.1]\nchainage = 0 m\nheight = 40 m\n[route.profile.2]\nchainage = 650 m\nheight = 40 m\n"
        "[route.profile.3]\nchainage = 1000 m\nheight = 19 m\n[route.speed_limit.1]\nfrom = 400 m\nto = 500 m\nspeed = 15 km/h\n",
        "[route.profile.1]\nchainage = 0 m\nheight = 40 m\n[route.profile.2]\nchainage = 500 m\nheight = 40 m\n"
        "[route.profile.3]\nchainage = 1000 m\nheight = 10 m\n[route.speed_limit.1]\nfrom = 620 m\nto = 650 m\nspeed = 15 km/h\n"};
    for (int r = 0; r < 2; r++) {
        Trial trial;
        TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 900 m", .speed = -1.0, .seed = 1, .more = roads[r]};
        trial_open(&trial, &plan);
        double over = over_limit(&trial, 150.0);
        if (!(over < 0.0)) fail_msg("road %d: %g m/s over its limit", r, over);
        assert_int_equal(trial_train(&trial)->atp.interventions, 0);
        assert_true(world_finished(trial.world));
        trial_close(&trial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_kept_before_a_stop_on_a_descent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
