/* The door interlock, passengers and the timetable. */
#include "sim/operate/doors.h"
#include "sim/surroundings/passengers.h"
#include "tests/unit/run_fixture.h"

static ServicePlan plan;
static AtpSpec spec;

static void begin(void)
{
    memset(&plan, 0, sizeof plan);
    plan.stops[0] = (ServiceStop){.path = 0, .u = 200.0, .platform = 0, .door_side = 2, .dwell = 20.0};
    plan.stops[1] = (ServiceStop){.path = 0, .u = 700.0, .platform = 1, .door_side = 1, .dwell = 20.0};
    plan.stops[2] = (ServiceStop){.path = 0, .u = 900.0, .platform = -1};
    plan.stops[3] = (ServiceStop){.path = 1, .u = 450.0, .platform = 2, .door_side = 1, .dwell = 20.0};
    plan.stop_count = 4;
    plan.path_count = 2;
    plan.rounds = 1;
    plan.door_time = 3.0;
    plan.dwell_least = 8.0;
    param_defaults(&atp_table, &spec);
}

/* The service is told lies: any stop as the next, any distance and speed as its estimates. The odometer is wrong by no more
   than it says, a stop line's beacon is read from 0.6 m. 60,000 draws, half of them near a platform: doors open only where
   the truth allows it. */
static void doors_open_only_at_rest_at_a_platform_on_its_side(void **unused)
{
    (void)unused;
    begin();
    RngStream stream = rng_stream(3, "doors", 0);
    int opened = 0, refused = 0;
    for (uint64_t k = 0; k < 60000; k++) {
        double u[10];
        for (uint32_t i = 0; i < 10; i++) u[i] = rng_uniform(stream, k, i);
        int32_t path = u[0] < 0.7 ? 0 : 1, near = (int32_t)(4.0 * u[1]);
        double place = u[2] < 0.5 ? 1000.0 * u[3] : plan.stops[near].u + 6.0 * u[3] - 3.0;
        double truth = u[4] < 0.6 ? 0.0 : 2.0 * u[4] - 1.2;
        AtpState atp = {.since_tag = 100.0 * u[5]};
        for (int i = 0; i < plan.stop_count; i++)
            atp.docked |= plan.stops[i].path == path && plan.stops[i].platform >= 0 && fabs(place - plan.stops[i].u) < 0.6;
        double doubt = 3.0 * spec.tag_error + spec.position_drift * atp.since_tag;
        atp.u = place + doubt * (2.0 * u[6] - 1.0);
        atp.speed = truth + 0.04 * (2.0 * u[7] - 1.0);
        ServiceState state;
        service_start(&plan, 0, &state);
        state.mode = SERVICE_STOPPING;
        state.path = path;
        state.stop = (int32_t)(4.0 * u[8]);
        ServiceInput input = {.plan = &plan, .cycle = 0.01, .distance = 0.2 * u[9] - 0.1, .speed = 0.0,
                              .doors_permitted = doors_permitted(&plan, path, &spec, &atp)};
        state.departed = 1;
        service_cycle(&input, &state);
        int32_t side = state.doors_open_side;
        refused += !side;
        if (!side) continue;
        opened++;
        double nearest = 1e9;
        int32_t right = 0;
        for (int i = 0; i < plan.stop_count; i++) {
            const ServiceStop *stop = &plan.stops[i];
            if (stop->path != path || stop->platform < 0 || fabs(place - stop->u) >= nearest) continue;
            nearest = fabs(place - stop->u);
            right = stop->door_side;
        }
        assert_int_equal(side, right);
        expect_at_most("speed with doors released", fabs(truth), 0.12);
        expect_at_most("m from the stop line", nearest, 0.6);
    }
    if (opened < 500 || refused < 500) fail_msg("%d opened, %d refused: the draws prove nothing", opened, refused);
}

/* Means of 4,000 calls: 30 wait, a fifth of 100 gets off; of all doors' work at least its mean is the busiest one's. */
static void passengers_come_as_often_as_stated(void **unused)
{
    (void)unused;
    static const double room[] = {0.3, 0.4, 0.3};
    static const PassengerDoor doors[] = {{0, 0.0}, {0, 1.0}, {1, 1.5}, {1, -1.5}, {2, 0.0}, {2, -1.0}};
    PassengerSpec passengers;
    param_defaults(&passengers_table, &passengers);
    double on = 0.0, off = 0.0, seconds = 0.0;
    for (uint32_t k = 0; k < 4000; k++) {
        PassengerState state;
        PassengerCall call = {.boarding = 30.0, .alighting = 0.2, .doors = doors, .door_count = 6, .module_count = 3,
                              .capacity = 307, .room = room, .stream = rng_stream(k, "passengers", 0)};
        passengers_start(100, 3, room, &state);
        seconds += passengers_exchange(&passengers, &call, &state);
        on += state.boarded;
        off += state.alighted;
        assert_int_equal(state.on_board, 100 + state.boarded - state.alighted);
        assert_int_equal(state.on_board, state.in_module[0] + state.in_module[1] + state.in_module[2]);
    }
    expect_near("boarded a call", on / 4000.0, 30.0, 0.4);
    expect_near("alighted a call", off / 4000.0, 20.0, 0.3);
    expect_at_most("mean of all doors over the busiest door's time", (30.0 + 0.8 * 20.0) / 6.0 / (seconds / 4000.0), 1.0);
}

/* One door, no crowding: the time is the sum. A full train leaves people behind; those whose module is full walk on. */
static void one_door_takes_the_sum_and_a_full_train_leaves_some(void **unused)
{
    (void)unused;
    static const double room[] = {0.5, 0.5};
    static const PassengerDoor door = {0, 2.0};
    PassengerSpec passengers;
    param_defaults(&passengers_table, &passengers);
    passengers.crowding = 0.0;
    PassengerState state;
    PassengerCall call = {.boarding = 60.0, .doors = &door, .door_count = 1, .module_count = 2, .capacity = 120,
                          .room = room, .stream = rng_stream(1, "passengers", 0)};
    passengers_start(100, 2, room, &state);
    double seconds = passengers_exchange(&passengers, &call, &state);
    assert_int_equal(state.on_board, 120);
    assert_int_equal(state.boarded, 20);
    assert_int_equal(state.in_module[0], 60);
    assert_int_equal(state.in_module[1], 60);
    expect_near("sum of the doors by which those of module 1 came, m", state.place[0], 10.0 * 2.0, 1e-12);
    expect_near("s at the door", seconds, 20.0, 1e-9);
    expect_near("left behind", state.left_behind, 40.0, 4.0 * sqrt(60.0));
}

/* The dwell fills the time to the departure, a late train takes what its passengers need. */
static void timetable_holds_the_early_and_hurries_the_late(void **unused)
{
    (void)unused;
    begin();
    ServiceState state;
    service_start(&plan, 0, &state);
    service_dwell(&plan, 0.0, 50.0, &state);
    expect_near("dwell without a timetable", state.dwell, 20.0, 0.0);
    plan.times[0] = (ServiceTime){.arrive = -1.0, .depart = 100.0};
    plan.timed_rounds = plan.call_count = 1;
    service_dwell(&plan, 0.0, 50.0, &state);
    expect_near("dwell when early", state.dwell, 100.0 - 50.0 - 6.0, 1e-9);
    service_dwell(&plan, 0.0, 99.0, &state);
    expect_near("dwell when late", state.dwell, 8.0, 0.0);
    service_dwell(&plan, 17.0, 99.0, &state);
    expect_near("dwell when late with many passengers", state.dwell, 17.0, 0.0);
    plan.stops[state.stop].dwell_stated = 1;
    service_dwell(&plan, 17.0, 99.0, &state);
    expect_near("dwell where the stop states one", state.dwell, 20.0, 0.0);
    service_dwell(&plan, 27.0, 99.0, &state);
    expect_near("stated dwell with more passengers than it lets change", state.dwell, 27.0, 0.0);
    service_dwell(&plan, 0.0, 50.0, &state);
    expect_near("stated dwell when early", state.dwell, 100.0 - 50.0 - 6.0, 1e-9);
    plan.stops[state.stop].dwell_stated = 0;
}

static void refuse(const char *departs, const char *expected)
{
    char set[128];
    snprintf(set, sizeof set, "stop.Sports Centre.departs=%s", departs);
    const char *const sets[] = {set};
    LoadRequest request = {.path = ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", .sets = sets, .set_count = 1};
    Loaded *loaded = load_scenario(&art_kit, &request);
    void *const *parts = loaded->parts;
    Complaints complaints = {.count = 0};
    if (parts[LOAD_SCENARIO])
        scenario_memory_need(parts[LOAD_SCENARIO], parts[LOAD_ROUTE], parts[LOAD_VEHICLE], &complaints);
    if (complaints.count != 1 || !strstr(complaints.items[0].why, expected)) fail_msg("\"%s\" is not refused", departs);
    load_free(loaded);
}

static void timetable_that_does_not_fit_is_refused(void **unused)
{
    (void)unused;
    refuse("100 s", "one time for each call");
    refuse("100 s, 200 s, 300 s", "one time for each call");
    refuse("200 s, 100 s", "each later");
    refuse("100 s, soon", "must be times");
    refuse("100 s 200 s", "must be times");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doors_open_only_at_rest_at_a_platform_on_its_side),
        cmocka_unit_test(passengers_come_as_often_as_stated),
        cmocka_unit_test(one_door_takes_the_sum_and_a_full_train_leaves_some),
        cmocka_unit_test(timetable_holds_the_early_and_hurries_the_late),
        cmocka_unit_test(timetable_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
