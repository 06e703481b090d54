/* The brush tyre against its bristles one by one, and against Fiala's curve. */
#include "tests/unit/tyre_fixture.h"

static void side_force_is_the_curve_of_fiala(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    double c = 236.1e3, fz = 41.7e3, mu = 0.8;
    for (double t = 0.0; t < 1.0; t += 0.013) {
        double most = mu * fz,
               expected = c * t - c * c * t * t / (3.0 * most) + c * c * c * t * t * t / (27.0 * most * most);
        if (c * t > 3.0 * most) expected = most;
        one_wheel(&tyre, 0.0, t, fz, mu);
        expect_near("side force, N", -contacts.fy[0], expected, 1e-9 * fz);
    }
}

typedef struct Sum {
    double fx, fy, mz;
} Sum;

/* 20,000 bristles over the contact, front to rear: each is carried along until its pull reaches the friction, then slides
   and is pushed against the sliding velocity. Pressure is parabolic; stiffness so that all adhering give C times slip. */
static Sum bristles(double cx, double cy, double trail, double kappa, double tan_alpha, double available)
{
    enum { COUNT = 20000 };
    double sx = kappa / (1.0 + kappa), sy = tan_alpha / (1.0 + kappa), slip = hypot(sx, sy), half_length = 3.0 * trail;
    Sum sum = {0.0, 0.0, 0.0};
    int slides = 0;
    for (int i = 0; i < COUNT; i++) {
        double u = (i + 0.5) / COUNT; /* from the front edge, of the whole length */
        double pull_x = 2.0 * cx * sx * u, pull_y = 2.0 * cy * sy * u, hold = 6.0 * available * u * (1.0 - u);
        slides = slides || hypot(pull_x, pull_y) > hold;
        double fx = slides ? hold * sx / slip : pull_x, fy = -(slides ? hold * sy / slip : pull_y);
        sum.fx += fx / COUNT;
        sum.fy += fy / COUNT;
        sum.mz += fy * half_length * (1.0 - 2.0 * u) / COUNT;
    }
    return sum;
}

static void combined_forces_and_moment_are_those_of_the_bristles(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    const double kappas[] = {-0.6, -0.1, -0.03, 0.0, 0.02, 0.08, 0.5}, slopes[] = {-0.4, -0.08, 0.0, 0.03, 0.1, 0.7};
    for (int i = 0; i < 7; i++) {
        for (int j = 0; j < 6; j++) {
            if (kappas[i] == 0.0 && slopes[j] == 0.0) continue;
            for (double mu = 0.2; mu < 1.1; mu += 0.4) {
                Sum sum = bristles(619.2e3, 236.1e3, 0.06, kappas[i], slopes[j], mu * 41.7e3);
                one_wheel(&tyre, kappas[i], slopes[j], 41.7e3, mu);
                expect_near("Fx, N", contacts.fx[0], sum.fx, 3e-4 * 41.7e3);
                expect_near("Fy, N", contacts.fy[0], sum.fy, 3e-4 * 41.7e3);
                expect_near("Mz, Nm", contacts.mz[0], sum.mz, 1e-4 * 41.7e3);
            }
        }
    }
}

static void friction_bounds_the_force_and_a_locked_wheel_is_pushed_back(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    for (int i = -20; i <= 20; i++) {
        for (int j = -20; j <= 20; j++) {
            one_wheel(&tyre, 0.1 * i, 0.1 * j, 41.7e3, 0.6);
            expect_at_most("force, N", hypot(contacts.fx[0], contacts.fy[0]), 0.6 * 41.7e3 * (1.0 + 1e-12));
        }
    }
    for (double angle = 0.1; angle < 1.5; angle += 0.2) {
        one_wheel(&tyre, -1.0, tan(angle), 41.7e3, 0.3);
        expect_near("direction of the force, rad", atan2(-contacts.fy[0], -contacts.fx[0]), angle, 1e-12);
        expect_near("size of the force, N", hypot(contacts.fx[0], contacts.fy[0]), 0.3 * 41.7e3, 1e-8);
    }
}

static void small_slips_small_loads_and_grips_are_continuous(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    one_wheel(&tyre, 0.0, 0.0, 41.7e3, 0.8);
    expect_near("force at no slip", contacts.fy[0], 0.0, 0.0);
    expect_near("grip at no slip", contacts.grip_y[0], 1.0, 0.0);
    expect_near("slope at no slip, N", contacts.slope_x[0], 619.2e3, 1e-6);
    one_wheel(&tyre, 0.0, 0.9, 41.7e3, 0.8);
    expect_near("grip of a sliding tyre", contacts.grip_y[0], 0.8 * 41.7e3 / (236.1e3 * 0.9), 1e-12);
    expect_near("moment of a sliding tyre", contacts.mz[0], 0.0, 1e-9);
    for (double load = 1.0; load > 1e-12; load *= 0.1) {
        one_wheel(&tyre, 0.2, 0.3, load, 0.8);
        expect_at_most("force over load", hypot(contacts.fx[0], contacts.fy[0]) / load, 0.8 * 1.11);
    }
    one_wheel(&tyre, 0.2, 0.3, 0.0, 0.8);
    expect_near("force without load", hypot(contacts.fx[0], contacts.fy[0]), 0.0, 0.0);
    one_wheel(&tyre, 0.2, -0.3, 41.7e3, 0.8);
    double fx = contacts.fx[0], fy = contacts.fy[0], mz = contacts.mz[0];
    one_wheel(&tyre, 0.2, 0.3, 41.7e3, 0.8);
    assert_true(fx == contacts.fx[0] && fy == -contacts.fy[0] && mz == -contacts.mz[0]);
}

static void stiffness_follows_the_load_as_the_file_says(void **unused)
{
    (void)unused;
    VehicleTyre tyre = default_tyre(TYRE_BRUSH);
    TyreCoefficients coefficients;
    const struct {
        StiffnessLoad law;
        double half, one, two; /* stiffness over its nominal value at that load */
    } laws[] = {
        {STIFFNESS_CONSTANT, 1.0, 1.0, 1.0},
        {STIFFNESS_PROPORTIONAL, 0.5, 1.0, 2.0},
        {STIFFNESS_ARCTANGENT, sin(2.0 * atan(0.5 / 3.3343)) / sin(2.0 * atan(1.0 / 3.3343)), 1.0,
         sin(2.0 * atan(2.0 / 3.3343)) / sin(2.0 * atan(1.0 / 3.3343))},
    };
    const TyreModel *const models[] = {&tyre_linear, &tyre_brush, &tyre_magic_formula};
    for (int m = 0; m < 3; m++) {
        for (int i = 0; i < 3; i++) {
            double slope_x, half, one, two;
            tyre.stiffness_load = (int32_t)laws[i].law;
            models[m]->prepare(&tyre, &coefficients);
            models[m]->stiffness(&coefficients, 0.5 * 41.7e3, &slope_x, &half);
            models[m]->stiffness(&coefficients, 41.7e3, &slope_x, &one);
            models[m]->stiffness(&coefficients, 2.0 * 41.7e3, &slope_x, &two);
            expect_near("half the load", half / 236.1e3, laws[i].half, 1e-9);
            expect_near("nominal load", one / 236.1e3, laws[i].one, 1e-9);
            expect_near("twice the load", two / 236.1e3, laws[i].two, 1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(side_force_is_the_curve_of_fiala),
        cmocka_unit_test(combined_forces_and_moment_are_those_of_the_bristles),
        cmocka_unit_test(friction_bounds_the_force_and_a_locked_wheel_is_pushed_back),
        cmocka_unit_test(small_slips_small_loads_and_grips_are_continuous),
        cmocka_unit_test(stiffness_follows_the_load_as_the_file_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
