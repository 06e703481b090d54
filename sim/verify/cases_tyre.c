/* Tyres alone, one wheel on a road: the published figures of the PAC2002 reference set and Fiala's curve. */
#include <math.h>
#include "sim/base/elementary.h"
#include "sim/train/tyre.h"
#include "sim/verify/rig.h"
#include "sim/verify/verify.h"

/* One left wheel. */
typedef struct Wheel {
    const VehicleTyre *tyre;
    TyreCoefficients coefficients;
    TyreContacts contacts;
} Wheel;

static Wheel *wheel_new(const VehicleTyre *tyre)
{
    Wheel *wheel = memory_new(sizeof *wheel);
    wheel->tyre = tyre;
    tyre_models[tyre->model]->prepare(tyre, &wheel->coefficients);
    return wheel;
}

static void wheel_forces(Wheel *wheel, double slip, double slip_angle, double load, double friction)
{
    wheel->contacts.slip_x[0] = slip;
    wheel->contacts.slip_y[0] = tan(slip_angle);
    wheel->contacts.load[0] = load;
    wheel->contacts.friction[0] = friction;
    wheel->contacts.side[0] = 1.0;
    tyre_models[wheel->tyre->model]->forces(&wheel->coefficients, 0, 1, &wheel->contacts);
}

/* The shipped reference set without shifts and differences of sides. */
static int reference_tyre(const VerifyContext *context, VehicleTyre *tyre)
{
    for (int v = 0; v < context->vehicle_count; v++) {
        for (int t = 0; t < context->vehicles[v]->tyre_count; t++) {
            *tyre = context->vehicles[v]->tyres[t];
            if (tyre->model != TYRE_PAC2002 || tyre->pac.lfzo != 1.0) continue;
            tyre->pac.lhx = tyre->pac.lvx = tyre->pac.lhy = tyre->pac.lvy = tyre->pac.lvyka = 0.0;
            tyre->pac.pey3 = tyre->pac.rhx1 = tyre->pac.rhy1 = tyre->pac.rhy2 = 0.0;
            return 1;
        }
    }
    return 0;
}

static void reference_set(const VerifyContext *context, VerifyResult *result)
{
    VehicleTyre tyre;
    if (!reference_tyre(context, &tyre)) return;
    double slope_x, slope_y, sigma_x, sigma_y, road = tyre.pac.reference_friction;
    Wheel *wheel = wheel_new(&tyre);
    tyre_pac2002.stiffness(&wheel->coefficients, 35e3, &slope_x, &slope_y);
    tyre_pac2002.relaxation(&tyre, &sigma_x, &sigma_y);
    verify_near(result, "cornering stiffness at 35 kN", "kN/rad", 198.1805, slope_y * 1e-3, 5e-5);
    verify_near(result, "slip stiffness at 35 kN", "kN", 519.680, slope_x * 1e-3, 5e-4);
    verify_near(result, "lateral relaxation length", "m", 0.45352, sigma_y, 5e-6);
    verify_near(result, "longitudinal relaxation length", "m", 0.822, sigma_x, 5e-7);
    wheel_forces(wheel, 0.0, 4.0 * ART_PI / 180.0, 35e3, road);
    verify_near(result, "side force at 4 degrees", "kN", 12.61793, -wheel->contacts.fy[0] * 1e-3, 5e-6);
    wheel_forces(wheel, 0.05, 0.0, 35e3, road);
    verify_near(result, "drive force at slip 0.05", "kN", 20.29572, wheel->contacts.fx[0] * 1e-3, 5e-6);

    plot_begin(&result->plot, "slip angle, degrees", "side force, kN", 0, 0);
    const double slips[] = {0.0, 0.0, 0.0, -0.05, -0.1}, loads[] = {17.5e3, 35e3, 52.5e3, 35e3, 35e3};
    const char *const names[] = {"17.5 kN", "35 kN", "52.5 kN", "35 kN, slip -0.05", "35 kN, slip -0.1"};
    for (int i = 0; i < 5; i++) {
        int series = plot_series(&result->plot, i < 3 ? PLOT_LINE : PLOT_DASHED, names[i]);
        for (double degrees = 0.0; degrees <= 20.0; degrees += 0.25) {
            wheel_forces(wheel, slips[i], degrees * ART_PI / 180.0, loads[i], road);
            plot_point(&result->plot, series, degrees, -wheel->contacts.fy[0] * 1e-3);
        }
    }
    memory_free(wheel);
    text_add(&result->note,
             "Shifts and the difference between the signs of the slip angle are off, as the figures ask. "
             "Unit tests compare the forces and the moment, shifts on, with the published formulas over a "
             "grid of both slips, load and friction.");
}

static void fiala(const VerifyContext *context, VerifyResult *result)
{
    VehicleTyre tyre = context->art3->tyres[0], same = tyre;
    tyre.model = TYRE_BRUSH;
    same.model = TYRE_MAGIC_FORMULA;
    double c = tyre.cornering_stiffness, load = tyre.nominal_load, mu = 0.8 * tyre.friction, most = mu * load,
           worst = 0.0;
    Wheel *wheel = wheel_new(&tyre);
    plot_begin(&result->plot, "slip angle, degrees", "side force over load", 0, 0);
    int closed = plot_series(&result->plot, PLOT_LINE, "Fiala"), brush = plot_series(&result->plot, PLOT_DOTS, "brush");
    int formula = plot_series(&result->plot, PLOT_DASHED, "magic formula, same stiffness and friction");
    Wheel *other = wheel_new(&same);
    for (double degrees = 0.0; degrees <= 25.0; degrees += 0.5) {
        double slip = tan(degrees * ART_PI / 180.0), q = c * slip / (3.0 * most);
        double expected = q < 1.0 ? c * slip - c * c * slip * slip / (3.0 * most) +
                                        c * c * c * slip * slip * slip / (27.0 * most * most)
                                  : most;
        wheel_forces(wheel, 0.0, degrees * ART_PI / 180.0, load, 0.8);
        wheel_forces(other, 0.0, degrees * ART_PI / 180.0, load, 0.8);
        worst = fmax(worst, fabs(-wheel->contacts.fy[0] - expected));
        plot_point(&result->plot, closed, degrees, expected / load);
        plot_point(&result->plot, brush, degrees, -wheel->contacts.fy[0] / load);
        plot_point(&result->plot, formula, degrees, -other->contacts.fy[0] / load);
    }
    verify_at_most(result, "largest difference to Fiala's curve over friction times load", "", 1e-12, worst / most);
    double slides = atan(3.0 * most / c);
    wheel_forces(wheel, 0.0, slides, load, 0.8);
    verify_near(result, "force where the whole contact slides", "kN", most * 1e-3, -wheel->contacts.fy[0] * 1e-3, 1e-9);
    verify_near(result, "aligning moment there", "Nm", 0.0, wheel->contacts.mz[0], 1e-9);
    wheel_forces(wheel, -1.0, ART_PI / 4.0, load, 0.8);
    verify_near(result, "locked wheel at 45 degrees: direction of the force against the sliding", "rad", ART_PI / 4.0,
                atan2(-wheel->contacts.fy[0], -wheel->contacts.fx[0]), 1e-12);
    memory_free(wheel);
    memory_free(other);
}

static const VerifyCase cases[] = {
    {"pac2002_reference",
     "the public PAC2002 set of a 315/80R22.5 gives its stiffnesses, relaxation lengths and forces",
     "PAC2002 user's guide, truck tyre; figures computed from the published formulas at 35 kN", reference_set},
    {"fiala_curve", "the brush tyre's side force is Fiala's cubic in the tangent of the slip angle",
     "Fiala 1954; Pacejka, Tire and Vehicle Dynamics, ch. 3", fiala},
};
const VerifyGroup verify_tyre = {"Tyres", "One wheel at given slips, load and friction.", cases,
                                 sizeof cases / sizeof cases[0]};
