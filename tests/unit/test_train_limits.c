/* Where the plant's models meet their ends: wheels that stop sliding, trains that run backwards, short steps, hinges that
   carry a module, motors whose force slip control takes away. */
#include "tests/unit/tyre_fixture.h"

static Rig rig;

/* 10 m/s on little grip, wheels locked: as the sliding ends the carcasses hold no more than the force that braked. */
static void locked_wheels_do_not_throw_a_train_back(void **unused)
{
    (void)unused;
    static const int32_t kinds[] = {TYRE_MAGIC_FORMULA, TYRE_BRUSH};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        memset(&rig, 0, sizeof rig);
        fixture_art3(&rig.vehicle);
        rig.vehicle.brake.anti_lock = 0;
        rig.vehicle.tyres[0].model = kinds[k];
        rig_build(&rig, LOAD_AW2, 1e-3, 10.0);
        for (int w = 0; w < 12; w++) rig.environment.friction[w] = 0.3;
        rig.command.emergency = 1;
        while (rig.state.vx > 0.5) rig_run(&rig, 1e-3);
        double force = -rig.state.account.tyres, stiffness = 0.0; /* of the way from 0.5 to 0.4 m/s */
        double from = rig.state.x;
        while (rig.state.vx > 0.4) rig_run(&rig, 1e-3);
        force = (force + rig.state.account.tyres) / (rig.state.x - from);
        for (int w = 0; w < 12; w++) {
            double slope_x, slope_y;
            tyre_models[kinds[k]]->stiffness(&rig.model.tyre_coefficients[0], rig.model.wheel_load[w], &slope_x, &slope_y);
            stiffness += slope_x / rig.model.relaxation_x[w];
        }
        double most = rig.state.x, back = 0.0;
        for (int t = 0; t < 3000; t++) {
            rig_run(&rig, 1e-3);
            most = fmax(most, rig.state.x);
            back = fmin(back, rig.state.vx);
        }
        /* the speed that the carcasses can give back, were they springs without damping; twice that, for their stiffness
           falls towards the limit of friction */
        double bound = force / sqrt(stiffness * rig.model.total_mass);
        print_message("%s: %.0f N, back at %.3f m/s (spring %.3f), by %.1f cm, %.1e m/s after 3 s\n",
                      tyre_model_names[kinds[k]], force, -back, bound, 100.0 * (most - rig.state.x), rig.state.vx);
        expect_at_most("speed back, m/s", -back, 2.0 * bound);
        expect_near("speed 3 s later, m/s", rig.state.vx, 0.0, 1e-3);
    }
}

static void brush_tells_driving_from_braking_in_either_direction(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    expect_at_most("100 N over what the direction makes", 100.0 / expect_turned_round(&tyre), 1.0);
    tyre = default_tyre(TYRE_MAGIC_FORMULA);
    expect_near("N that the direction makes, of a curve that is the same on both sides", expect_turned_round(&tyre), 0.0, 1e-6);
}

/* Half of a step of the steer angle is there after the delay, whatever the step of time. */
static void a_delay_lasts_as_long_at_every_step(void **unused)
{
    (void)unused;
    static const double steps[] = {1e-3, 5e-4, 2e-4, 1e-4};
    for (size_t k = 0; k < 4; k++) {
        memset(&rig, 0, sizeof rig);
        fixture_art3(&rig.vehicle);
        for (int a = 0; a < 6; a++) {
            rig.vehicle.axles[a].steer_frequency = 0.0;
            rig.vehicle.axles[a].steer_rate = 1e4;
            rig.vehicle.axles[a].steer_delay = 0.25;
        }
        rig_build(&rig, LOAD_AW2, steps[k], 0.0);
        rig_run(&rig, 0.1);
        rig.command.steer[0] = 0.1;
        double begun = rig.state.tick * steps[k];
        while (rig.state.steer[0] < 0.05 && rig.state.tick * steps[k] < 1.0) rig_run(&rig, steps[k]);
        expect_near("delay, s", rig.state.tick * steps[k] - begun, 0.25, 1.5e-3);
    }
}

/* The middle module hangs between two hinges above its CG on a cant: a pendulum in roll with the hinges' springs. */
static void a_module_that_hangs_from_its_hinges_rolls_as_a_pendulum(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    Vehicle *vehicle = &rig.vehicle;
    for (int a = 2; a < 4; a++) vehicle->axles[a] = vehicle->axles[a + 2];
    vehicle->axle_count = 4;
    for (int i = 0; i < 3; i++) vehicle->modules[i].mass_empty = vehicle->modules[i].mass_laden = 10e3;
    for (int h = 0; h < 2; h++) {
        vehicle->hinges[h].height = 2.5;
        vehicle->hinges[h].roll_stiffness = 1e5;
    }
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    double cant = 0.07, g = ART_GRAVITY, mean[3] = {0.0};
    rig.command.parking = 1;
    rig.state.parking_force = rig.model.parking_force;
    for (int i = 0; i < 3; i++) {
        rig.environment.slope_y[i] = -g * sin(cant);
        rig.environment.press_loss[i] = g * (1.0 - cos(cant));
    }
    rig_run(&rig, 5.0);
    for (int t = 0; t < 60000; t++) {
        rig_run(&rig, 1e-3);
        for (int i = 0; i < 3; i++) mean[i] += rig.state.roll[i] / 60000.0;
    }
    /* it turns about the hinges: m g (z_cg - z_h) (sin c + cos c phi) + 2 k (phi_1 - phi) = 0, phi_1 = phi_3 */
    double over = rig.model.mass[1] * g * (rig.model.cg_height[1] - 2.5), k = 2e5;
    double expected = (over * sin(cant) + k * 0.5 * (mean[0] + mean[2])) / (k - over * cos(cant));
    print_message("hanging module: roll %.4f, closed form %.4f\n", mean[1], expected);
    expect_near("mean roll, rad", mean[1], expected, 0.05 * fabs(expected));
}

/* Slip control, which reads the wheels no more, takes a twentieth of every axle's torque away: friction fills what the motors
   then lack. */
static void friction_fills_what_slip_control_takes_from_the_motors(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, LOAD_AW2, 1e-3, 15.0);
    rig.model.slip_ticks = 1000000;
    rig.state.tick = 1;
    for (int a = 0; a < 6; a++) rig.state.slip_control.cut[a] = 0.05;
    rig.command.brake = 65e3;
    rig_run(&rig, 2.5);
    expect_at_most("N of the motors", rig.state.drive_force, -20e3);
    expect_near("N of friction", rig.state.brake_force, 65e3 + 0.95 * rig.state.drive_force, 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locked_wheels_do_not_throw_a_train_back),
        cmocka_unit_test(brush_tells_driving_from_braking_in_either_direction),
        cmocka_unit_test(a_delay_lasts_as_long_at_every_step),
        cmocka_unit_test(a_module_that_hangs_from_its_hinges_rolls_as_a_pendulum),
        cmocka_unit_test(friction_fills_what_slip_control_takes_from_the_motors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
