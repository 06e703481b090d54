/* Drive profiles as CSV, and the state at the start, as scenarios give them: what is read, what is refused, and what the
   train then does. */
#include <math.h>
#include "sim/io/run_open.h"
#include "sim/io/schemas.h"
#include "tests/unit/io_support.h"

static const char plane[] = "[scenario]\nname = p\nduration = 20 s\n[vehicle]\nfile = @assets/vehicles/bus_18m.ini\n"
                            "[drive]\nopen_loop = p.csv\n[initial]\nspeed = 10 m/s\n";

/* Opens scenario and CSV; returns 1 with a run, or 0 with the messages in `text`. */
static int open_profile(const char *scenario, const char *csv, Run *run, Text *text)
{
    write_text("p.ini", scenario);
    write_text("p.csv", csv);
    LoadRequest request = {.path = "p.ini"};
    Loaded *loaded = load_scenario(&art_kit, &request);
    int opened = run_open(loaded, run);
    diag_text(&loaded->diag, text);
    load_free(loaded);
    return opened;
}

static Run started(const char *scenario, const char *csv)
{
    Run run;
    Text text = {0};
    if (!open_profile(scenario, csv, &run, &text)) fail_msg("%s", text_bytes(&text));
    text_free(&text);
    return run;
}

static const TrainWorld *run_until(Run *run, double seconds)
{
    while (run_time(run->scenario, run->state->world.tick) < seconds) {
        run_tick(run->plan, run->state);
        run_drain(run->state);
    }
    return &run->state->world.trains[0];
}

static void near_value(const char *what, double value, double expected, double tolerance)
{
    if (fabs(value - expected) <= tolerance) return;
    fail_msg("%s is %.12g, expected %.12g +- %g", what, value, expected, tolerance);
}

static void profiles_with_mistakes_are_refused_with_the_line(void **unused)
{
    (void)unused;
    static const struct {
        const char *csv, *line, *why;
    } wrong[] = {
        {"", "p.csv", "empty"},
        {"axle1_steer_rad\n0\n", "p.csv:1", "time_s first"},
        {"time_s\n0\n", "p.csv:1", "no column beside time_s"},
        {"time_s,axle1_steer_deg\n0,0\n", "p.csv:1", "unknown column \"axle1_steer_deg\""},
        {"time_s,speed_kmh\n0,0\n", "p.csv:1", "unknown column \"speed_kmh\""},
        {"time_s,axle9_steer_rad\n0,0\n", "p.csv:1", "no axle for the column"},
        {"time_s,axle0_steer_rad\n0,0\n", "p.csv:1", "unknown column"},
        {"time_s,axle1_steer_rad,axle1_steer_rad\n0,0,0\n", "p.csv:1", "stands twice"},
        {"time_s,axle1_steer_rad\n", "p.csv", "no row below"},
        {"time_s,axle1_steer_rad\n0,0\n1,0\n0.5,0\n", "p.csv:4", "does not come after"},
        {"time_s,axle1_steer_rad\n0,0\n0,0\n", "p.csv:3", "does not come after"},
        {"time_s,axle1_steer_rad\n0,nan\n", "p.csv:2", "\"nan\" is no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,inf\n", "p.csv:2", "no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,0x1p3\n", "p.csv:2", "no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,1e999\n", "p.csv:2", "no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,0.1 rad\n", "p.csv:2", "no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,\n", "p.csv:2", "no finite decimal number"},
        {"time_s,axle1_steer_rad\n0,0,0\n", "p.csv:2", "3 columns where the first line names 2"},
        {"time_s,axle3_steer_rad\n0,0\n1,0.1\n", "p.ini:7", "steered = no"},
        {"time_s;axle1_steer_rad\n0;0\n", "p.csv:1", "semicolons between the columns; write commas, and decimals with"},
        {"time_s\taxle1_steer_rad\n0\t0\n", "p.csv:1", "tabs between the columns; write commas"},
        {"\"time_s\",axle1_steer_rad\n0,0\n", "p.csv:1", "quotation marks; names and numbers stand without them"},
        {"\xef\xbb\xbftime_s,axle1_steer_rad\n0,0\n", "p.csv:1", "byte order mark (BOM); save it as UTF-8 without"},
        {"time_s,axle1_steer_rad\r0,0\r1,0\r", "p.csv:1", "a CR that ends no line"},
        {"time_s,axle1_steer_rad\n0,0,01\n", "p.csv:2", "3 columns where the first line names 2; a decimal point is"},
        {"time_s,axle1_brake_torque_nm\n0,-5\n", "p.csv:2", "the brake torque -5 is below 0"},
        {"time_s,axle1_steer_rad\n0,0\n\n1,-1.58\n", "p.csv:4", "the steer angle -1.58 is beyond 90 degrees"},
        {"time_s,axle1_steer_rad\n0,45\n", "p.csv:2", "the steer angle 45 is beyond 90 degrees, which no axle can have; it is in rad"},
        {"time_s,speed_mps\n0,1e30\n", "p.csv:2", "the speed 1e30 is beyond 200 m/s"},
        {"time_s,axle2_drive_torque_nm\n0,-1e30\n", "p.csv:2", "the torque -1e30 is beyond 1e7 Nm"},
        {"time_s,speed_mps,axle3_drive_torque_nm\n0,5,10\n", "p.ini:7: [drive] open_loop", "torque columns do nothing"},
        {"time_s,axle1_steer_rad\n0\n", "p.csv:2", "1 columns where the first line names 2"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Run run;
        Text text = {0};
        int opened = open_profile(plane, wrong[i].csv, &run, &text);
        if (opened || !strstr(text_bytes(&text), wrong[i].why) || !strstr(text_bytes(&text), wrong[i].line))
            fail_msg("case %zu: expected %s: %s in: %s", i, wrong[i].line, wrong[i].why, text_bytes(&text));
        text_free(&text);
        run_close(&run);
    }
}

static void all_mistakes_of_a_profile_are_told_at_once(void **unused)
{
    (void)unused;
    Run run;
    Text text = {0};
    assert_false(open_profile(plane, "time_s,axle1_steer_rad\n0,nan\n1,0\n0.5,x\n", &run, &text));
    assert_non_null(strstr(text_bytes(&text), "p.csv:2"));
    assert_non_null(strstr(text_bytes(&text), "p.csv:4"));
    text_free(&text);
    run_close(&run);
}

static void a_held_speed_beside_what_else_sets_the_speed_is_refused(void **unused)
{
    (void)unused;
    static const char held[] = "[scenario]\nname = p\n[vehicle]\nfile = @assets/vehicles/bus_18m.ini\n"
                               "[drive]\nopen_loop = p.csv\nhold_speed = 20 km/h\n";
    static const char *const tables[] = {"time_s,speed_mps\n0,5\n", "time_s,axle3_drive_torque_nm\n0,100\n",
                                         "time_s,axle1_brake_torque_nm\n0,100\n"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        Run run;
        Text text = {0};
        assert_false(open_profile(held, tables[i], &run, &text));
        assert_non_null(strstr(text_bytes(&text), "p.ini:7: [drive] hold_speed: "));
        text_free(&text);
        run_close(&run);
    }
}

static void a_speed_that_no_axle_can_hold_is_refused(void **unused)
{
    (void)unused;
    static const char loose[] = "[scenario]\nname = p\n[vehicle]\nfile = @assets/vehicles/bus_12m.ini\n"
                                "[vehicle.axle.2]\ndriven = no\n[drive]\n";
    static const struct {
        const char *drive, *csv, *line;
    } cases[] = {
        {"hold_speed = 20 km/h\n", "", "p.ini:8: [drive] hold_speed: no axle of the vehicle can hold it"},
        {"open_loop = p.csv\n", "time_s,speed_mps\n0,5\n", "p.ini:8: [drive] open_loop: no axle of the vehicle can follow"},
        {"open_loop = p.csv\n", "time_s,axle2_drive_torque_nm\n0,100\n", NULL},
        {"open_loop = p.csv\n", "time_s,axle1_steer_rad\n0,0.1\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Run run;
        Text scenario = {0}, text = {0};
        text_add(&scenario, loose);
        text_add(&scenario, cases[i].drive);
        assert_int_equal(open_profile(scenario.bytes, cases[i].csv, &run, &text), !cases[i].line);
        if (cases[i].line && !strstr(text_bytes(&text), cases[i].line)) fail_msg("%s in: %s", cases[i].line, text_bytes(&text));
        text_free(&scenario);
        text_free(&text);
        run_close(&run);
    }
}

static void values_are_linear_between_rows_and_held_outside_them(void **unused)
{
    (void)unused;
    Run run = started(plane, "time_s,axle1_steer_rad\r\n2,0.01\r\n4,0.03\r\n\r\n");
    near_value("before the first row", run_until(&run, 1.0)->command.steer[0], 0.01, 1e-15);
    near_value("half way", run_until(&run, 3.0)->command.steer[0], 0.02, 1e-12);
    near_value("after the last row", run_until(&run, 9.0)->command.steer[0], 0.03, 1e-15);
    near_value("an axle without a column", run.state->world.trains[0].command.steer[1], 0.0, 0.0);
    run_close(&run);
}

static void a_speed_column_is_an_ideal_drive_and_without_one_the_train_coasts(void **unused)
{
    (void)unused;
    Run run = started(plane, "time_s,speed_mps\n0,10\n5,10\n15,12\n");
    near_value("held speed", run_until(&run, 20.0)->truth.speed, 12.0, 0.01);
    run_close(&run);
    run = started(plane, "time_s,axle1_steer_rad\n0,0\n");
    double speed = run_until(&run, 20.0)->truth.speed;
    if (speed >= 9.5 || speed <= 6.0) fail_msg("coasting from 10 m/s for 20 s leaves %g m/s", speed);
    run_close(&run);
}

static void torque_columns_drive_and_brake_their_axle(void **unused)
{
    (void)unused;
    Run run =
        started(plane, "time_s,axle3_drive_torque_nm,axle1_brake_torque_nm\n0,5000,0\n10,5000,0\n10.001,0,20000\n");
    const TrainWorld *train = run_until(&run, 10.0);
    double fast = train->truth.speed, force = train->output.wheel_fx[4] + train->output.wheel_fx[5];
    const TrainModel *model = &run.scenario->model;
    double rolling = model->rolling_resistance * model->axle_load[2];
    near_value("pull of axle 3", force, 5000.0 / model->wheel_radius[4] - rolling, 250.0);
    if (fast <= 10.0) fail_msg("driven for 10 s from 10 m/s the bus has %g m/s", fast);
    train = run_until(&run, 13.0);
    if (train->truth.speed >= fast - 1.0) fail_msg("braked for 3 s it still has %g m/s", train->truth.speed);
    run_close(&run);
}

/* On a route an axle without a steer column is steered by the laws, here back to the track from 0.3 m aside. */
static void a_missing_steer_column_leaves_the_axle_to_its_law(void **unused)
{
    (void)unused;
    Run run = started(
        "[scenario]\nname = p\nduration = 20 s\n[route]\nfile = @assets/routes/straight_1km.ini\n[vehicle]\nfile = "
        "@assets/vehicles/art3.ini\n[service]\nline = main 0 m -> 900 m\n[drive]\nopen_loop = p.csv\n[initial]\n"
        "speed = 10 m/s\nlateral = 0.3 m\n",
        "time_s,speed_mps\n0,10\n");
    const TrainWorld *train = run_until(&run, 15.0);
    near_value("speed", train->truth.speed, 10.0, 0.05);
    for (int a = 0; a < 6; a++) near_value("lateral error", train->truth.axle[a].lateral, 0.0, 0.05);
    run_close(&run);
}

static void the_train_starts_as_initial_says(void **unused)
{
    (void)unused;
    Run run = started(
        "[scenario]\nname = p\nduration = 1 s\n[vehicle]\nfile = @assets/vehicles/art3.ini\n[drive]\nopen_loop = "
        "p.csv\n[initial]\nx = 100 m\ny = -50 m\nyaw = 30 deg\nspeed = 36 km/h\nlateral_speed = 0.5 m/s\n"
        "yaw_rate = 5 deg/s\nhinge_1 = 10 deg\nhinge_2 = -4 deg\n",
        "time_s,axle1_steer_rad\n0,0\n");
    const TrainWorld *train = &run.state->world.trains[0];
    const double degree = acos(-1.0) / 180.0;
    near_value("x", train->output.module_x[0], 100.0, 1e-9);
    near_value("y", train->output.module_y[0], -50.0, 1e-9);
    near_value("yaw 1", train->plant.yaw[0], 30.0 * degree, 1e-12);
    near_value("yaw 2", train->plant.yaw[1], 20.0 * degree, 1e-12);
    near_value("yaw 3", train->plant.yaw[2], 24.0 * degree, 1e-12);
    near_value("speed", train->output.module_vx[0], 10.0, 1e-9);
    near_value("lateral speed", train->output.module_vy[0], 0.5, 1e-9);
    for (int i = 0; i < 3; i++) near_value("yaw rate", train->plant.yaw_rate[i], 5.0 * degree, 1e-12);
    run_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_with_mistakes_are_refused_with_the_line),
        cmocka_unit_test(a_held_speed_beside_what_else_sets_the_speed_is_refused),
        cmocka_unit_test(a_speed_that_no_axle_can_hold_is_refused),
        cmocka_unit_test(all_mistakes_of_a_profile_are_told_at_once),
        cmocka_unit_test(values_are_linear_between_rows_and_held_outside_them),
        cmocka_unit_test(a_speed_column_is_an_ideal_drive_and_without_one_the_train_coasts),
        cmocka_unit_test(torque_columns_drive_and_brake_their_axle),
        cmocka_unit_test(a_missing_steer_column_leaves_the_axle_to_its_law),
        cmocka_unit_test(the_train_starts_as_initial_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
