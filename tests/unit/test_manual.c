/* A driver's hands: what the lever gives, who stops a driver who does not, and that keys repeat to the bit. */
#include "sim/world/step.h"
#include "tests/unit/run_support.h"

static const char line[] = "service.line=south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m";

/* The first station of the line, a driver at the lever from rest. */
static OpenRun at_the_lever(const char *const *sets, int count)
{
    const char *all[8] = {line, "operation.grade=goa1", "manual.lever=1"};
    for (int i = 0; i < count; i++) all[3 + i] = sets[i];
    return run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", all, 3 + count);
}

static void give(const Run *run, const char *key, double value)
{
    WorldCommand command = {.tick = run->state->world.tick, .field = settings_find(key), .value = value};
    run_command(run->plan, run->state, &command);
}

/* The rates by the vehicle's own data: full service brake 1.5 m/s2, which weighs the train. */
static void full_lever_brakes_with_the_full_service_rate(void **state)
{
    (void)state;
    OpenRun open = at_the_lever(NULL, 0);
    run_to(&open.run, 7000);
    give(&open.run, "manual.lever", -1.0);
    run_to(&open.run, 9500);
    double before = open.run.state->world.trains[0].truth.speed;
    run_to(&open.run, 10500);
    double rate = before - open.run.state->world.trains[0].truth.speed;
    run_leave(&open);
    if (rate < 1.42 || rate > 1.58) fail_msg("braked with %.3f m/s2, expected 1.5 within 0.08", rate);
}

static void a_lever_at_rest_coasts_by_resistance_alone(void **state)
{
    (void)state;
    OpenRun open = at_the_lever(NULL, 0);
    run_to(&open.run, 8000);
    give(&open.run, "manual.lever", 0.0);
    run_to(&open.run, 10500);
    double before = open.run.state->world.trains[0].truth.speed;
    run_to(&open.run, 12500);
    double rate = 0.5 * (before - open.run.state->world.trains[0].truth.speed);
    run_leave(&open);
    /* 0.008 g of rolling is 0.078 m/s2; the road falls by 0.64 % there and takes 0.063 away */
    if (rate < 0.005 || rate > 0.035) fail_msg("slowed by %.4f m/s2, expected 0.005 to 0.035", rate);
}

/* Nobody brakes: under the ATP the stop line's supervised point holds, on sight nothing does. */
static void the_protection_stops_a_driver_who_does_not(void **state)
{
    (void)state;
    for (int protect = 0; protect < 2; protect++) {
        const char *sets[] = {protect ? "operation.grade=goa1" : "operation.grade=goa0"};
        OpenRun open = at_the_lever(sets, 1);
        int32_t first = open.run.state->world.trains[0].service.stop;
        double point = open.run.scenario->plan.stops[first].u + open.run.scenario->spec.atp.overlap, past = -1e9;
        for (int64_t tick = 0; tick < 60000; tick += 100) {
            run_to(&open.run, tick);
            const TrainWorld *train = &open.run.state->world.trains[0];
            if (train->service.stop == first && train->truth.nose_u - point > past) past = train->truth.nose_u - point;
        }
        int braked = open.run.state->record.monitor.trains[0].atp_interventions;
        run_leave(&open);
        if (protect && (past > 0.0 || !braked)) fail_msg("%.2f m past the point, %d interventions", past, braked);
        if (!protect && (past < 0.0 || braked)) fail_msg("on sight it ended %.2f m before the point", -past);
    }
}

static void on_sight_the_limiter_holds_the_cap(void **state)
{
    (void)state;
    const char *sets[] = {"operation.grade=goa0", "operation.on_sight_speed=18 km/h"};
    OpenRun open = at_the_lever(sets, 2);
    run_to(&open.run, 60000);
    double speed = open.run.state->record.monitor.trains[0].speed.value;
    run_leave(&open);
    if (speed < 4.7 || speed > 5.1) fail_msg("%.2f m/s at most, expected up to 5 within 0.1", speed);
}

/* Keys are commands with a tick: the same ones as events of the file end in the same state. */
static void keys_and_events_end_in_the_same_state(void **state)
{
    (void)state;
    const char *events[] = {"manual.drive=yes", "event.a.at=4 s", "event.a.then=manual.lever -> 0.3, manual.hand_steer -> yes",
                            "event.b.at=6.5 s", "event.b.then=manual.steer -> 0.3 deg over 1 s"};
    OpenRun file = at_the_lever(events, 5), keys = at_the_lever(events, 1);
    run_to(&file.run, 9000);
    run_to(&keys.run, 4000);
    give(&keys.run, "manual.lever", 0.3);
    give(&keys.run, "manual.hand_steer", 1.0);
    run_to(&keys.run, 6500);
    WorldCommand command = {6500, settings_find("manual.steer"), 0.3 * 3.14159265358979323846 / 180.0, 1.0};
    run_command(keys.run.plan, keys.run.state, &command);
    run_to(&keys.run, 9000);
    uint64_t by_file = world_hash(file.run.scenario, &file.run.state->world);
    uint64_t by_keys = world_hash(keys.run.scenario, &keys.run.state->world);
    double aside = keys.run.state->world.trains[0].truth.axle[0].lateral;
    run_leave(&file);
    run_leave(&keys);
    assert_int_equal(by_file, by_keys);
    if (aside < 0.005) fail_msg("steered to the left, the leading axle went %.3f m", aside);
}

static void doors_stay_shut_at_speed_and_off_the_platform(void **state)
{
    (void)state;
    const char *sets[] = {"manual.doors=yes", "event.rest.when=chainage_m > 80 m", "event.rest.then=manual.lever -> -1"};
    OpenRun open = at_the_lever(sets, 3);
    double opened = 0.0;
    for (int64_t tick = 0; tick < 40000; tick += 10) {
        run_to(&open.run, tick);
        if (open.run.state->world.trains[0].service.door > opened) opened = open.run.state->world.trains[0].service.door;
    }
    double speed = open.run.state->world.trains[0].truth.speed;
    run_leave(&open);
    assert_true(speed < 0.01);
    if (opened > 0.0) fail_msg("opened to %.2f off the platform", opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_lever_brakes_with_the_full_service_rate),
        cmocka_unit_test(a_lever_at_rest_coasts_by_resistance_alone),
        cmocka_unit_test(the_protection_stops_a_driver_who_does_not),
        cmocka_unit_test(on_sight_the_limiter_holds_the_cap),
        cmocka_unit_test(keys_and_events_end_in_the_same_state),
        cmocka_unit_test(doors_stay_shut_at_speed_and_off_the_platform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
