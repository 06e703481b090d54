/* Traction, regeneration, held speed, energy. */
#include "tests/unit/train_fixture.h"

static Rig rig;

static void train_at(LoadCase load, double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, load, 1e-3, speed);
}

static double time_to(double speed)
{
    int ticks = 0;
    for (; ticks < 120000 && rig.state.vx < speed; ticks++) rig_run(&rig, 1e-3);
    return ticks * 1e-3;
}

static void performance_floor_is_met_at_aw2(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 0.0);
    rig.command.traction = 1e9;
    double to_40 = time_to(40.0 / 3.6);
    expect_at_most("1.0 m/s2 over the mean acceleration to 40 km/h", 1.0 / (40.0 / 3.6 / to_40), 1.0);
    double to_70 = to_40 + time_to(70.0 / 3.6);
    expect_at_most("0.7 m/s2 over the mean acceleration to 70 km/h", 0.7 / (70.0 / 3.6 / to_70), 1.0);
}

static void acceleration_is_force_less_resistance_over_mass(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 3.0);
    rig.command.traction = 30e3;
    rig_run(&rig, 1.0);
    double before = rig.state.vx;
    rig_run(&rig, 2.0);
    double mean_speed = 0.5 * (before + rig.state.vx);
    double moving = rig.model.total_mass + 12.0 * 14.0 / (0.49 * 0.49);
    double resistance = 0.008 * rig.model.total_mass * ART_GRAVITY + 0.6 * 6.5 * mean_speed * mean_speed;
    double expected = (30e3 - resistance) / moving;
    expect_near("acceleration", (rig.state.vx - before) / 2.0, expected, 0.003 * expected);
}

static void power_limits_the_force_above_the_corner_speed(void **unused)
{
    (void)unused;
    for (double speed = 5.0; speed < 25.0; speed += 2.5) {
        train_at(LOAD_AW2, speed);
        rig.command.traction = 1e9;
        rig_run(&rig, 0.6);
        double rim = 0.49 * 0.25 * (rig.state.spin[0] + rig.state.spin[1] + rig.state.spin[10] + rig.state.spin[11]);
        double expected = fmin(57e3, 650e3 / rim);
        expect_near("force", rig.state.drive_force, expected, 0.01 * expected);
    }
}

static void torque_rises_with_its_time_constant(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 5.0);
    rig.command.traction = 40e3;
    rig_run(&rig, 0.06);
    expect_near("force after one time constant", rig.state.drive_force, 40e3 * (1.0 - exp(-1.0)), 400.0);
}

static void regeneration_fades_below_five_km_h_and_never_pushes_backwards(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 2.5 / 3.6);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 2.5 / 3.6;
    rig_run(&rig, 2.0);
    rig.command.hold_speed_on = 0;
    rig.command.brake = 40e3;
    rig_run(&rig, 0.14); /* friction still waits */
    double rim = 0.49 * 0.5 * (rig.state.spin[0] + rig.state.spin[10]);
    expect_near("regenerated force", -rig.state.drive_force, 40e3 * rim / (5.0 / 3.6), 0.2 * 40e3 * 0.5);
    rig_run(&rig, 10.0);
    expect_near("force at standstill", rig.state.drive_force, 0.0, 1.0);
    expect_near("speed at the end", rig.state.vx, 0.0, 1e-9);
}

static void held_speed_is_held_uphill(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 10.0);
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = -0.05 * ART_GRAVITY;
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 10.0;
    rig_run(&rig, 20.0);
    expect_near("speed", rig.output.module_vx[0], 10.0, 1e-6);
}

static void either_cab_drives_alike(void **unused)
{
    (void)unused;
    double x[2];
    for (int k = 0; k < 2; k++) {
        train_at(LOAD_AW2, 0.0);
        rig.command.direction = k == 0 ? 1 : -1;
        rig.command.traction = 50e3;
        double start = rig.state.x;
        rig_run(&rig, 10.0);
        rig.command.brake = 50e3;
        rig_run(&rig, 20.0);
        x[k] = rig.state.x - start;
    }
    expect_near("way towards cab B", x[1], -x[0], 1e-9);
    expect_at_most("at least 40 m, shortfall", 40.0 - x[0], 0.0);
}

static void battery_gives_work_over_efficiency_and_auxiliaries(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 10.0;
    rig_run(&rig, 10.0);
    double before = rig.state.energy, from = rig.state.x;
    rig_run(&rig, 10.0);
    double way = rig.state.x - from;
    double resistance = 0.008 * rig.model.total_mass * ART_GRAVITY + 0.6 * 6.5 * 100.0;
    double expected = resistance * way / 0.88 + 25e3 * 10.0;
    expect_near("energy drawn", rig.state.energy - before, expected, 0.005 * expected);
    rig.command.hold_speed_on = 0;
    rig.command.brake = 40e3;
    rig_run(&rig, 0.5);
    before = rig.state.energy;
    rig_run(&rig, 2.0);
    expect_at_most("energy drawn while regenerating", rig.state.energy - before, -1e5);
}

static void axle_torques_of_a_profile_reach_their_wheels_alone(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    rig.command.torque_on = 1;
    rig.command.drive_torque[2] = 8000.0;
    rig.command.brake_torque[4] = 6000.0;
    rig_run(&rig, 3.0);
    double rolling = 0.008 * rig.output.wheel_fz[4];
    expect_near("force of axle 3", rig_axle_fx(&rig, 2), 8000.0 / 0.49 - 2.0 * rolling, 250.0);
    rolling = 0.008 * rig.output.wheel_fz[8];
    expect_near("force of axle 5", rig_axle_fx(&rig, 4), -6000.0 / 0.49 - 2.0 * rolling, 250.0);
    expect_near("force of axle 1", rig_axle_fx(&rig, 0), -0.016 * rig.output.wheel_fz[0], 250.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(performance_floor_is_met_at_aw2),
        cmocka_unit_test(acceleration_is_force_less_resistance_over_mass),
        cmocka_unit_test(power_limits_the_force_above_the_corner_speed),
        cmocka_unit_test(torque_rises_with_its_time_constant),
        cmocka_unit_test(regeneration_fades_below_five_km_h_and_never_pushes_backwards),
        cmocka_unit_test(held_speed_is_held_uphill),
        cmocka_unit_test(either_cab_drives_alike),
        cmocka_unit_test(battery_gives_work_over_efficiency_and_auxiliaries),
        cmocka_unit_test(axle_torques_of_a_profile_reach_their_wheels_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
