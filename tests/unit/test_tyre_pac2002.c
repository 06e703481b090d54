/* PAC2002 against the published formulas written down again, with libm, and against figures of the reference set. */
#include "tests/unit/tyre_fixture.h"
#include "sim/io/schemas.h"

static VehicleTyre reference; /* assets/tyres/315_80R22_5.tir, shifts and all */

static VehicleTyre shipped(const char *name)
{
    LoadRequest request = {.path = ART_DATA_DIR "/assets/vehicles/tractor_semitrailer.ini"};
    Loaded *loaded = load_any(&art_kit, &request);
    if (diag_count(&loaded->diag)) diag_print(&loaded->diag, stderr);
    assert_int_equal(diag_count(&loaded->diag), 0);
    const Vehicle *vehicle = loaded->parts[LOAD_VEHICLE];
    VehicleTyre tyre = vehicle->tyres[vehicle_tyre_index(vehicle, name)];
    load_free(loaded);
    return tyre;
}

static VehicleTyre without_shifts(void)
{
    VehicleTyre tyre = reference;
    tyre.pac.lhx = tyre.pac.lvx = tyre.pac.lhy = tyre.pac.lvy = tyre.pac.lvyka = 0.0;
    tyre.pac.pey3 = tyre.pac.rhx1 = tyre.pac.rby3 = tyre.pac.rhy1 = tyre.pac.rhy2 = tyre.pac.pex4 = 0.0;
    tyre.pac.qhz1 = tyre.pac.qhz2 = tyre.pac.qez4 = tyre.pac.lres = tyre.pac.ssz1 = 0.0;
    return tyre;
}

typedef struct Formula {
    double fx, fy, mz;
} Formula;

static double formula_bend(double b, double e)
{
    return b - e * (b - atan(b));
}

static double limited(double e)
{
    return e > 1.0 ? 1.0 : e;
}

static double sgn(double x)
{
    return x < 0.0 ? -1.0 : 1.0;
}

/* The formulas of the model's guide for zero camber, term by term; a tyre on its measured side. */
static Formula formula(const VehicleTyre *tyre, double kappa, double alpha, double fz, double lambda)
{
    const Pac2002 *p = &tyre->pac;
    double fz0 = tyre->nominal_load * p->lfzo, df = (fz - fz0) / fz0, r0 = p->unloaded_radius;
    double lmux = p->lmux * lambda, lmuy = p->lmuy * lambda;
    /* longitudinal, pure */
    double shx = (p->phx1 + p->phx2 * df) * p->lhx, kx = kappa + shx;
    double cx = p->pcx1 * p->lcx, mux = (p->pdx1 + p->pdx2 * df) * lmux, dx = mux * fz;
    double ex = limited((p->pex1 + p->pex2 * df + p->pex3 * df * df) * (1.0 - p->pex4 * sgn(kx)) * p->lex);
    double kxk = fz * (p->pkx1 + p->pkx2 * df) * exp(p->pkx3 * df) * p->lkx, bx = kxk / (cx * dx);
    double svx = fz * (p->pvx1 + p->pvx2 * df) * p->lvx * lmux;
    double fx0 = dx * sin(cx * atan(formula_bend(bx * kx, ex))) + svx;
    /* lateral, pure */
    double shy = (p->phy1 + p->phy2 * df) * p->lhy, ay = alpha + shy;
    double cy = p->pcy1 * p->lcy, muy = (p->pdy1 + p->pdy2 * df) * lmuy, dy = muy * fz;
    double ey = limited((p->pey1 + p->pey2 * df) * (1.0 - p->pey3 * sgn(ay)) * p->ley);
    double kya = p->pky1 * fz0 * sin(2.0 * atan(fz / (p->pky2 * fz0))) * p->lky, by = kya / (cy * dy);
    double svy = fz * (p->pvy1 + p->pvy2 * df) * p->lvy * lmuy;
    double fy0 = dy * sin(cy * atan(formula_bend(by * ay, ey))) + svy;
    /* combined */
    double shxa = p->rhx1, bxa = p->rbx1 * cos(atan(p->rbx2 * kappa)) * p->lxal, exa = limited(p->rex1 + p->rex2 * df);
    double gxa = cos(p->rcx1 * atan(formula_bend(bxa * (alpha + shxa), exa))) /
                 cos(p->rcx1 * atan(formula_bend(bxa * shxa, exa)));
    double shyk = p->rhy1 + p->rhy2 * df, byk = p->rby1 * cos(atan(p->rby2 * (alpha - p->rby3))) * p->lyka;
    double eyk = limited(p->rey1 + p->rey2 * df);
    double gyk = cos(p->rcy1 * atan(formula_bend(byk * (kappa + shyk), eyk))) /
                 cos(p->rcy1 * atan(formula_bend(byk * shyk, eyk)));
    double dvyk = muy * fz * (p->rvy1 + p->rvy2 * df) * cos(atan(p->rvy4 * alpha));
    double svyk = dvyk * sin(p->rvy5 * atan(p->rvy6 * kappa)) * p->lvyka;
    double fx = gxa * fx0, fy = gyk * fy0 + svyk;
    /* aligning moment */
    double sht = p->qhz1 + p->qhz2 * df, at = alpha + sht, shf = shy + svy / kya, ar = alpha + shf;
    double bt = (p->qbz1 + p->qbz2 * df + p->qbz3 * df * df) * p->lky / lmuy, ct = p->qcz1;
    double dt = fz * (p->qdz1 + p->qdz2 * df) * (r0 / fz0) * p->ltr;
    double et =
        limited((p->qez1 + p->qez2 * df + p->qez3 * df * df) * (1.0 + p->qez4 * (2.0 / ART_PI) * atan(bt * ct * at)));
    double br = p->qbz9 * p->lky / lmuy + p->qbz10 * by * cy, dr = fz * (p->qdz6 + p->qdz7 * df) * p->lres * r0 * lmuy;
    double ratio = kxk / kya * kappa;
    double ateq = atan(sqrt(pow(tan(at), 2.0) + ratio * ratio)) * sgn(at);
    double areq = atan(sqrt(pow(tan(ar), 2.0) + ratio * ratio)) * sgn(ar);
    double trail = dt * cos(ct * atan(formula_bend(bt * ateq, et))) * cos(alpha);
    double mzr = dr * cos(atan(br * areq)) * cos(alpha), s = r0 * (p->ssz1 + p->ssz2 * fy / fz0) * p->ls;
    return (Formula){fx, fy, -trail * (fy - svyk) + mzr + s * fx};
}

static void reference_set_has_its_published_figures(void **unused)
{
    (void)unused;
    VehicleTyre tyre = without_shifts();
    TyreCoefficients coefficients;
    tyre_pac2002.prepare(&tyre, &coefficients);
    double slope_x, slope_y, sigma_x, sigma_y;
    tyre_pac2002.stiffness(&coefficients, 35e3, &slope_x, &slope_y);
    expect_near("C_alpha, kN/rad", slope_y * 1e-3, 198.1805, 5e-5);
    expect_near("C_kappa, kN", slope_x * 1e-3, 519.680, 5e-4);
    tyre_pac2002.relaxation(&tyre, &sigma_x, &sigma_y);
    expect_near("sigma_kappa, m", sigma_x, 0.822, 5e-7);
    expect_near("sigma_alpha, m", sigma_y, 0.45352, 5e-6);
    double road = tyre.pac.reference_friction;
    one_wheel_of(&tyre, 0.0, tan(4.0 * ART_PI / 180.0), 35e3, road, 1.0);
    expect_near("Fy at 4 degrees, kN", -contacts.fy[0] * 1e-3, 12.61793, 5e-6);
    one_wheel_of(&tyre, 0.05, 0.0, 35e3, road, 1.0);
    expect_near("Fx at kappa 0.05, kN", contacts.fx[0] * 1e-3, 20.29572, 5e-6);
}

static void expect_formula(const VehicleTyre *tyre, double kappa, double alpha, double load, double road)
{
    Formula f = formula(tyre, kappa, alpha, load, road / tyre->pac.reference_friction);
    one_wheel_of(tyre, kappa, tan(alpha), load, road, 1.0);
    expect_near("Fx, N", contacts.fx[0], f.fx, 1e-9 * load);
    expect_near("Fy, N", contacts.fy[0], f.fy, 1e-9 * load);
    expect_near("Mz, Nm", contacts.mz[0], f.mz, 1e-9 * load);
}

static void forces_and_moment_are_those_of_the_published_formulas(void **unused)
{
    (void)unused;
    VehicleTyre plain = without_shifts(), scaled = reference;
    scaled.pac.lky = 0.8;
    scaled.pac.lmux = 0.9;
    scaled.pac.lmuy = 1.1;
    scaled.pac.lcy = 1.05;
    scaled.pac.ley = 0.7;
    scaled.pac.lkx = 1.2;
    scaled.pac.qbz10 = 0.3;
    scaled.pac.lfzo = 1.3;
    for (int i = 0; i < 13; i++) {
        for (int j = 0; j < 13; j++) {
            for (int k = 0; k < 5; k++) {
                double kappa = 0.9 * pow((i - 6) / 6.0, 3.0), alpha = 0.8 * pow((j - 6) / 6.0, 3.0);
                double load = 4e3 + 16e3 * k, road = 0.25 * (k % 4 + 1);
                expect_formula(&plain, kappa, alpha, load, road);
                expect_formula(&reference, kappa, alpha, load, road);
                expect_formula(&scaled, kappa, alpha, load, road);
            }
        }
    }
}

static void the_other_side_mirrors_and_both_sides_as_one_are_symmetric(void **unused)
{
    (void)unused;
    for (int i = 0; i < 60; i++) {
        double kappa = 0.2 * sin(1.3 * i), slope = 0.3 * sin(2.1 * i);
        one_wheel_of(&reference, kappa, slope, 30e3, 0.7, 1.0);
        double fx = contacts.fx[0], fy = contacts.fy[0], mz = contacts.mz[0];
        one_wheel_of(&reference, kappa, -slope, 30e3, 0.7, -1.0);
        assert_true(fx == contacts.fx[0] && fy == -contacts.fy[0] && mz == -contacts.mz[0]);
        one_wheel_of(&reference, kappa, slope, 30e3, 0.7, 0.0);
        fy = contacts.fy[0];
        one_wheel_of(&reference, kappa, -slope, 30e3, 0.7, 0.0);
        assert_true(fy == -contacts.fy[0]);
    }
    VehicleTyre right = reference;
    right.pac.tyreside = 1;
    one_wheel_of(&right, 0.02, 0.05, 30e3, 0.8, -1.0);
    double fy = contacts.fy[0];
    one_wheel_of(&reference, 0.02, 0.05, 30e3, 0.8, 1.0);
    expect_near("a right tyre on the right", fy, contacts.fy[0], 0.0);
}

static void force_stays_in_the_friction_ellipse_and_is_odd_without_shifts(void **unused)
{
    (void)unused;
    VehicleTyre tyre = without_shifts();
    double mux = tyre.pac.pdx1, muy = tyre.pac.pdy1;
    for (int i = -30; i <= 30; i++) {
        for (int j = -30; j <= 30; j++) {
            double kappa = 0.03 * i, slope = 0.03 * j;
            one_wheel_of(&tyre, kappa, slope, 35e3, 0.8, 1.0);
            double fx = contacts.fx[0], fy = contacts.fy[0];
            /* the weighting functions are no exact ellipse: 5 % beyond is what this set has at most */
            expect_at_most("force over the ellipse", hypot(fx / (mux * 35e3), fy / (muy * 35e3)), 1.05);
            one_wheel_of(&tyre, -kappa, -slope, 35e3, 0.8, 1.0);
            expect_near("Fx mirrored", contacts.fx[0], -fx, 1e-9);
            expect_near("Fy mirrored", contacts.fy[0], -fy, 1e-9);
        }
    }
}

static void force_goes_to_zero_with_load_friction_and_slip(void **unused)
{
    (void)unused;
    VehicleTyre tyre = without_shifts();
    for (double load = 1.0; load > 1e-12; load *= 0.1) {
        one_wheel_of(&tyre, 0.1, 0.1, load, 0.8, 1.0);
        expect_at_most("force over load", hypot(contacts.fx[0], contacts.fy[0]) / load, 1.4);
        assert_true(isfinite(contacts.mz[0]) && isfinite(contacts.slope_x[0]) && isfinite(contacts.grip_y[0]));
    }
    one_wheel_of(&reference, 0.1, 0.1, 0.0, 0.8, 1.0);
    expect_near("no load", hypot(contacts.fx[0], contacts.fy[0]), 0.0, 1e-12);
    one_wheel_of(&reference, 0.1, 0.1, 30e3, 0.0, 1.0);
    expect_near("no friction", hypot(contacts.fx[0], contacts.fy[0]), 0.0, 1e-4);
    one_wheel_of(&tyre, 1e-12, 1e-12, 35e3, 0.8, 1.0);
    expect_near("slope of Fx", contacts.fx[0] / 1e-12, 519.680e3, 0.5);
    expect_near("slope of Fy", -contacts.fy[0] / 1e-12, 198.1805e3, 0.5);
    expect_near("grip", contacts.grip_x[0], 1.0, 1e-9);
    expect_near("grip", contacts.grip_y[0], 1.0, 1e-9);
}

static void relaxation_length_follows_load_and_shrinks_with_slip(void **unused)
{
    (void)unused;
    VehicleTyre tyre = without_shifts();
    for (double load = 5e3; load < 80e3; load *= 1.5) {
        double df = load / 35e3 - 1.0;
        double x = load * (1.5 + 1.4 * df) * exp(-df) * 0.548 / 35e3,
               y = 1.2 * sin(2.0 * atan(load / (2.5 * 35e3))) * 0.548;
        one_wheel_of(&tyre, 0.0, 0.0, load, 0.8, 1.0);
        expect_near("sigma_kappa", contacts.grip_x[0] * 0.822, fmax(x, 0.0), 1e-9);
        expect_near("sigma_alpha", contacts.grip_y[0] * 0.4535172, y, 1e-6);
    }
    double before = 2.0;
    for (double slope = 0.0; slope < 1.0; slope += 0.05) {
        one_wheel_of(&tyre, 0.0, slope, 35e3, 0.8, 1.0);
        expect_at_most("relaxation shrinks", contacts.grip_y[0], before);
        before = contacts.grip_y[0];
    }
    expect_at_most("relaxation of a sliding tyre over its length", before, 0.2);
}

static void use_is_one_past_the_peak(void **unused)
{
    (void)unused;
    VehicleTyre tyre = without_shifts();
    double largest = 0.0, at = 0.0;
    for (double slope = 0.0; slope < 1.5; slope += 1e-3) {
        one_wheel_of(&tyre, 0.0, slope, 35e3, 0.8, 1.0);
        if (-contacts.fy[0] > largest) {
            largest = -contacts.fy[0];
            at = slope;
        }
    }
    expect_near("largest side force over load", largest / 35e3, 0.73957, 1e-6);
    one_wheel_of(&tyre, 0.0, at + 0.01, 35e3, 0.8, 1.0);
    expect_near("use past the peak", contacts.use[0], 1.0, 0.0);
    one_wheel_of(&tyre, 0.0, 0.3 * at, 35e3, 0.8, 1.0);
    expect_near("use before", contacts.use[0], -contacts.fy[0] / (0.73957 * 35e3), 1e-9);
    one_wheel_of(&tyre, -1.0, 0.0, 35e3, 0.8, 1.0);
    expect_near("use of a locked wheel", contacts.use[0], 1.0, 0.0);
}

static void twins_are_two_tyres_at_half_the_load(void **unused)
{
    (void)unused;
    VehicleTyre twin = shipped("twin");
    double x1, y1, x2, y2;
    for (double load = 10e3; load < 70e3; load += 10e3) {
        one_wheel_of(&reference, 0.03, 0.04, load, 0.7, 1.0);
        double fx = contacts.fx[0], fy = contacts.fy[0], mz = contacts.mz[0];
        one_wheel_of(&twin, 0.03, 0.04, 2.0 * load, 0.7, 1.0);
        expect_near("Fx", contacts.fx[0], 2.0 * fx, 1e-9 * load);
        expect_near("Fy", contacts.fy[0], 2.0 * fy, 1e-9 * load);
        expect_near("Mz", contacts.mz[0], 2.0 * mz, 1e-9 * load);
    }
    TyreCoefficients one, two;
    tyre_pac2002.prepare(&reference, &one);
    tyre_pac2002.prepare(&twin, &two);
    tyre_pac2002.stiffness(&one, 30e3, &x1, &y1);
    tyre_pac2002.stiffness(&two, 60e3, &x2, &y2);
    expect_near("slip stiffness", x2, 2.0 * x1, 1e-6);
    expect_near("cornering stiffness", y2, 2.0 * y1, 1e-6);
}

static void wheels_of_a_group_do_not_depend_on_their_place(void **unused)
{
    (void)unused;
    TyreCoefficients coefficients;
    double alone[7], moment[7];
    for (int w = 0; w < 7; w++) {
        one_wheel_of(&reference, 0.02 * w - 0.05, 0.06 - 0.03 * w, 20e3 + 4e3 * w, 0.5 + 0.05 * w, w % 2 ? -1.0 : 1.0);
        alone[w] = contacts.fy[0];
        moment[w] = contacts.mz[0];
    }
    memset(&contacts, 0, sizeof contacts);
    for (int w = 0; w < 7; w++) {
        contacts.slip_x[w + 5] = 0.02 * w - 0.05;
        contacts.slip_y[w + 5] = 0.06 - 0.03 * w;
        contacts.load[w + 5] = 20e3 + 4e3 * w;
        contacts.friction[w + 5] = 0.5 + 0.05 * w;
        contacts.side[w + 5] = w % 2 ? -1.0 : 1.0;
    }
    tyre_pac2002.prepare(&reference, &coefficients);
    tyre_pac2002.forces(&coefficients, 5, 7, &contacts);
    for (int w = 0; w < 7; w++) {
        expect_near("side force", contacts.fy[w + 5], alone[w], 0.0);
        expect_near("aligning moment", contacts.mz[w + 5], moment[w], 0.0);
    }
}

static void the_set_tells_driving_from_braking_in_either_direction(void **unused)
{
    (void)unused;
    VehicleTyre tyre = reference;
    tyre.pac.pex4 = 0.5;
    tyre.pac.rhy1 = 0.02;
    tyre.pac.rvy1 = 0.05;
    tyre.pac.rvy5 = 1.9;
    tyre.pac.rvy6 = 20.0;
    tyre.pac.ssz1 = 0.02;
    expect_at_most("100 N over what the direction makes", 100.0 / expect_turned_round(&tyre), 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_set_has_its_published_figures),
        cmocka_unit_test(forces_and_moment_are_those_of_the_published_formulas),
        cmocka_unit_test(the_other_side_mirrors_and_both_sides_as_one_are_symmetric),
        cmocka_unit_test(force_stays_in_the_friction_ellipse_and_is_odd_without_shifts),
        cmocka_unit_test(force_goes_to_zero_with_load_friction_and_slip),
        cmocka_unit_test(relaxation_length_follows_load_and_shrinks_with_slip),
        cmocka_unit_test(use_is_one_past_the_peak),
        cmocka_unit_test(wheels_of_a_group_do_not_depend_on_their_place),
        cmocka_unit_test(twins_are_two_tyres_at_half_the_load),
        cmocka_unit_test(the_set_tells_driving_from_braking_in_either_direction),
    };
    reference = shipped("single");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
