/* trace.csv: its columns, its rows, and that a reader gets the same numbers back. */
#include "sim/io/trace.h"
#include <math.h>
#include "tests/unit/io_support.h"

static const MemberCounts three_modules = {3, 6, 1};
static Sample sample;

/* The whole file of one row; the caller frees it. */
static char *trace_of(const char *columns)
{
    Trace trace = {0};
    Text why = {0};
    if (!trace_choose(&trace, columns, three_modules, &why)) fail_msg("%s", text_bytes(&why));
    trace_begin(&trace, &trace_csv, "trace.csv", 0.001, 10.0);
    trace_add(&trace, &sample);
    if (!trace_end(&trace, &why)) fail_msg("%s", text_bytes(&why));
    trace_free(&trace);
    return read_text("trace.csv");
}

static int cells_in(const char *line)
{
    int count = 1;
    for (; *line && *line != '\n'; line++) count += *line == ',';
    return count;
}

static void the_first_line_names_time_and_train_and_the_columns_that_were_asked_for(void **state)
{
    (void)state;
    sample.train_count = 1;
    sample.trains[0].speed = 2.5;
    sample.trains[0].mode = MODE_TURNBACK;
    char *text = trace_of(" axle*_steer_rad ,time_s, mode,speed_mps,module3_roll_rad,mode,axle2_steer_rad");
    assert_string_equal(text, "time_s,train,axle1_steer_rad,axle2_steer_rad,axle3_steer_rad,axle4_steer_rad,axle5_steer_rad,"
                              "axle6_steer_rad,mode,speed_mps,module3_roll_rad\n0,1,0,0,0,0,0,0,turnback,2.5,0\n");
    free(text);
}

static void the_usual_columns_are_about_forty_and_begin_as_promised(void **state)
{
    (void)state;
    char *text = trace_of(NULL);
    const char *begins = "time_s,train,mode,chainage_m,lateral_m,speed_mps,accel_mps2,";
    if (strncmp(text, begins, strlen(begins)) != 0) fail_msg("%.100s", text);
    int count = cells_in(text);
    if (count < 30 || count > 50) fail_msg("%d columns", count);
    assert_int_equal(cells_in(strchr(text, '\n') + 1), count);
    free(text);
}

static void all_columns_are_the_whole_catalogue_of_this_train(void **state)
{
    (void)state;
    int want = 0;
    for (int i = 0; i < signal_count(); i++) want += signal_members(signal_at(i)->family, 3, 6);
    char *text = trace_of("all");
    assert_int_equal(cells_in(text), want);
    assert_non_null(strstr(text, ",module3_ay_mps2,"));
    assert_non_null(strstr(text, ",hinge2_fy_n,"));
    assert_non_null(strstr(text, ",axle6_friction_use,"));
    assert_null(strstr(text, "axle7"));
    assert_null(strstr(text, "#"));
    free(text);
}

static void a_number_reads_back_to_the_same_bits(void **state)
{
    (void)state;
    static const double values[] = {0.1, 1.0 / 3.0, 6.02214076e23, -1e-300, 123456.789, 5e-324, 35.98, -0.0, 1e22};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        sample.trains[0].speed = values[i];
        char *text = trace_of("speed_mps");
        const char *cell = strrchr(text, ',') + 1;
        double back = strtod(cell, NULL);
        if (memcmp(&back, &values[i], sizeof back) != 0) fail_msg("%.17g came back from %s", values[i], cell);
        free(text);
    }
}

static void each_train_has_a_row(void **state)
{
    (void)state;
    sample.train_count = 2;
    sample.trains[0].speed = 1.0;
    sample.trains[1].speed = 2.0;
    char *text = trace_of("train,speed_mps");
    assert_string_equal(text, "time_s,train,speed_mps\n0,1,1\n0,2,2\n");
    sample.train_count = 1;
    free(text);
}

static int rows_in(double step, double rate, int64_t ticks)
{
    Trace trace = {.step = step, .rate = rate};
    int rows = 0;
    for (int64_t tick = 0; tick <= ticks; tick++) rows += trace_due(&trace, tick);
    return rows;
}

static void rows_come_at_the_rate_whether_or_not_it_divides_the_step(void **state)
{
    (void)state;
    static const struct {
        double step, rate;
        int64_t ticks;
        int rows;
    } want[] = {{0.001, 10.0, 60000, 601}, {0.001, 30.0, 60000, 1801}, {0.001, 1000.0, 500, 501},
                {0.001, 7.0, 1000000, 7001}, {0.002, 1000.0, 500, 501}, {0.001, 0.1, 100000, 11}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        int rows = rows_in(want[i].step, want[i].rate, want[i].ticks);
        if (rows != want[i].rows) fail_msg("%g Hz: %d rows, expected %d", want[i].rate, rows, want[i].rows);
    }
}

static void an_unknown_column_is_refused_with_the_nearest(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"speed", "there is no signal or metric \"speed\" (did you mean \"speed_mps\"?); `artsim keys --signals` lists them"},
        {"time_s,axle1_steer_rd", "there is no signal or metric \"axle1_steer_rd\" (did you mean \"axle1_steer_rad\"?); "
                                  "`artsim keys --signals` lists them"},
        {"hinge3_fx_n", "\"hinge3_fx_n\": the vehicle has 2 of these"},
        {"abs(speed_mps)", "\"abs(speed_mps)\": expected a signal by its name"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Trace trace = {0};
        Text why = {0};
        assert_false(trace_choose(&trace, wrong[i][0], three_modules, &why));
        assert_string_equal(text_bytes(&why), wrong[i][1]);
        trace_free(&trace);
        text_free(&why);
    }
}

static void a_trace_that_is_dropped_leaves_no_file(void **state)
{
    (void)state;
    Trace trace = {0};
    Text why = {0};
    unlink("dropped.csv");
    assert_true(trace_choose(&trace, "all", three_modules, &why));
    trace_begin(&trace, &trace_csv, "dropped.csv", 0.001, 10.0);
    for (int i = 0; i < 1000; i++) trace_add(&trace, &sample);
    trace_abandon(&trace);
    trace_free(&trace);
    assert_int_equal(access("dropped.csv", F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_names_time_and_train_and_the_columns_that_were_asked_for),
        cmocka_unit_test(the_usual_columns_are_about_forty_and_begin_as_promised),
        cmocka_unit_test(all_columns_are_the_whole_catalogue_of_this_train),
        cmocka_unit_test(a_number_reads_back_to_the_same_bits),
        cmocka_unit_test(each_train_has_a_row),
        cmocka_unit_test(rows_come_at_the_rate_whether_or_not_it_divides_the_step),
        cmocka_unit_test(an_unknown_column_is_refused_with_the_nearest),
        cmocka_unit_test(a_trace_that_is_dropped_leaves_no_file),
    };
    if (enter_folder("test_trace") != 0) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
