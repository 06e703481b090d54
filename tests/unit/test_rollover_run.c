/* Runs in which a bus goes over or nearly: their end, verdict, events and metrics; and wind that an event sets. */
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

static Outcome run_steered(const char *profile, const char *head, const char *tail)
{
    Outcome out = {0};
    Text text = {0};
    text_add(&text, bus_head);
    text_add(&text, head);
    text_add(&text, bus);
    text_add(&text, tail);
    write_text("over.csv", profile);
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

static Outcome run_over(const char *head, const char *tail)
{
    return run_steered(steer, head, tail);
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

static void a_wheel_that_comes_down_again_lands_once_for_each_lift(void **state)
{
    (void)state;
    Outcome out = run_steered("time_s,axle1_steer_rad\n0,0\n2,0\n13.3,0.113\n14.3,0\n", "", "");
    assert_string_equal(out.report->ended, "duration");
    assert_int_equal(out.rollovers, 0);
    if (out.lifts < 1 || out.lifts > 2) fail_msg("%d wheels lifted, one or two of the inner ones should", out.lifts);
    assert_int_equal(out.landings, out.lifts);
    outcome_free(&out);
}

/* The gust blows as an event shapes it: 1 s up to 20 m/s, from the left. */
static void an_event_shapes_a_gust(void **state)
{
    (void)state;
    write_text("gust.ini", "[scenario]\nname = gust\nduration = 4 s\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n"
                           "[initial]\nspeed = 50 km/h\n[drive]\nhold_speed = 50 km/h\n"
                           "[event.gust]\nat = 1 s\nthen = weather.gust -> 20 m/s over 1 s\n");
    OpenRun open = run_begin("gust.ini", NULL, 0);
    const TrainWorld *train = &open.run.state->world.trains[0];
    run_to(&open.run, 990);
    assert_true(train->environment.wind_y[0] == 0.0);
    run_to(&open.run, 1501);
    if (fabs(train->environment.wind_y[0] + 10.0) > 0.3)
        fail_msg("wind %g m/s, expected -10", train->environment.wind_y[0]);
    run_to(&open.run, 3000);
    if (fabs(train->environment.wind_y[0] + 20.0) > 1e-9)
        fail_msg("wind %g m/s, expected -20", train->environment.wind_y[0]);
    assert_true(train->plant.vy < -0.01); /* it drifts downwind */
    run_leave(&open);
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
        cmocka_unit_test(a_wheel_that_comes_down_again_lands_once_for_each_lift),
        cmocka_unit_test(an_event_shapes_a_gust),
        cmocka_unit_test(a_run_may_ask_for_its_rollover),
        cmocka_unit_test(a_top_heavy_bus_slides_before_it_goes_over_where_grip_is_low),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
