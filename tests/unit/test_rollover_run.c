/* A run in which a bus goes over: its end, its verdict, its events and metrics. */
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/io/run_report.h"
#include "tests/unit/run_support.h"

static const char steer[] = "time_s,axle1_steer_rad\n0,0\n2,0\n14,0.12\n";

static const char bus_head[] = "[scenario]\nname = over\nduration = 20 s\n";
static const char bus[] = "[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n[vehicle.module.1]\ncg_height = 2.1 m\n"
                          "[service]\nload = AW3\n[weather]\nfriction = 1\n[initial]\nspeed = 54 km/h\n"
                          "[drive]\nopen_loop = over.csv\nhold_speed = 54 km/h\n";

typedef struct Outcome {
    RunReport *report;
    OpenRun open;
    int lifts, landings, rollovers;
    char *event; /* the line of the rollover */
} Outcome;

static Outcome run_over(const char *head, const char *tail)
{
    Outcome out = {0};
    Text text = {0};
    text_add(&text, bus_head);
    text_add(&text, head);
    text_add(&text, bus);
    text_add(&text, tail);
    write_text("over.csv", steer);
    write_text("over.ini", text.bytes);
    text_free(&text);
    out.open = run_begin("over.ini", NULL, 0);
    const Run *run = &out.open.run;
    while (run_end(run->plan, run->state) == RUN_GOES_ON) {
        run_tick(run->plan, run->state);
        for (int i = 0; i < run->state->record.event_count; i++) {
            const Event *event = &run->state->record.events[i];
            out.lifts += event->kind == EVENT_WHEEL_LIFT;
            out.landings += event->kind == EVENT_WHEEL_LANDED;
            if (event->kind != EVENT_ROLLOVER) continue;
            Text line = {0};
            out.rollovers++;
            run_event_json(run->scenario, event, &line);
            out.event = line.bytes;
        }
        run_drain(run->state);
        double sum = 0.0, weight = run->scenario->model.total_mass * ART_GRAVITY;
        for (int w = 0; w < run->scenario->model.wheel_count; w++) {
            sum += run->state->world.trains[0].output.wheel_fz[w];
        }
        if (fabs(sum - weight) > 1e-9 * weight) fail_msg("wheel loads sum to %.9g N, the weight is %.9g", sum, weight);
    }
    run_finish(run->plan, run->state);
    out.report = memory_new(sizeof *out.report);
    run_report(run, "0123456789abcdef", out.report);
    return out;
}

static void outcome_free(Outcome *out)
{
    free(out->event);
    free(out->report);
    run_leave(&out->open);
}

static void a_rollover_ends_the_run_and_fails_it(void **state)
{
    (void)state;
    Outcome out = run_over("", "");
    assert_string_equal(run_verdict_names[out.report->verdict], "fail");
    assert_int_equal(out.report->exit_code, 1);
    assert_string_equal(out.report->ended, "rollover");
    assert_string_equal(out.report->trouble, "the train rolled over");
    assert_true(out.report->sim_time < 16.0);
    Text text = {0};
    run_report_json(out.report, &text);
    assert_non_null(strstr(text.bytes, "\"ended\": \"rollover\""));
    assert_non_null(strstr(text.bytes, "\"rollovers\": 1"));
    text_free(&text);
    outcome_free(&out);
}

static void each_wheel_that_lifts_is_one_event(void **state)
{
    (void)state;
    Outcome out = run_over("", "");
    assert_int_equal(out.lifts, 2);
    assert_int_equal(out.landings, 0);
    assert_int_equal(out.rollovers, 1);
    assert_non_null(strstr(out.event, "\"event\": \"rollover\", \"module\": 1"));
    outcome_free(&out);
}

static void a_run_may_ask_for_its_rollover(void **state)
{
    (void)state;
    Outcome asked = run_over("", "[expect.over]\nsignal = rollovers\nop = =\nlimit = 1\n");
    assert_string_equal(run_verdict_names[asked.report->verdict], "pass");
    assert_null(asked.report->trouble);
    outcome_free(&asked);
    Outcome forbidden = run_over("", "[expect.upright]\nsignal = rollovers\nlimit = 0\n");
    assert_string_equal(run_verdict_names[forbidden.report->verdict], "fail");
    outcome_free(&forbidden);
    Outcome turned = run_over("expect = fail\n", "");
    assert_string_equal(run_verdict_names[turned.report->verdict], "pass");
    outcome_free(&turned);
}

static void a_top_heavy_bus_slides_before_it_goes_over_where_grip_is_low(void **state)
{
    (void)state;
    Outcome out = run_over("", "[surface]\nfriction_left = 0.35\nfriction_right = 0.35\n");
    assert_string_equal(out.report->ended, "duration");
    assert_int_equal(out.lifts, 0);
    outcome_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rollover_ends_the_run_and_fails_it),
        cmocka_unit_test(each_wheel_that_lifts_is_one_event),
        cmocka_unit_test(a_run_may_ask_for_its_rollover),
        cmocka_unit_test(a_top_heavy_bus_slides_before_it_goes_over_where_grip_is_low),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
