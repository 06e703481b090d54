/* What the monitor says of times that are not kept and of passengers who stay behind; faults of the road by the dozen. */
#include "sim/io/condition_text.h"
#include "tests/unit/run_support.h"

#define PLATFORM \
    "[scenario]\nduration = 120 s\n[route]\nfile = @assets/routes/platform.ini\n[vehicle]\n" \
    "file = @assets/vehicles/art3.ini\n[service]\nline = main 0 m -> 255 m\n"

static OpenRun begin(const char *more)
{
    Text text = {0};
    text_add(&text, PLATFORM);
    text_add(&text, more);
    write_text("service.ini", text_bytes(&text));
    text_free(&text);
    return run_begin("service.ini", NULL, 0);
}

/* A metric of the only train; a test fails where it is absent. */
static double metric(const OpenRun *open, const char *name)
{
    SignalUse use;
    MetricValue value;
    Text why = {0};
    assert_true(signal_use_parse(name, (MemberCounts){3, 6, 1}, &use, &why));
    if (!use.metric->read(&open->run.state->record.monitor, 0, 0, &value)) fail_msg("%s is absent", name);
    return value.value;
}

static void a_departure_that_does_not_come_is_late_as_far_as_it_has_come(void **state)
{
    (void)state;
    write_text("times.csv", "station,arrival_s,departure_s\nTest,40,60\n");
    OpenRun open = begin("timetable = times.csv\n[event.h]\nat = 1 s\nthen = ato.hold -> yes\n");
    run_to(&open.run, 50000);
    double early = metric(&open, "schedule_deviation_max_s");
    if (early >= 10.0) fail_msg("%.3f s late before the time", early);
    run_to(&open.run, 120000);
    assert_number(metric(&open, "schedule_deviation_max_s"), 60.0, 1e-12);
    run_leave(&open);
}

static void a_call_that_is_skipped_late_counts(void **state)
{
    (void)state;
    write_text("times.csv", "station,arrival_s,departure_s\nTest,5,10\n");
    OpenRun open = begin("timetable = times.csv\n[event.s]\nat = 15 s\nthen = ato.skip_next -> yes\n");
    run_to(&open.run, 120000);
    assert_int_equal((int)metric(&open, "stops_served"), 0);
    double late = metric(&open, "schedule_deviation_max_s");
    if (late < 4.9 || late > 5.1) fail_msg("%.3f s late", late);
    run_leave(&open);
}

static void passengers_before_a_full_train_are_left_behind_though_nobody_boards(void **state)
{
    (void)state;
    OpenRun open = begin("load = AW1\n[passengers]\nboarding = 20\nalighting = 0\ncapacity = 50\n");
    run_to(&open.run, 120000);
    assert_int_equal((int)metric(&open, "passengers_boarded"), 0);
    if (metric(&open, "passengers_left_behind") < 5.0) fail_msg("%g", metric(&open, "passengers_left_behind"));
    run_leave(&open);
}

static void as_many_slippery_places_as_there_may_be_faults_all_act(void **state)
{
    (void)state;
    Text text = {0};
    for (int i = 0; i < FAULTS_MAX; i++) {
        text_add(&text, "[fault.p");
        text_add_int(&text, i);
        text_add(&text, "]\nunit = road\nkind = low_friction\nat = 0 s\nvalue = 0.5\nfrom = ");
        text_add_int(&text, 8 * i);
        text_add(&text, " m\nto = ");
        text_add_int(&text, 8 * i + 2);
        text_add(&text, " m\n");
    }
    OpenRun open = begin(text_bytes(&text));
    text_free(&text);
    run_to(&open.run, 20);
    const FaultEffects *effects = &open.run.state->world.trains[0].effects;
    assert_int_equal(effects->patch_count, FAULTS_MAX);
    assert_number(effects->patches[FAULTS_MAX - 1].from, 8.0 * (FAULTS_MAX - 1), 1e-12);
    run_leave(&open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_departure_that_does_not_come_is_late_as_far_as_it_has_come),
        cmocka_unit_test(a_call_that_is_skipped_late_counts),
        cmocka_unit_test(passengers_before_a_full_train_are_left_behind_though_nobody_boards),
        cmocka_unit_test(as_many_slippery_places_as_there_may_be_faults_all_act),
    };
    if (enter_folder("test_monitor_service") != 0) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
