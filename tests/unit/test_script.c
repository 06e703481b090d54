/* Events on LIVE settings: when they fire, how ramps run, and that a copy of a run goes on alike. */
#include <math.h>
#include "sim/world/script.h"
#include "tests/unit/run_support.h"

static Scenario scenario;
static World world;
static Record record;
static Script script;
static ScriptState changing;
static Sample sample;

static ScriptEvent *begin(const char *setting, double value, double over)
{
    memset(&world, 0, sizeof world);
    memset(&record, 0, sizeof record);
    memset(&script, 0, sizeof script);
    scenario.spec.head.step = 0.001;
    script.count = 1;
    script.look_ticks = 10;
    script.watching = 1;
    script_init(&changing);
    sample.train_count = 1;
    ScriptEvent *event = &script.items[0];
    *event = (ScriptEvent){.at = -1, .action_count = 1, .once = 1};
    event->actions[0] = (ScriptAction){settings_find(setting), value, over};
    assert_non_null(event->actions[0].field);
    return event;
}

/* One tick with the train at a speed. */
static void tick(double speed)
{
    sample.trains[0].speed = speed;
    script_tick(&scenario, &script, script_due(&script, world.tick) ? &sample : NULL, &changing, &world, &record);
    world.tick++;
}

static void near(double value, double want)
{
    if (fabs(value - want) > 1e-12) fail_msg("%.17g, expected %.17g, at tick %lld", value, want, (long long)world.tick);
}

static void a_timed_event_fires_in_its_tick_once(void **state)
{
    (void)state;
    begin("weather.rain", 0.7, 0.0)->at = 5;
    for (int i = 0; i < 5; i++) {
        tick(0.0);
        near(world.settings.rain, 0.0);
    }
    tick(0.0);
    near(world.settings.rain, 0.7);
    world.settings.rain = 0.1;
    for (int i = 0; i < 50; i++) tick(0.0);
    near(world.settings.rain, 0.1);
    assert_int_equal(record.event_count, 1);
    assert_int_equal(record.events[0].kind, EVENT_SETTING);
    assert_true(record.events[0].tick == 5 && record.events[0].value == 0.7);
    assert_string_equal(record.events[0].reason, "weather.rain");
}

static void a_ramp_is_linear_and_ends_on_its_value(void **state)
{
    (void)state;
    begin("weather.friction", 0.2, 0.04)->at = 3;
    world.settings.friction = 0.8;
    for (int i = 0; i <= 3; i++) tick(0.0);
    near(world.settings.friction, 0.8);
    for (int i = 1; i <= 40; i++) {
        tick(0.0);
        near(world.settings.friction, 0.8 - 0.6 * i / 40.0);
    }
    assert_true(world.settings.friction == 0.2);
    world.settings.friction = 0.5;
    tick(0.0);
    near(world.settings.friction, 0.5);
}

static void a_new_command_ends_the_ramp_before_it(void **state)
{
    (void)state;
    begin("weather.friction", 0.2, 1.0)->at = 0;
    world.settings.friction = 0.8;
    for (int i = 0; i < 101; i++) tick(0.0);
    near(world.settings.friction, 0.74);
    WorldCommand command = {world.tick, settings_find("weather.friction"), 0.6, 0.0};
    script_command(&scenario, &command, &changing, &world, &record);
    for (int i = 0; i < 2000; i++) tick(0.0);
    near(world.settings.friction, 0.6);
}

static void speed_condition(ScriptEvent *event)
{
    int member;
    event->when.steps[0] = (ConditionStep){.op = CONDITION_SIGNAL, .signal = signal_find("speed_mps", &member)};
    event->when.steps[1] = (ConditionStep){.op = CONDITION_NUMBER, .number = 8.0};
    event->when.steps[2] = (ConditionStep){.op = CONDITION_COMPARE + COMPARE_GT};
    event->when.count = 3;
}

static void a_condition_fires_when_it_becomes_true(void **state)
{
    (void)state;
    ScriptEvent *event = begin("ato.emergency_stop", 1.0, 0.0);
    speed_condition(event);
    for (int i = 0; i < 20; i++) tick(7.0);
    assert_int_equal(world.settings.emergency_stop, 0);
    for (int i = 0; i < 20; i++) tick(9.0);
    assert_int_equal(world.settings.emergency_stop, 1);
    assert_int_equal(changing.fired[0], 1);
    /* once: not again */
    for (int i = 0; i < 20; i++) tick(7.0);
    for (int i = 0; i < 20; i++) tick(9.0);
    assert_int_equal(changing.fired[0], 1);
}

static void an_event_that_is_not_once_fires_each_time_it_becomes_true(void **state)
{
    (void)state;
    ScriptEvent *event = begin("weather.rain", 0.5, 0.0);
    speed_condition(event);
    event->once = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++) tick(7.0);
        for (int i = 0; i < 40; i++) tick(9.0);
    }
    assert_int_equal(changing.fired[0], 3);
    assert_int_equal(record.event_count, 3);
}

static void a_full_queue_of_events_is_told_not_hidden(void **state)
{
    (void)state;
    memset(&record, 0, sizeof record);
    for (int i = 0; i < EVENTS_MAX; i++) record_event(&record, i, 0, EVENT_DEPART, -1, 0.0, 0.0, NULL);
    assert_int_equal(record.overflow, 0);
    record_event(&record, 99, 0, EVENT_DEPART, -1, 0.0, 0.0, NULL);
    assert_int_equal(record.overflow, 1);
    assert_int_equal(record.event_count, EVENTS_MAX);
    assert_true(record.events[EVENTS_MAX - 1].tick == EVENTS_MAX - 1);
}

static void any_number_of_events_may_fire_at_once(void **state)
{
    (void)state;
    begin("weather.rain", 0.0, 0.0);
    for (int i = 0; i < SCRIPT_EVENTS_MAX; i++) {
        const ParamField *field = settings_find(i % 2 ? "weather.rain" : "weather.wind");
        script.items[i] = (ScriptEvent){.at = 0, .action_count = 1, .once = 1};
        script.items[i].actions[0] = (ScriptAction){field, 1e-3 * i, 0.0};
    }
    script.count = SCRIPT_EVENTS_MAX;
    script_tick(&scenario, &script, NULL, &changing, &world, &record);
    assert_false(record.overflow);
    assert_int_equal(record.event_count, 2);
    assert_true(record.events[1].value == 1e-3 * (SCRIPT_EVENTS_MAX - 1));
    assert_true(world.settings.rain == 1e-3 * (SCRIPT_EVENTS_MAX - 1));
    script.count = 0;
    /* every setting, every fault and every train's start at once */
    assert_true(settings_table.count + FAULTS_MAX + 4 * ART_TRAINS_MAX + ROAD_USERS_MAX < EVENTS_MAX);
}

static const char *const with_event[] = {"event.wet.at=1.5 s",
                                         "event.wet.then=weather.friction -> 0.4 over 2 s, weather.rain -> 1",
                                         "scenario.duration=4 s"};

static void an_event_of_a_scenario_reaches_the_road_under_the_wheels(void **state)
{
    (void)state;
    OpenRun open = run_begin(NULL, with_event, 3);
    const World *run_world = &open.run.state->world;
    run_to(&open.run, 1500);
    near(run_world->settings.friction, 0.8);
    run_to(&open.run, 3990);
    near(run_world->settings.friction, 0.4);
    near(run_world->settings.rain, 1.0);
    near(run_world->trains[0].environment.friction[5], 0.4);
    run_leave(&open);
}

static void a_copy_of_a_run_goes_on_with_the_same_bits(void **state)
{
    (void)state;
    OpenRun open = run_begin(NULL, with_event, 3);
    Run *run = &open.run;
    run_to(run, 2000);
    RunState *copy = malloc(sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, run->state, sizeof *copy);
    run_to(run, 4000);
    uint64_t straight = world_hash(run->scenario, &run->state->world);
    TrainMonitor monitor = run->state->record.monitor.trains[0];
    memcpy(run->state, copy, sizeof *copy);
    run_to(run, 4000);
    uint64_t again = world_hash(run->scenario, &run->state->world);
    if (straight != again) fail_msg("%016llx, then %016llx", (unsigned long long)straight, (unsigned long long)again);
    assert_memory_equal(&monitor, &run->state->record.monitor.trains[0], sizeof monitor);
    free(copy);
    run_leave(&open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timed_event_fires_in_its_tick_once),
        cmocka_unit_test(a_ramp_is_linear_and_ends_on_its_value),
        cmocka_unit_test(a_new_command_ends_the_ramp_before_it),
        cmocka_unit_test(a_condition_fires_when_it_becomes_true),
        cmocka_unit_test(an_event_that_is_not_once_fires_each_time_it_becomes_true),
        cmocka_unit_test(any_number_of_events_may_fire_at_once),
        cmocka_unit_test(a_full_queue_of_events_is_told_not_hidden),
        cmocka_unit_test(an_event_of_a_scenario_reaches_the_road_under_the_wheels),
        cmocka_unit_test(a_copy_of_a_run_goes_on_with_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
