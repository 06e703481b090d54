/* Expectations over several trains: each is judged under its own condition, and the worst counts. */
#include "sim/world/expect.h"
#include "sim/io/expect_text.h"
#include "tests/unit/run_support.h"

#define TWO_TRAINS \
    "[scenario]\nduration = 100 s\n[route]\nfile = @assets/routes/straight_1km.ini\n[vehicle]\n" \
    "file = @assets/vehicles/art3.ini\n[service]\nline = main 0 m -> 900 m\ntrains = 2\nheadway = 60 s\n[expect.x]\n"

/* The expectation `keys` of a run with two trains, before any look. */
static OpenRun begin(const char *keys)
{
    Text text = {0};
    text_add(&text, TWO_TRAINS);
    text_add(&text, keys);
    write_text("two.ini", text_bytes(&text));
    text_free(&text);
    OpenRun open = run_begin("two.ini", NULL, 0);
    expect_init(&open.run.plan->expectations, &open.run.state->expect);
    return open;
}

/* A look at trains with these speeds and chainages; count 1: the second has not entered. */
static void look(OpenRun *open, int64_t tick, int count, const double speed[2], const double chainage[2])
{
    static Sample sample;
    sample.tick = tick;
    sample.train_count = count;
    for (int t = 0; t < 2; t++) {
        sample.trains[t].speed = speed[t];
        sample.trains[t].chainage = chainage[t];
    }
    expect_look(&open->run.plan->expectations, &sample, &open->run.state->record.monitor, &open->run.state->expect);
}

static void check(OpenRun *open, int verdict, double actual, int train)
{
    ExpectResult got = expect_result(&open->run.plan->expectations, 0, &open->run.state->expect,
                                     &open->run.state->record.monitor, 2);
    if (got.verdict != verdict)
        fail_msg("verdict %s, expected %s", expect_verdict_names[got.verdict], expect_verdict_names[verdict]);
    if (got.measured) assert_number(got.actual, actual, 1e-12);
    if (got.measured) assert_int_equal(got.train, train);
    run_leave(open);
}

static void a_metric_of_each_train_is_read_under_its_own_condition(void **state)
{
    (void)state;
    OpenRun open = begin("signal = distance_m\nlimit = 260 m\nwhen = chainage_m < 260 m\n");
    TrainMonitor *trains = open.run.state->record.monitor.trains;
    trains[0].distance = 250.0;
    look(&open, 10, 1, (double[]){5.0, 0.0}, (double[]){250.0, 0.0});
    trains[0].distance = 800.0;
    trains[1].distance = 100.0;
    look(&open, 20, 2, (double[]){5.0, 5.0}, (double[]){800.0, 100.0});
    check(&open, VERDICT_PASS, 250.0, 0);
}

static void a_condition_that_is_false_at_the_moment_leaves_it_unexercised(void **state)
{
    (void)state;
    OpenRun open = begin("signal = speed_mps\nop = >=\nlimit = 1 m/s\nwindow = at\nat = 10 s\nwhen = chainage_m > 200 m\n");
    look(&open, 10000, 1, (double[]){5.0, 0.0}, (double[]){100.0, 0.0});
    look(&open, 20000, 1, (double[]){5.0, 0.0}, (double[]){300.0, 0.0});
    check(&open, VERDICT_UNEXERCISED, 0.0, 0);
}

static void a_train_that_is_not_there_at_the_moment_is_not_judged(void **state)
{
    (void)state;
    OpenRun open = begin("signal = train2.speed_mps\nlimit = 80 km/h\nwindow = at\nat = 30 s\n");
    look(&open, 30000, 1, (double[]){5.0, 0.0}, (double[]){100.0, 0.0});
    look(&open, 60000, 2, (double[]){5.0, 7.0}, (double[]){300.0, 10.0});
    check(&open, VERDICT_UNEXERCISED, 0.0, 0);
}

static void mean_and_range_take_the_worst_train(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int verdict, train;
        double actual;
    } want[] = {{"signal = mean(speed_mps)\nop = >=\nlimit = 6 m/s\n", VERDICT_FAIL, 1, 3.0},
                {"signal = mean(speed_mps)\nlimit = 6 m/s\n", VERDICT_FAIL, 0, 8.0},
                {"signal = range(speed_mps)\nlimit = 3 m/s\n", VERDICT_FAIL, 1, 4.0},
                {"signal = mean(train2.speed_mps)\nlimit = 6 m/s\n", VERDICT_PASS, 1, 3.0},
                {"signal = mean(train1.speed_mps)\nlimit = 8 m/s\n", VERDICT_PASS, 0, 8.0}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        OpenRun open = begin(want[i].keys);
        look(&open, 10, 1, (double[]){7.0, 0.0}, (double[]){100.0, 0.0});
        look(&open, 20, 2, (double[]){8.0, 1.0}, (double[]){200.0, 10.0});
        look(&open, 30, 2, (double[]){9.0, 5.0}, (double[]){300.0, 20.0});
        check(&open, want[i].verdict, want[i].actual, want[i].train);
    }
}

static void eventually_asks_every_train(void **state)
{
    (void)state;
    const char *keys = "signal = speed_mps\nop = >=\nlimit = 8 m/s\nwindow = eventually\n";
    for (int twice = 0; twice < 2; twice++) {
        OpenRun open = begin(keys);
        look(&open, 10, 2, (double[]){9.0, 1.0}, (double[]){100.0, 0.0});
        look(&open, 20, 2, (double[]){2.0, twice ? 8.5 : 5.0}, (double[]){200.0, 10.0});
        check(&open, twice ? VERDICT_PASS : VERDICT_FAIL, twice ? 8.5 : 5.0, 1);
    }
}

static void what_no_table_holds_is_refused(void **state)
{
    (void)state;
    Text text = {0};
    text_add(&text, "[scenario]\nduration = 100 s\n[route]\nfile = @assets/routes/straight_1km.ini\n[vehicle]\n"
                    "file = @assets/vehicles/art3.ini\n[service]\nline = main 0 m -> 900 m\ntrains = 16\n"
                    "headway = 60 s\n");
    for (int i = 0; i < 33; i++) {
        text_add(&text, "[expect.e");
        text_add_int(&text, i);
        text_add(&text, "]\nsignal = distance_m\nlimit = 3 m\nwhen = moving\n");
    }
    write_text("many.ini", text_bytes(&text));
    text_free(&text);
    LoadRequest request = {.path = "many.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    assert_false(texts_check(loaded));
    assert_diag(&loaded->diag, "many.ini:142: [expect.e32] when: more than 512 metrics with a condition and eventualities "
                               "in all, each counted once a train\n");
    load_free(loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_metric_of_each_train_is_read_under_its_own_condition),
        cmocka_unit_test(a_condition_that_is_false_at_the_moment_leaves_it_unexercised),
        cmocka_unit_test(a_train_that_is_not_there_at_the_moment_is_not_judged),
        cmocka_unit_test(mean_and_range_take_the_worst_train),
        cmocka_unit_test(eventually_asks_every_train),
        cmocka_unit_test(what_no_table_holds_is_refused),
    };
    if (enter_folder("test_expect_trains") != 0) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
