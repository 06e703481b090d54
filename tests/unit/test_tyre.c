/* Tyre models: limits, load laws, symmetry, the constants of the reference set. */
#include "tests/unit/tyre_fixture.h"

static void tyre_force_saturates_at_the_friction_limit(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    for (int i = -40; i <= 40; i++) {
        for (int j = -40; j <= 40; j++) {
            one_wheel(&tyre, 0.05 * i, 0.05 * j, 41.7e3, 0.6);
            double force = hypot(contacts.fx[0], contacts.fy[0]);
            expect_at_most("force in N at mu Fz", force, 0.6 * 41.7e3 * (1.0 + 1e-9));
            expect_at_most("share of the friction", contacts.use[0], 1.0 + 1e-12);
        }
    }
    double largest = 0.0;
    for (int i = 0; i < 4000; i++) {
        one_wheel(&tyre, 0.0, 1e-4 * i, 41.7e3, 0.6);
        largest = fmax(largest, -contacts.fy[0]);
    }
    expect_near("largest side force", largest, 0.6 * 41.7e3, 1e-4 * 41.7e3);
    one_wheel(&tyre, -1.0, 0.0, 41.7e3, 0.6);
    expect_near("use of a locked wheel", contacts.use[0], 1.0, 0.0);
    expect_at_most("brake force of a locked wheel over the limit", -contacts.fx[0] / (0.6 * 41.7e3), 0.95);
}

static void small_slips_give_the_stated_stiffness(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    one_wheel(&tyre, 0.0, 1e-5, tyre.nominal_load, 0.8);
    expect_near("side force over slip", -contacts.fy[0] / 1e-5, 236.1e3, 236.1);
    one_wheel(&tyre, 1e-5, 0.0, tyre.nominal_load, 0.8);
    expect_near("drive force over slip", contacts.fx[0] / 1e-5, 619.2e3, 619.2);
    one_wheel(&tyre, 0.0, 0.0, tyre.nominal_load, 0.8);
    expect_near("secant at no slip", contacts.slope_y[0], 236.1e3, 1e-5 * 236.1e3);
    expect_near("grip at no slip", contacts.grip_x[0], 1.0, 1e-5);
    expect_near("force at no slip", contacts.fy[0], 0.0, 0.0);
}

static void stiffness_follows_the_load_by_the_double_arctangent(void **unused)
{
    (void)unused;
    /* the reference set: 198.1805 kN/rad at 35 kN, PKY1 -10.289, PKY2 3.3343 */
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    tyre.nominal_load = 35e3;
    tyre.cornering_stiffness = 10.289 * 35e3 * sin(2.0 * atan(1.0 / 3.3343));
    expect_near("stiffness of the reference set", tyre.cornering_stiffness, 198.1805e3, 1.0);
    TyreCoefficients coefficients;
    tyre_magic_formula.prepare(&tyre, &coefficients);
    for (double load = 2e3; load < 150e3; load *= 1.3) {
        double slope_x, slope_y, expected = 10.289 * 35e3 * sin(2.0 * atan(load / (3.3343 * 35e3)));
        tyre_magic_formula.stiffness(&coefficients, load, &slope_x, &slope_y);
        expect_near("stiffness", slope_y, expected, 1e-9 * expected);
        one_wheel(&tyre, 0.0, 1e-5, load, 1.0);
        expect_near("measured stiffness", -contacts.fy[0] / 1e-5, expected, 1e-3 * expected);
    }
}

static void friction_falls_with_load(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    for (double relative = 0.25; relative <= 2.0; relative *= 2.0) {
        double largest = 0.0, load = relative * tyre.nominal_load;
        for (int i = 0; i < 6000; i++) {
            one_wheel(&tyre, 0.0, 1e-4 * i, load, 0.8);
            largest = fmax(largest, -contacts.fy[0]);
        }
        expect_near("mu", largest / load, 0.8 * (1.0 - 0.1 * (relative - 1.0)), 1e-4);
    }
}

static void force_is_odd_in_slip_bit_by_bit(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    for (int i = 0; i < 200; i++) {
        double x = 0.3 * sin(1.0 * i), y = 0.2 * sin(2.3 * i);
        one_wheel(&tyre, x, y, 30e3, 0.7);
        double fx = contacts.fx[0], fy = contacts.fy[0], mz = contacts.mz[0];
        one_wheel(&tyre, -x, -y, 30e3, 0.7);
        assert_true(fx == -contacts.fx[0] && fy == -contacts.fy[0] && mz == -contacts.mz[0]);
    }
}

static void a_sliding_wheel_is_pushed_against_its_velocity(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    for (double angle = 0.1; angle < 1.5; angle += 0.2) {
        /* locked: sliding velocity along (cos, sin), slips in the ratio of its parts */
        one_wheel(&tyre, -1.0, tan(angle), 41.7e3, 0.3);
        double direction = atan2(-contacts.fy[0], -contacts.fx[0]);
        expect_near("direction of the force, rad", direction, angle, 0.03);
    }
}

static void no_friction_gives_no_force_and_no_load_gives_no_force(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    one_wheel(&tyre, 0.1, -0.2, 41.7e3, 0.0);
    expect_near("fx on frictionless ice", contacts.fx[0], 0.0, 1e-25);
    expect_near("fy on frictionless ice", contacts.fy[0], 0.0, 1e-25);
    one_wheel(&tyre, 0.1, -0.2, 0.0, 0.8);
    expect_near("fx of a lifted wheel", contacts.fx[0], 0.0, 1e-25);
    expect_near("fy of a lifted wheel", contacts.fy[0], 0.0, 1e-25);
}

static void curve_is_the_magic_formula(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    double mu_fz = 0.8 * 41.7e3;
    for (double slip = 0.001; slip < 1.0; slip *= 1.2) {
        double b = 236.1e3 / (1.5874 * mu_fz) * slip;
        double expected = mu_fz * sin(1.5874 * atan(b - 0.37562 * (b - atan(b))));
        one_wheel(&tyre, 0.0, slip, 41.7e3, 0.8);
        expect_near("side force", -contacts.fy[0], expected, 1e-5 * mu_fz);
    }
}

static void aligning_moment_vanishes_at_the_peak(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    one_wheel(&tyre, 0.0, 1e-4, 41.7e3, 0.8);
    expect_near("trail at small slip", -contacts.mz[0] / contacts.fy[0], 0.06, 1e-4);
    one_wheel(&tyre, 0.0, 0.6, 41.7e3, 0.8);
    expect_near("moment past the peak", contacts.mz[0], 0.0, 0.0);
}

static void linear_tyre_is_linear_and_says_when_it_is_beyond_the_limit(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    tyre.model = TYRE_LINEAR;
    one_wheel(&tyre, 0.01, 0.5, 20e3, 0.8);
    expect_near("side force", contacts.fy[0], -0.5 * 236.1e3, 1e-6);
    expect_near("drive force", contacts.fx[0], 0.01 * 619.2e3, 1e-6);
    expect_near("use", contacts.use[0], hypot(0.5 * 236.1, 6.192) / 16.0, 1e-6);
}

static void wheels_of_a_group_do_not_depend_on_their_place(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_MAGIC_FORMULA);
    TyreCoefficients coefficients;
    tyre_magic_formula.prepare(&tyre, &coefficients);
    double alone[7];
    for (int w = 0; w < 7; w++) {
        one_wheel(&tyre, 0.01 * w, 0.02 * w - 0.05, 20e3 + 3e3 * w, 0.8);
        alone[w] = contacts.fy[0];
    }
    for (int w = 0; w < 7; w++) {
        contacts.slip_x[w + 5] = 0.01 * w;
        contacts.slip_y[w + 5] = 0.02 * w - 0.05;
        contacts.load[w + 5] = 20e3 + 3e3 * w;
        contacts.friction[w + 5] = 0.8;
    }
    tyre_magic_formula.forces(&coefficients, 5, 7, &contacts);
    for (int w = 0; w < 7; w++) expect_near("side force", contacts.fy[w + 5], alone[w], 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tyre_force_saturates_at_the_friction_limit),
        cmocka_unit_test(small_slips_give_the_stated_stiffness),
        cmocka_unit_test(stiffness_follows_the_load_by_the_double_arctangent),
        cmocka_unit_test(friction_falls_with_load),
        cmocka_unit_test(force_is_odd_in_slip_bit_by_bit),
        cmocka_unit_test(a_sliding_wheel_is_pushed_against_its_velocity),
        cmocka_unit_test(no_friction_gives_no_force_and_no_load_gives_no_force),
        cmocka_unit_test(curve_is_the_magic_formula),
        cmocka_unit_test(aligning_moment_vanishes_at_the_peak),
        cmocka_unit_test(linear_tyre_is_linear_and_says_when_it_is_beyond_the_limit),
        cmocka_unit_test(wheels_of_a_group_do_not_depend_on_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
