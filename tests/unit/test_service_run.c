/* Whole runs of a service: what a train does at limits, platforms and signals that lie awkwardly. */
#include "sim/world/timetable.h"
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

static int doors_of(uint32_t doors)
{
    int count = 0;
    for (; doors; doors &= doors - 1) count++;
    return count;
}

#define SHORT_PLATFORM "[route.platform.1]\nboarding_from = 170 m\n" /* its nose at 188 m, the last of four doors at about 161 m */

static Trial at_platform(const char *more)
{
    Trial trial;
    TrialPlan plan = {.route = "platform", .line = "main 0 m -> 255 m", .speed = -1.0, .seed = 1, .more = more};
    trial_open(&trial, &plan);
    return trial;
}

static void doors_that_are_not_beside_the_boarding_part_stay_shut(void **unused)
{
    (void)unused;
    Trial all = at_platform(""), some = at_platform(SHORT_PLATFORM);
    assert_int_equal(doors_of(all.scenario->plan.stops[0].doors), 4);
    int open = doors_of(some.scenario->plan.stops[0].doors);
    if (open < 1 || open > 3) fail_msg("%d doors open", open);
    trial_run(&some, 120.0);
    assert_int_equal(trial_train(&some)->service.served, 1);
    expect_near("s of unsafe doors", some.record->monitor.trains[0].modes.doors_unsafe, 0.0, 0.0);
    trial_close(&all);
    trial_close(&some);
}

/* Somebody releases all of a side in spite of the plan. */
static void a_door_open_off_the_boarding_part_is_unsafe(void **unused)
{
    (void)unused;
    Trial trial = at_platform(SHORT_PLATFORM);
    for (int i = 0; i < trial.scenario->vehicle.door_count; i++)
        if (trial.scenario->vehicle.doors[i].side == DOOR_LEFT) trial.scenario->plan.stops[0].doors |= 1u << i;
    trial_run(&trial, 120.0);
    /* 20 s fully open, 3 s to open and 3 s to close */
    expect_near("s of unsafe doors", trial.record->monitor.trains[0].modes.doors_unsafe, 26.0, 0.1);
    trial_close(&trial);
}

/* The nose rests at its platform's stop line between a signal's stop line and the street, or begins there. */
static void a_train_at_rest_beyond_a_stop_line_goes_on_at_the_next_green(void **unused)
{
    (void)unused;
    static const char *const plans[] = {
        "[route.junction.1]\nchainage = 203 m\n[signals]\ncontrol = priority\n",
        "[route.junction.1]\nchainage = 203 m\n[signals]\ncontrol = fixed\n",
        "[route.junction.1]\nchainage = 46 m\nwidth = 16 m\n[signals]\ncontrol = fixed\noffset = 20 s\n",
    };
    for (int i = 0; i < 3; i++) {
        Trial trial = at_platform(plans[i]);
        trial_run(&trial, 300.0);
        if (!world_finished(trial.world)) fail_msg("plan %d: stands at %g m", i, trial_train(&trial)->truth.nose_u);
        expect_near("signals passed at danger", trial.record->monitor.trains[0].signal_passed.value, 0.0, 0.0);
        trial_close(&trial);
    }
}

/* 18 junctions with red for ten minutes, the last of which is the first that the train meets. */
static void the_last_of_many_junctions_has_its_signal(void **unused)
{
    (void)unused;
    static char more[8192];
    int size = snprintf(more, sizeof more, "[signals]\ncontrol = fixed\ncycle = 600 s\ngreen = 5 s\n");
    for (int i = 1; i <= 18; i++)
        size += snprintf(more + size, sizeof more - (size_t)size, "[route.junction.%d]\nchainage = %d m\nwidth = 8 m\n", i,
                         i < 18 ? 250 + 35 * i : 150);
    Trial trial;
    TrialPlan plan = {.route = "straight_1km", .line = "main 0 m -> 990 m", .speed = -1.0, .seed = 1, .more = more};
    trial_open(&trial, &plan);
    assert_int_equal(trial.scenario->junctions[0].count, 18);
    trial_run(&trial, 120.0);
    double nose = trial_train(&trial)->truth.nose_u, line = trial.scenario->junctions[0].places[0].line_u;
    expect_near("m, where the nose stands", nose, line, 0.6);
    trial_close(&trial);
}

/* 40 platforms, where nobody calls: each is a zone in which no train should come to rest. */
static void every_platform_counts_for_where_to_rest(void **unused)
{
    (void)unused;
    static char more[16384];
    int size = snprintf(more, sizeof more, "stops = none\n");
    for (int i = 2; i <= 40; i++) {
        int from = 6 * i;
        size += snprintf(more + size, sizeof more - (size_t)size, "[route.platform.%d]\nstation = Test\ntrack = main\n"
                         "side = right\nfrom = %d m\nto = %d m\nboarding_from = %d m\nboarding_to = %d m\nedge = -1.4 m\n"
                         "height = 0.33 m\nwidth = 3 m\nstop_up = %d m\nstop_down = %d m\n", i, from, from + 5, from + 1,
                         from + 4, from + 4, from + 1);
    }
    Trial trial = at_platform(more);
    assert_int_equal(trial.scenario->rests[0].count, 40);
    trial_close(&trial);
}

static void a_stop_without_dwell_is_a_stop(void **unused)
{
    (void)unused;
    Trial trial = at_platform("[stop.Test]\ndwell = 0 s\n");
    trial_run(&trial, 120.0);
    const TrainMonitor *monitor = &trial.record->monitor.trains[0];
    assert_int_equal(monitor->stations_served, 1);
    assert_int_equal(monitor->stop_count, 1);
    assert_int_equal(monitor->stops[0].doors, 4);
    expect_near("s fully open", monitor->dwell_max.value, 0.0, 0.02);
    trial_close(&trial);
}

static void a_stop_where_two_legs_meet_is_served_once(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "platform", .line = "main 0 m -> 188 m, main 188 m -> 255 m", .speed = -1.0, .seed = 1, .more = ""};
    int32_t stations[SERVICE_STOPS_MAX];
    trial_open(&trial, &plan);
    assert_int_equal(trial.scenario->plan.stop_count, 2); /* the platform and the line's end */
    assert_int_equal(timetable_calls(&trial.scenario->spec, &trial.scenario->route, stations), 1);
    trial_run(&trial, 120.0);
    assert_int_equal(trial_train(&trial)->service.served, 1);
    trial_close(&trial);
}

static void a_turnback_names_no_station_ahead(void **unused)
{
    (void)unused;
    Trial trial;
    TrialPlan plan = {.route = "platform", .line = "main 0 m -> 255 m, main 255 m -> 140 m", .speed = -1.0, .seed = 1, .more = ""};
    int turned = 0;
    trial_open(&trial, &plan);
    for (int k = 0; k < 150000 && !turned; k++) {
        trial_step(&trial);
        for (int i = 0; i < trial.record->event_count; i++) {
            const Event *event = &trial.record->events[i];
            if (event->kind != EVENT_TURNBACK) continue;
            turned++;
            assert_int_equal(event->subject, -1);
        }
    }
    assert_int_equal(turned, 1);
    trial_close(&trial);
}

/* One of them is there, who needs less. */
static void a_stated_dwell_is_the_least_with_passengers(void **unused)
{
    (void)unused;
    Trial trial = at_platform("[stop.Test]\ndwell = 40 s\nboarding = 1\n");
    trial_run(&trial, 150.0);
    expect_near("s fully open", trial.record->monitor.trains[0].dwell_max.value, 40.0, 0.1);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_kept_before_a_stop_on_a_descent),
        cmocka_unit_test(doors_that_are_not_beside_the_boarding_part_stay_shut),
        cmocka_unit_test(a_door_open_off_the_boarding_part_is_unsafe),
        cmocka_unit_test(a_train_at_rest_beyond_a_stop_line_goes_on_at_the_next_green),
        cmocka_unit_test(the_last_of_many_junctions_has_its_signal),
        cmocka_unit_test(every_platform_counts_for_where_to_rest),
        cmocka_unit_test(a_stop_without_dwell_is_a_stop),
        cmocka_unit_test(a_stop_where_two_legs_meet_is_served_once),
        cmocka_unit_test(a_turnback_names_no_station_ahead),
        cmocka_unit_test(a_stated_dwell_is_the_least_with_passengers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
