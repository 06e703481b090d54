/* Faults in whole runs: every row of the table has an effect, none acts before its onset, and what does not fit is refused
   where it stands. */
#include "sim/fault/fault.h"
#include "sim/io/expect_text.h"
#include "sim/io/number.h"
#include "tests/unit/run_support.h"

enum { SETS_MAX = 16 };

/* The automatic drive over the shipped lane change: pulls away, steers, brakes, stands. */
static const char *const drive[] = {"service.line=main 0 m -> 260 m", "drive.hold_speed=-1", "initial.speed=0",
                                    "scenario.duration=50 s"};

typedef struct Case {
    char texts[SETS_MAX][96];
    const char *sets[SETS_MAX];
    int count;
} Case;

static void case_begin(Case *one)
{
    *one = (Case){0};
    for (size_t i = 0; i < sizeof drive / sizeof drive[0]; i++) one->sets[one->count++] = drive[i];
}

static void case_set(Case *one, const char *key, const char *value)
{
    snprintf(one->texts[one->count], sizeof one->texts[0], "%s=%s", key, value);
    one->sets[one->count] = one->texts[one->count];
    one->count++;
}

static uint64_t hash_of(const Case *one)
{
    OpenRun open = run_begin(NULL, one->sets, one->count);
    run_to(&open.run, INT64_MAX);
    uint64_t hash = world_hash(open.run.scenario, &open.run.state->world);
    run_leave(&open);
    return hash;
}

/* The first instance that the shipped train has. */
static void unit_text(const FaultKind *kind, char unit[ART_NAME_MAX])
{
    int numbered = kind->family != FAULT_OF_TRAIN && kind->family != FAULT_OF_PLACE;
    snprintf(unit, ART_NAME_MAX, "%s%s", kind->unit, numbered ? ".1" : "");
}

static void every_kind_of_fault_changes_the_run_and_none_before_its_onset(void **state)
{
    (void)state;
    Case healthy;
    case_begin(&healthy);
    uint64_t sound = hash_of(&healthy);
    for (int i = 0; i < fault_kind_count(); i++) {
        const FaultKind *kind = fault_kind_at(i);
        /* there is no station: a test and a scenario of their own */
        if (strcmp(kind->unit, "door") == 0 || strcmp(kind->unit, "charger") == 0) continue;
        for (int late = 0; late < 2; late++) {
            char unit[ART_NAME_MAX];
            Case one;
            case_begin(&one);
            unit_text(kind, unit);
            case_set(&one, "fault.x.unit", unit);
            case_set(&one, "fault.x.kind", kind->kind);
            case_set(&one, "fault.x.at", late ? "2 h" : "8 s");
            if (strcmp(kind->unit, "guidance") == 0) case_set(&one, "fault.x.for", "1 s");
            if (kind->family == FAULT_OF_PLACE) {
                case_set(&one, "fault.x.from", "60 m");
                case_set(&one, "fault.x.to", "120 m");
            }
            if (late && i > 2) continue; /* the schedule is the same for all */
            uint64_t broken = hash_of(&one);
            if (late ? broken != sound : broken == sound) {
                fail_msg("%s %s: state %016llx, without it %016llx", unit, kind->kind, (unsigned long long)broken,
                         (unsigned long long)sound);
            }
        }
    }
}

static void a_train_with_an_open_door_stays_until_it_closes(void **state)
{
    (void)state;
    const char *sets[] = {"service.line=south_crossover 2 m -> 105 m, northbound 105 m -> 3078 m",
                          "scenario.duration=150 s",
                          "ato.dwell=5 s",
                          "fault.d.unit=door",
                          "fault.d.kind=not_closed",
                          "fault.d.at=10 s",
                          "fault.d.for=80 s"};
    int64_t left[2] = {0, 0};
    for (int broken = 0; broken < 2; broken++) {
        OpenRun open = run_begin(ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", sets, broken ? 7 : 3);
        while (run_end(open.run.plan, open.run.state) == RUN_GOES_ON) {
            run_tick(open.run.plan, open.run.state);
            const Record *record = &open.run.state->record;
            for (int i = 0; i < record->event_count; i++) {
                if (record->events[i].kind == EVENT_DOORS_CLOSED && left[broken] == 0)
                    left[broken] = record->events[i].tick;
            }
            run_drain(open.run.state);
        }
        run_leave(&open);
    }
    if (!(left[0] > 0 && left[0] < 80000)) fail_msg("without the fault doors close at %lld ms", (long long)left[0]);
    if (left[1] < 92900 || left[1] > 93100)
        fail_msg("doors close at %lld ms, expected 93000: 3 s after the fault", (long long)left[1]);
}

static void faults_act_in_order_of_onset_and_end_in_their_tick(void **state)
{
    (void)state;
    static FaultPlan plan;
    static FaultState active;
    static FaultEffects effects;
    static TrainModel model = {.step = 0.001, .module_count = 2};
    static TrainState plant;
    plan = (FaultPlan){.count = 2};
    plan.items[0] =
        (Fault){.kind = fault_kind_find("steering", "hard_over"), .instance_count = 1, .value = 0.3, .ticks = 100};
    plan.items[1] = (Fault){.kind = fault_kind_find("steering", "stuck"), .instance_count = 1, .ticks = -1};
    assert_int_equal(fault_start(&plan, 1, 50, &model, &plant, &active), 1);
    assert_int_equal(fault_start(&plan, 0, 60, &model, &plant, &active), 1);
    assert_int_equal(fault_start(&plan, 0, 70, &model, &plant, &active), 0);
    fault_effects(&plan, &active, 0, 80, &model, &effects);
    assert_int_equal(effects.train.steer[0], STEER_TO_ANGLE);
    assert_int_equal(fault_end_next(&plan, 159, &active), -1);
    assert_int_equal(fault_end_next(&plan, 160, &active), 0);
    fault_effects(&plan, &active, 0, 160, &model, &effects);
    assert_int_equal(effects.train.steer[0], STEER_STUCK);
    assert_int_equal(fault_end_next(&plan, INT64_MAX, &active), -1);
}

static void a_ramp_grows_linearly_to_the_value(void **state)
{
    (void)state;
    static FaultPlan plan;
    static FaultState active;
    static FaultEffects effects;
    static TrainModel model = {.step = 0.001, .module_count = 2};
    static TrainState plant;
    plan = (FaultPlan){.count = 1};
    plan.items[0] = (Fault){.kind = fault_kind_find("imu", "bias"),
                            .instance_count = 1,
                            .instances = {1},
                            .value = 0.04,
                            .ticks = -1,
                            .ramp = 200};
    fault_start(&plan, 0, 1000, &model, &plant, &active);
    for (int tick = 1000; tick <= 1400; tick += 50) {
        fault_effects(&plan, &active, 0, tick, &model, &effects);
        double expected = tick < 1200 ? 0.04 * (tick - 1000) / 200.0 : 0.04;
        assert_number(effects.sense.imu[1].bias + 1.0, expected + 1.0, 1e-15);
        assert_number(effects.sense.imu[0].bias + 1.0, 1.0, 0.0);
    }
}

static void a_delayed_network_brings_the_commands_of_100_ms_before(void **state)
{
    (void)state;
    const char *sets[] = {"fault.n.unit=network.steering", "fault.n.kind=delay", "fault.n.value=100 ms",
                          "fault.n.at=9 s"};
    static double sent[2000];
    OpenRun open = run_begin(NULL, sets, 4);
    for (int cycle = 0; cycle < 1200; cycle++) {
        run_to(&open.run, 10 * (cycle + 1));
        const TrainWorld *train = &open.run.state->world.trains[0];
        sent[cycle] = train->command.steer[0];
        int due = cycle < 900   ? cycle
                  : cycle < 910 ? 899
                                : cycle - 10; /* between the two the last one before is held */
        double received = train->link.received.steer[0];
        if (received != sent[due]) {
            fail_msg("after cycle %d: %.17g rad received, sent in cycle %d: %.17g", cycle, received, due, sent[due]);
        }
    }
    run_leave(&open);
}

static void a_fault_by_condition_begins_once_and_a_copied_run_goes_on_alike(void **state)
{
    (void)state;
    const char *sets[] = {"fault.n.unit=network.steering", "fault.n.kind=loss", "fault.n.value=0.7",
                          "fault.n.when=chainage_m > 150", "fault.n.for=3 s"};
    OpenRun open = run_begin(NULL, sets, 5);
    run_to(&open.run, 6000);
    run_to(&open.run, 9000);
    const World *world = &open.run.state->world;
    assert_int_equal(world->faults.count, 1);
    RunState *copy = memory_new(sizeof *copy);
    memcpy(copy, open.run.state, sizeof *copy);
    run_to(&open.run, 20000);
    assert_int_equal(world->faults.count, 0);
    uint64_t first = world_hash(open.run.scenario, world);
    memcpy(open.run.state, copy, sizeof *copy);
    run_to(&open.run, 20000);
    assert_true(world_hash(open.run.scenario, world) == first);
    free(copy);
    run_leave(&open);
}

static void assert_refused(const char *lines, const char *expected)
{
    Text text = {0};
    text_add(&text, "extends = @scenarios/guidance/lane_change.ini\n[fault.x]\n");
    text_add(&text, lines);
    write_text("fault.ini", text.bytes);
    text_free(&text);
    LoadRequest request = {.path = "fault.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    texts_check(loaded);
    diag_text(&loaded->diag, &text);
    if (strcmp(text_bytes(&text), expected) != 0)
        fail_msg("%sgave:\n%sexpected:\n%s", lines, text_bytes(&text), expected);
    text_free(&text);
    load_free(loaded);
}

static void what_does_not_fit_is_refused_with_what_would(void **state)
{
    (void)state;
    assert_refused("unit = camera.1\nkind = stuck\nat = 3 s\n",
                   "fault.ini:4: [fault.x] kind: \"stuck\" is no kind of camera; its kinds are freeze, blind, "
                   "misaligned, latency, dropout\n");
    assert_refused(
        "unit = camra.1\nkind = blind\nat = 3 s\n",
        "fault.ini:3: [fault.x] unit: there is no unit \"camra.1\" (did you mean \"camera\"?); units are camera, "
        "marking, "
        "imu, wheel_speed, hinge_angle, steer_angle, gnss, lidar, radar, obstacle_sensor, steering, network.steering, network.brake, "
        "guidance, hinge, tyre, motor, brake, regeneration, battery, power, charger, door, road, wind, signal, radio, "
        "report\n");
    assert_refused("unit = steering.7\nkind = stuck\nat = 3 s\n",
                   "fault.ini:3: [fault.x] unit: write steering.1 to steering.6, or .* for all\n");
    assert_refused("unit = steering\nkind = stuck\nat = 3 s\n",
                   "fault.ini:3: [fault.x] unit: write steering.1 to steering.6, or .* for all\n");
    assert_refused("unit = motor.2\nkind = lost\nat = 3 s\n", "fault.ini:3: [fault.x] unit: axle 2 is not driven\n");
    assert_refused("unit = tyre.2.middle\nkind = puncture\nat = 3 s\n",
                   "fault.ini:3: [fault.x] unit: \"middle\" is no wheel of that axle\n");
    assert_refused("unit = guidance.1\nkind = reset\nat = 3 s\n",
                   "fault.ini:3: [fault.x] unit: a train has one guidance; leave the number out\n");
    assert_refused("unit = camera.1\nkind = blind\n",
                   "fault.ini:2: [fault.x]: needs a time or a condition: at = 30 s, or when = chainage_m > 400\n");
    assert_refused("unit = camera.1\nkind = blind\nat = 3 s\nvalue = 2\n",
                   "fault.ini:6: [fault.x] value: a fault of kind blind takes no value\n");
    assert_refused("unit = imu.1\nkind = bias\nat = 3 s\nvalue = 2 m\n",
                   "fault.ini:6: [fault.x] value: \"2 m\": the unit m does not fit; a value in deg/s is expected, e.g. "
                   "\"1 deg/s\" "
                   "(units that fit: rad/s, deg/s)\n");
    assert_refused("unit = network.brake\nkind = delay\nat = 3 s\nvalue = 1 s\n",
                   "fault.ini:6: [fault.x] value: \"1 s\" is out of range; allowed: 20 to 200 ms\n");
    assert_refused("unit = marking\nkind = missing\nat = 3 s\n",
                   "fault.ini:2: [fault.x] from: marking needs the chainages from and to, from < to\n");
    assert_refused("unit = imu.1\nkind = bias\nat = 3 s\nfrom = 3 m\n",
                   "fault.ini:6: [fault.x] from: imu is on the train; from and to are for marking and road\n");
    assert_refused("unit = imu.1\nkind = bias\nat = 3 s\nonset = slow\n",
                   "fault.ini:6: [fault.x] onset: \"slow\": expected step, or ramp and a time: ramp 2 s\n");
}

int main(void)
{
    if (enter_folder("test_fault") != 0) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_fault_changes_the_run_and_none_before_its_onset),
        cmocka_unit_test(a_train_with_an_open_door_stays_until_it_closes),
        cmocka_unit_test(faults_act_in_order_of_onset_and_end_in_their_tick),
        cmocka_unit_test(a_ramp_grows_linearly_to_the_value),
        cmocka_unit_test(a_delayed_network_brings_the_commands_of_100_ms_before),
        cmocka_unit_test(a_fault_by_condition_begins_once_and_a_copied_run_goes_on_alike),
        cmocka_unit_test(what_does_not_fit_is_refused_with_what_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
