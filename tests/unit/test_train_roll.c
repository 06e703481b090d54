/* Wheel loads, roll and load transfer. */
#include "tests/unit/train_fixture.h"

static Rig rig;

static void train_at(LoadCase load, double speed)
{
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig_build(&rig, load, 1e-3, speed);
}

static double module_load(int module)
{
    double sum = 0.0;
    for (int w = 4 * module; w < 4 * module + 4; w++) sum += rig.output.wheel_fz[w];
    return sum;
}

static void wheel_loads_keep_their_sum_and_their_sign_in_a_wild_drive(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 19.0);
    for (int t = 0; t < 8000; t++) {
        double angle = 0.12 * sin(0.004 * t);
        for (int a = 0; a < 6; a++) rig.command.steer[a] = a < 2 ? angle : -angle;
        rig.command.emergency = t > 5000;
        rig_run(&rig, 1e-3);
        for (int i = 0; i < 3; i++) {
            double weight = 17e3 * ART_GRAVITY;
            expect_near("sum of a module's wheel loads", module_load(i), weight, 1e-9 * weight);
        }
        for (int w = 0; w < 12; w++) expect_at_most("minus wheel load", -rig.output.wheel_fz[w], 0.0);
    }
}

static void a_lifted_wheel_leaves_its_load_to_the_others(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 0.0);
    rig.state.roll_moment[2] = 3.0 * 17e3 * ART_GRAVITY; /* far beyond half the track times the weight */
    rig_run(&rig, 1e-3);
    expect_near("left wheel", rig.output.wheel_fz[4], 0.0, 0.0);
    expect_near("sum", module_load(1), 17e3 * ART_GRAVITY, 1e-4);
}

static void static_loads_of_six_axles_are_equal(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 0.0);
    for (int a = 0; a < 6; a++) expect_near("axle load", rig.model.axle_load[a], 51e3 * ART_GRAVITY / 6.0, 1e-6);
    expect_near("AW3", rig.model.total_mass, 51e3, 1e-6);
    train_at(LOAD_AW2, 0.0);
    expect_near("AW2", rig.model.total_mass, 47.2e3, 100.0);
    train_at(LOAD_AW1, 0.0);
    expect_near("AW1", rig.model.total_mass, 35.6e3, 20.0);
    train_at(LOAD_AW0, 0.0);
    expect_near("AW0", rig.model.total_mass, 32.6e3, 1e-6);
}

static void axle_loads_follow_the_lever_rule(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 0.0);
    rig.vehicle.axles[0].x = 2.0;
    train_model_build(&rig.vehicle, LOAD_AW3, 1e-3, &rig.model);
    double weight = 17e3 * ART_GRAVITY;
    expect_near("front axle", rig.model.axle_load[0], weight * 3.0 / 5.0, 1e-6);
    expect_near("rear axle", rig.model.axle_load[1], weight * 2.0 / 5.0, 1e-6);
}

/* Stands across a slope of the given lateral pull, m/s2, until it rests. */
static void lean(double pull)
{
    train_at(LOAD_AW3, 0.0);
    for (int i = 0; i < 3; i++) rig.environment.slope_y[i] = pull;
    rig.command.parking = 1;
    rig_run(&rig, 30.0);
}

static void roll_angle_is_moment_over_stiffness_less_gravity(void **unused)
{
    (void)unused;
    double pull = -0.8; /* pulls to the right, as turning left does */
    lean(pull);
    double mass = 17e3, sprung = 0.85 * mass, wheels = 0.15 * mass * 0.49;
    double lever = (mass * 1.35 - wheels) / sprung - 0.45;
    double roll = sprung * lever * -pull / (1.6e6 - sprung * ART_GRAVITY * lever);
    double moment = 1.6e6 * roll + 0.45 * sprung * -pull + wheels * -pull;
    double whole = mass * 1.35 * -pull + sprung * ART_GRAVITY * lever * roll;
    expect_near("moment by another way", moment, whole, 1e-6 * moment);
    for (int i = 0; i < 3; i++) expect_near("roll angle", rig.state.roll[i], roll, 1e-4 * roll);
    for (int a = 0; a < 6; a++) {
        double shift = 0.5 * (rig.output.wheel_fz[2 * a + 1] - rig.output.wheel_fz[2 * a]);
        expect_near("load transfer of an axle", shift, 0.5 * moment / 2.1, 1e-3 * moment);
    }
}

static void roll_swings_at_its_natural_frequency_with_its_damping(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    for (int i = 0; i < 3; i++) rig.vehicle.modules[i].roll_damping = 1e4;
    rig_build(&rig, LOAD_AW3, 1e-3, 0.0);
    rig.command.parking = 1;
    for (int i = 0; i < 3; i++) rig.state.roll[i] = 0.01;
    double sprung = 0.85 * 17e3, lever = (17e3 * 1.35 - 0.15 * 17e3 * 0.49) / sprung - 0.45;
    double w = sqrt((1.6e6 - sprung * ART_GRAVITY * lever) / 25e3), zeta = 1e4 / (2.0 * w * 25e3);
    double period = 2.0 * ART_PI / (w * sqrt(1.0 - zeta * zeta));
    int crossings = 0, first = 0, last = 0;
    for (int t = 0; t < 5000; t++) {
        double before = rig.state.roll[0];
        rig_run(&rig, 1e-3);
        if (before > 0.0 && rig.state.roll[0] <= 0.0) {
            if (crossings++ == 0) first = t;
            last = t;
        }
    }
    expect_near("period", (last - first) * 1e-3 / (crossings - 1), period, 0.03 * period);
}

static void a_roll_stiff_hinge_carries_a_module_that_would_lean_alone(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 0.0);
    rig.environment.slope_y[1] = -0.8;
    rig.command.parking = 1;
    rig_run(&rig, 30.0);
    expect_at_most("neighbour's share of the roll, minus", -rig.state.roll[0] / rig.state.roll[1], -0.3);
    double sum = 0.0, alone = 17e3 * 0.8 * 1.35;
    for (int a = 0; a < 6; a++) sum += rig.state.roll_moment[a];
    expect_at_most("roll moments together, shortfall", alone - sum, 0.0);
    expect_at_most("roll moments together over the pull's moment", sum / alone, 1.2);
}

static void braking_moves_load_forward_by_cg_height_over_wheelbase(void **unused)
{
    (void)unused;
    train_at(LOAD_AW3, 19.0);
    rig.command.emergency = 1;
    rig_run(&rig, 3.0);
    double moment = 0.0, expected = 0.0, front = 0.0, rear = 0.0;
    for (int i = 0; i < 3; i++) {
        moment += rig.state.pitch_load[i];
        expected += 17e3 * 1.35 * rig.output.module_ax[i];
    }
    /* hinge forces shift load between modules but cancel in the sum, as all hinges lie equally high */
    expect_near("longitudinal transfer of the train", moment, expected, 0.02 * fabs(expected));
    for (int w = 0; w < 2; w++) {
        front += rig.output.wheel_fz[w];
        rear += rig.output.wheel_fz[w + 2];
    }
    double transfer = -rig.state.pitch_load[0] / 6.0;
    expect_near("front axle of module 1", 0.5 * (front - rear), transfer, 0.02 * transfer);
}

static void planar_vehicle_keeps_its_static_loads(void **unused)
{
    (void)unused;
    memset(&rig, 0, sizeof rig);
    fixture_art3(&rig.vehicle);
    rig.vehicle.head.planar = 1;
    rig_build(&rig, LOAD_AW3, 1e-3, 10.0);
    for (int a = 0; a < 6; a++) rig.command.steer[a] = a % 2 == 0 ? 0.1 : -0.1;
    rig.command.emergency = 1;
    rig_run(&rig, 1.0);
    for (int w = 0; w < 12; w++) expect_near("load", rig.output.wheel_fz[w], 51e3 * ART_GRAVITY / 12.0, 1e-9 * 51e3);
    expect_near("roll", rig.state.roll[0], 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wheel_loads_keep_their_sum_and_their_sign_in_a_wild_drive),
        cmocka_unit_test(a_lifted_wheel_leaves_its_load_to_the_others),
        cmocka_unit_test(static_loads_of_six_axles_are_equal),
        cmocka_unit_test(axle_loads_follow_the_lever_rule),
        cmocka_unit_test(roll_angle_is_moment_over_stiffness_less_gravity),
        cmocka_unit_test(roll_swings_at_its_natural_frequency_with_its_damping),
        cmocka_unit_test(a_roll_stiff_hinge_carries_a_module_that_would_lean_alone),
        cmocka_unit_test(braking_moves_load_forward_by_cg_height_over_wheelbase),
        cmocka_unit_test(planar_vehicle_keeps_its_static_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
