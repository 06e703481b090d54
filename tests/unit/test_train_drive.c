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

/* From 40 to 80 km/h tyres and motors give less than is asked for: what the integral gathered meanwhile must not carry the
   train beyond. */
static void held_speed_is_reached_without_overshoot(void **unused)
{
    (void)unused;
    double most = 0.0;
    train_at(LOAD_AW2, 40.0 / 3.6);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 80.0 / 3.6;
    for (int i = 0; i < 300; i++) {
        rig_run(&rig, 0.1);
        most = fmax(most, rig.output.module_vx[0]);
    }
    expect_at_most("highest speed", most, 80.0 / 3.6 + 0.5);
    expect_near("speed at the end", rig.output.module_vx[0], 80.0 / 3.6, 0.01);
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

/* Electric power of the motors for a force and a speed at the wheels: at 57 kN and 650 kW the losses are 650 (1/0.88 - 1)
   kW, half of them by the square of the force, a tenth by speed, the rest by power. */
static double motor_power(double force, double speed)
{
    double rated = 650e3 * (1.0 / 0.88 - 1.0), power = force * speed, corner = 650e3 / 57e3;
    return power + rated * (0.5 * force * force / (57e3 * 57e3) + 0.1 * speed / corner + 0.4 * fabs(power) / 650e3);
}

static void motors_take_work_and_their_three_losses(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 10.0;
    rig_run(&rig, 10.0);
    double before = rig.state.energy;
    rig_run(&rig, 10.0);
    double force = 0.008 * rig.model.total_mass * ART_GRAVITY + 0.6 * 6.5 * 100.0;
    double expected = (motor_power(force, 10.0) + 25e3) * 10.0;
    expect_near("energy used", rig.state.energy - before, expected, 0.002 * expected);
    rig.command.hold_speed_on = 0;
    rig.command.brake = 40e3;
    rig_run(&rig, 0.6);
    double speed = 0.49 * 0.5 * (rig.state.spin[0] + rig.state.spin[10]), power = rig.output.used_power;
    expected = motor_power(-40e3, speed) + 25e3;
    expect_near("power used while regenerating", power, expected, 0.01 * fabs(expected));
}

static void the_field_is_weakest_at_two_and_a_half_times_the_corner_speed(void **unused)
{
    (void)unused;
    double corner = 650e3 / 57e3;
    const double speeds[] = {0.5 * corner, 2.0 * corner, 2.6 * corner, 3.5 * corner};
    for (int i = 0; i < 4; i++) {
        train_at(LOAD_AW2, speeds[i]);
        rig.vehicle.head.drag_area = 0.0;
        rig_build(&rig, LOAD_AW2, 1e-3, speeds[i]);
        rig.command.traction = 1e9;
        rig_run(&rig, 0.5);
        double rim = rig.state.spin[0] * 0.49, weak = 2.5 * corner;
        double expected = rim < corner ? 57e3 : rim < weak ? 650e3 / rim : 650e3 * weak / (rim * rim);
        double driven = rig_axle_fx(&rig, 0) + rig_axle_fx(&rig, 5);
        double spinning = 2.0 * 14.0 / (0.49 * 0.49) * 2.0 * (expected / rig.model.total_mass);
        double rolling = 0.008 * (rig.output.wheel_fz[0] * 2.0 + rig.output.wheel_fz[10] * 2.0);
        expect_near("force on the road", driven, expected - rolling - spinning, 0.01 * expected);
    }
}

static void warm_motors_give_their_continuous_power(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 15.0);
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = -0.075 * ART_GRAVITY; /* takes more than the peak */
    rig.command.traction = 1e9;
    rig_run(&rig, 5.0);
    double rim = rig.state.spin[0] * 0.49;
    expect_near("force when cool", rig.state.drive_force, fmin(57e3, 650e3 / rim), 600.0);
    /* the load squared runs towards (650/455)^2 with 600 s; from 0.9 on the peak goes */
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = 0.0;
    rig.state.motor_heat = 1.0;
    rig.command.traction = 1e9;
    rig_run(&rig, 1.0);
    rim = rig.state.spin[0] * 0.49;
    expect_near("force when warm", rig.state.drive_force, fmin(0.7 * 57e3, 455e3 / rim), 600.0);
}

static void full_power_warms_the_motors_as_a_first_order_lag(void **unused)
{
    (void)unused;
    train_at(LOAD_AW2, 10.0);
    rig.command.hold_speed_on = 1;
    rig.command.hold_speed = 10.0;
    for (int i = 0; i < 3; i++) rig.environment.slope_x[i] = -0.08 * ART_GRAVITY;
    rig_run(&rig, 10.0);
    double from = rig.state.motor_heat, load = rig.state.drive_force / (0.7 * 57e3);
    rig_run(&rig, 60.0);
    double expected = load * load + (from - load * load) * exp(-0.1);
    expect_near("motor heat", rig.state.motor_heat, expected, 0.005 * expected);
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
        cmocka_unit_test(held_speed_is_reached_without_overshoot),
        cmocka_unit_test(either_cab_drives_alike),
        cmocka_unit_test(motors_take_work_and_their_three_losses),
        cmocka_unit_test(the_field_is_weakest_at_two_and_a_half_times_the_corner_speed),
        cmocka_unit_test(warm_motors_give_their_continuous_power),
        cmocka_unit_test(full_power_warms_the_motors_as_a_first_order_lag),
        cmocka_unit_test(axle_torques_of_a_profile_reach_their_wheels_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
