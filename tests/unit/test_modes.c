/* Modes of operation over whole runs: what is done without a function, who comes, and where the train rests. */
#include "sim/world/step.h"
#include "tests/unit/run_support.h"

/* The line past a junction (668 to 692 m) and its platforms, a fault, and then some seconds. */
static OpenRun with_fault(const char *fault, const char *kind, double at, const char *const *sets, int count)
{
    char unit_set[96], kind_set[96], at_set[96];
    snprintf(unit_set, sizeof unit_set, "fault.x.unit=%s", fault);
    snprintf(kind_set, sizeof kind_set, "fault.x.kind=%s", kind);
    snprintf(at_set, sizeof at_set, "fault.x.at=%g s", at);
    const char *all[16] = {"service.line=northbound 500 m -> 1100 m", "service.stops=none", "scenario.duration=400 s",
                           unit_set, kind_set, at_set};
    for (int i = 0; i < count; i++) all[6 + i] = sets[i];
    return run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", all, 6 + count);
}

static const ModeMonitor *modes_of(const OpenRun *open)
{
    return &open->run.state->record.monitor.trains[0].modes;
}

/* The fault once every 15 m of the way up to, over and past the junction: wherever it is, the train rests clear of it. */
static void a_train_that_can_clear_the_junction_rests_clear_of_it(void **state)
{
    (void)state;
    double nearest = 1e9;
    for (double at = 11.0; at < 36.0; at += 1.7) {
        OpenRun open = with_fault("camera.1", "freeze", at, NULL, 0);
        run_to(&open.run, (int64_t)(1000.0 * at) + 60000);
        const ModeMonitor *modes = modes_of(&open);
        double nose = modes->place, tail = nose - open.run.scenario->model.length;
        int stops = modes->stops, bad = modes->on_junction + modes->half_docked;
        run_leave(&open);
        if (stops != 1 || bad) fail_msg("fault at %.1f s: %d stops, %d in a bad place, nose at %.1f m", at, stops, bad, nose);
        if (nose > 668.0 && tail < 692.0) fail_msg("fault at %.1f s: stands from %.1f to %.1f m", at, tail, nose);
        double away = nose < 680.0 ? 668.0 - nose : tail - 692.0;
        if (away < nearest) nearest = away;
    }
    assert_true(nearest < 30.0); /* some of them had to choose */
}

static void losses_add_up_to_the_strictest(void **state)
{
    (void)state;
    const char *sets[] = {"fault.y.unit=wheel_speed.2", "fault.y.kind=lost", "fault.y.at=12 s"};
    OpenRun open = with_fault("radio", "lost", 12.0, sets, 3);
    run_to(&open.run, 20000);
    const ModesState *modes = &open.run.state->world.trains[0].modes;
    int reaction = modes->reaction, count = __builtin_popcount(modes->lost);
    double cap = modes->cap;
    run_leave(&open);
    assert_int_equal(count, 2);
    assert_int_equal(reaction, REACT_STATION);        /* the radio's */
    assert_true(cap > 5.55 && cap < 5.56);            /* the wheel's, 20 km/h */
}

/* GoA4 waits; in GoA3 the attendant comes and drives on sight; in GoA2 the driver's eyes stand in at once. */
static void who_is_on_board_decides_what_a_blind_train_does(void **state)
{
    (void)state;
    static const char *const grades[] = {"operation.grade=goa4", "operation.grade=goa3", "operation.grade=goa2"};
    double way[3];
    for (int i = 0; i < 3; i++) {
        OpenRun open = with_fault("obstacle_sensor", "lost", 14.0, &grades[i], 1);
        run_to(&open.run, 140000);
        const ModeMonitor *modes = modes_of(&open);
        way[i] = open.run.state->record.monitor.trains[0].distance;
        double safe = 0.001 * (double)modes->ticks[OPERATION_SAFE_STOP];
        double sight = 0.001 * (double)modes->ticks[OPERATION_ON_SIGHT];
        double slow = 0.001 * (double)modes->ticks[OPERATION_DEGRADED];
        run_leave(&open);
        if (i == 0) assert_true(safe > 60.0 && sight == 0.0);
        if (i == 1) assert_true(safe > 10.0);
        if (i == 2) assert_true(safe == 0.0 && slow > 60.0);
    }
    if (!(way[0] < way[2])) fail_msg("went %.0f m alone, %.0f m with a driver", way[0], way[2]);
}

static void the_attendant_comes_after_a_drawn_time(void **state)
{
    (void)state;
    double least = 1e9, most = 0.0, sum = 0.0;
    enum { DRAWS = 4000 };
    RngStream stream = rng_stream(3, "test.staff", 0);
    HumanTime time = {90.0, 240.0};
    int late = 0, early = 0;
    for (uint64_t k = 0; k < DRAWS; k++) {
        double t = human_time(&time, stream, k, 0);
        late += t > 240.0;
        early += t < 90.0;
        sum += t;
        if (t < least) least = t;
        if (t > most) most = t;
    }
    /* by definition of median and 95th percentile; 4 deviations of a binomial */
    assert_true(early > 0.468 * DRAWS && early < 0.532 * DRAWS);
    assert_true(late > 0.036 * DRAWS && late < 0.064 * DRAWS);
    assert_true(least > 0.0 && most > 240.0 && sum > 0.0);
}

static void staff_drives_on_sight_to_the_next_station_and_stays(void **state)
{
    (void)state;
    const char *sets[] = {"operation.grade=goa3", "operation.attendant=20 s", "operation.attendant_late=20 s",
                          "service.stops=all", "service.line=northbound 250 m -> 1100 m"};
    OpenRun open = with_fault("camera.1", "freeze", 20.0, sets, 5);
    run_to(&open.run, 390000);
    const TrainWorld *train = &open.run.state->world.trains[0];
    const TrainMonitor *monitor = &open.run.state->record.monitor.trains[0];
    double door = train->service.door, sight = 0.001 * (double)monitor->modes.ticks[OPERATION_ON_SIGHT];
    int operation = train->modes.operation, served = monitor->stations_served;
    run_leave(&open);
    assert_int_equal(operation, OPERATION_SAFE_STOP);
    assert_int_equal(served, 1);
    assert_true(door == 1.0 && sight > 20.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_train_that_can_clear_the_junction_rests_clear_of_it),
        cmocka_unit_test(losses_add_up_to_the_strictest),
        cmocka_unit_test(who_is_on_board_decides_what_a_blind_train_does),
        cmocka_unit_test(the_attendant_comes_after_a_drawn_time),
        cmocka_unit_test(staff_drives_on_sight_to_the_next_station_and_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
