/* Brakes, braking distances, standing on a grade. */
#include "tests/unit/train_fixture.h"

static Rig rig;

static void train_at(LoadCase load, double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, load, 1e-3, speed);
}

/* Runs until the train stands; metres from here. */
static double stopping_distance(void)
{
    double from = rig.state.x;
    for (int t = 0; t < 120000 && rig.state.vx > 1e-3; t++) rig_run(&rig, 1e-3);
    return rig.state.x - from;
}

static void emergency_distance_is_dead_time_ramp_and_constant_rate(void **unused)
{
    (void)unused;
    for (double speed = 8.0; speed < 20.0; speed += 4.0) {
        memset(&rig, 0, sizeof rig);
        fixture_art3(&rig.vehicle);
        rig.vehicle.head.drag_area = 0.0;
        rig.vehicle.head.rolling_resistance = 0.0;
        rig_build(&rig, LOAD_AW2, 1e-3, speed);
        for (int w = 0; w < 12; w++) rig.environment.friction[w] = 1.0;
        rig.command.emergency = 1;
        double a = 3.3, td = 0.15, tr = 0.35, rest = speed - 0.5 * a * tr;
        double expected = speed * td + speed * tr - a * tr * tr / 6.0 + rest * rest / (2.0 * a);
        expect_near("distance", stopping_distance(), expected, 0.005 * expected);
    }
}

static void hazard_braking_distances_are_met_at_every_load(void **unused)
{
    (void)unused;
    const double kmh[] = {20, 30, 40, 50, 60, 70}, limit[] = {9, 17, 27, 39, 54, 69};
    for (int load = LOAD_AW0; load <= LOAD_AW3; load++) {
        for (int i = 0; i < 6; i++) {
            train_at((LoadCase)load, kmh[i] / 3.6);
            rig.command.emergency = 1;
            rig.command.traction = 57e3; /* an emergency brake cuts traction */
            expect_at_most("hazard braking distance", stopping_distance(), limit[i]);
        }
    }
}

static void service_brake_gives_the_commanded_force_at_any_speed(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 18.0);
    double demand = 1.1 * rig.model.total_mass;
    rig.command.brake = demand;
    rig_run(&rig, 1.0);
    int handed_over = 0;
    while (rig.state.vx > 0.1) {
        rig_run(&rig, 1e-3);
        double motors = -rig.state.drive_force, friction = rig.state.brake_force;
        expect_near("motors and friction together", motors + friction, demand, 0.02 * demand);
        handed_over |= friction > 0.8 * demand;
    }
    expect_near("friction brake has taken over near standstill", handed_over, 1.0, 0.0);
}

static void nothing_brakes_before_the_dead_time_is_over(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 15.0);
    rig.command.emergency = 1;
    rig_run(&rig, 0.149);
    expect_near("force before 0.15 s", rig.state.brake_force, 0.0, 0.0);
    rig_run(&rig, 0.001 + 0.175);
    double full = rig.model.emergency_force;
    expect_near("force half way up", rig.state.brake_force, 0.5 * full, 0.01 * full);
    rig_run(&rig, 0.175);
    expect_near("full force", rig.state.brake_force, full, 0.01 * full);
}

static void an_emergency_brake_beats_every_drive(void **unused)
{
    (void)unused;
    for (int kind = 0; kind < 3; kind++) {
        train_at(LOAD_AW2, 10.0);
        rig.command.hold_speed_on = kind == 0;
        rig.command.hold_speed = 10.0;
        rig.command.torque_on = kind == 1;
        rig.command.traction = 57e3;
        for (int a = 0; a < 6; a++) rig.command.drive_torque[a] = 4000.0;
        rig_run(&rig, 1.0);
        rig.command.emergency = 1;
        expect_at_most("stopping distance from 10 m/s", stopping_distance(), 22.0);
    }
}

/* Wheels that are locked and pushed askew, even all but sideways, hold against their own sliding: the force of each points
   back along its contact's velocity. */
static void a_locked_wheel_is_pushed_straight_back(void **unused)
{
    (void)unused;
    for (int k = 0; k < 3; k++) {
        double angle = (double[]){0.9, 1.3, 1.5}[k];
        fixture_art3(&rig.vehicle);
        rig_build(&rig, LOAD_AW2, 1e-3, 0.0);
        train_state_move(&rig.model, 12.0 * cos(angle), 12.0 * sin(angle), 0.0, &rig.state);
        rig.command.emergency = 1;
        for (int w = 0; w < 12; w++) rig.environment.friction[w] = 0.1, rig.state.spin[w] = 0.0;
        rig.model.anti_lock = rig.model.anti_slip = 0;
        rig.state.brake_force = rig.vehicle.brake.force_max;
        rig_run(&rig, 0.4);
        for (int w = 0; w < 12; w++) {
            int i = rig.model.wheel_module[w];
            double along = rig.output.module_vx[i], aside = rig.output.module_vy[i];
            expect_near("spin of a locked wheel", rig.state.spin[w], 0.0, 0.0);
            double off = atan2(-rig.output.wheel_fy[w], -rig.output.wheel_fx[w]) - atan2(aside, along);
            expect_near("angle between force and sliding, rad", off, 0.0, 0.003);
        }
    }
}

static void a_locked_wheel_stays_locked_and_slides(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.brake.anti_lock = 0;
    rig_build(&rig, LOAD_AW2, 1e-3, 12.0);
    for (int w = 0; w < 12; w++) rig.environment.friction[w] = 0.15;
    rig.command.emergency = 1;
    rig_run(&rig, 2.0);
    double before = rig.state.vx;
    for (int t = 0; t < 2000; t++) {
        rig_run(&rig, 1e-3);
        for (int w = 0; w < 12; w++) expect_near("spin of a locked wheel", rig.state.spin[w], 0.0, 0.0);
    }
    double rate = (before - rig.state.vx) / 2.0;
    expect_at_most("sliding deceleration over mu g", rate / (0.15 * ART_GRAVITY), 1.06);
    expect_at_most("half of mu g over sliding deceleration", 0.5 * 0.15 * ART_GRAVITY / rate, 1.0);
}

static void brakes_never_turn_a_wheel_backwards(void **unused)
{
    (void)unused;
    train_at(LOAD_AW1, 6.0);
    rig.command.emergency = 1;
    for (int t = 0; t < 6000; t++) {
        rig_run(&rig, 1e-3);
        for (int w = 0; w < 12; w++) expect_at_most("minus spin", -rig.state.spin[w], 0.0);
    }
    expect_near("speed at the end", rig.state.vx, 0.0, 1e-6);
}

/* On a grade rising along x, parking brake applied. */
static void stand_on(double grade, LoadCase load)
{
    train_at(load, 0.0);
    double pull = -ART_GRAVITY * grade / sqrt(1.0 + grade * grade);
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = pull;
    rig.command.parking = 1;
    rig.state.parking_force = rig.model.parking_force;
}

static void train_stands_on_twelve_percent_without_creep(void **unused)
{
    (void)unused;
    stand_on(0.12, LOAD_AW3);
    double start = rig.state.x;
    rig_run(&rig, 10.0);
    double settled = rig.state.x;
    /* each tyre is a spring C_x/sigma_x in series with nothing else */
    double spring = 12.0 * 619.2e3 / 0.822, pull = 51e3 * ART_GRAVITY * 0.12 / sqrt(1.0 + 0.12 * 0.12);
    expect_near("static give of the tyres", start - settled, pull / spring, 0.03 * pull / spring);
    rig_run(&rig, 240.0);
    expect_near("creep in four minutes", rig.state.x - settled, 0.0, 1e-6);
    for (int w = 0; w < 12; w++) expect_near("spin", rig.state.spin[w], 0.0, 0.0);
}

static void service_brake_holds_a_grade_after_a_stop_on_it(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 5.0);
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = -0.05 * ART_GRAVITY;
    rig.command.brake = 1.4 * rig.model.total_mass;
    rig_run(&rig, 15.0);
    double settled = rig.state.x;
    rig_run(&rig, 120.0);
    expect_near("creep in two minutes", rig.state.x - settled, 0.0, 1e-6);
}

static void parking_brake_slides_where_it_is_too_steep(void **unused)
{
    (void)unused;
    stand_on(0.17, LOAD_AW3);
    rig_run(&rig, 10.0);
    expect_near("speed on 17 %", rig.state.vx, 0.0, 1e-9);
    stand_on(0.20, LOAD_AW3);
    rig_run(&rig, 10.0);
    expect_at_most("speed after 10 s on 20 %", rig.state.vx, -0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emergency_distance_is_dead_time_ramp_and_constant_rate),
        cmocka_unit_test(hazard_braking_distances_are_met_at_every_load),
        cmocka_unit_test(service_brake_gives_the_commanded_force_at_any_speed),
        cmocka_unit_test(nothing_brakes_before_the_dead_time_is_over),
        cmocka_unit_test(an_emergency_brake_beats_every_drive),
        cmocka_unit_test(a_locked_wheel_stays_locked_and_slides),
        cmocka_unit_test(a_locked_wheel_is_pushed_straight_back),
        cmocka_unit_test(brakes_never_turn_a_wheel_backwards),
        cmocka_unit_test(train_stands_on_twelve_percent_without_creep),
        cmocka_unit_test(service_brake_holds_a_grade_after_a_stop_on_it),
        cmocka_unit_test(parking_brake_slides_where_it_is_too_steep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
