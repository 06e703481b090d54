/* Magic formula with similar slips: q = |(C_x s_x, C_y s_y)|/(mu Fz), force mu Fz f(q) with f(q) = sin(C atan(u)),
   u = b - E (b - atan b), b = q/C, so that f'(0) = 1. Load: C(Fz) = C0 sin(2 atan(Fz/(P F0)))/sin(2 atan(1/P)),
   mu(Fz) = mu0 (1 - k (Fz - F0)/F0). The force points along (C_x s_x, C_y s_y) while the tyre adheres and turns
   against the sliding velocity (s_x, s_y) as q passes the peak, so that a locked wheel is pushed straight back.
   Aligning moment: pneumatic trail that falls linearly to zero at the peak. Source: Pacejka, Tire and Vehicle
   Dynamics, ch. 4 (similarity method and PKY, PDY laws). Ignores: camber, ply steer, conicity, inflation pressure,
   temperature. */
#include "sim/train/tyre_law_lanes.h"
#include "sim/base/elementary.h"

enum {
    MF_SLOPE_RATIO = LAW_COUNT, /* C_y0/C_x0 */
    MF_C,
    MF_E,
    MF_INVERSE_C,
    MF_PEAK,                    /* q at which f is largest */
    MF_INVERSE_Q_PEAK,
    MF_TRAIL
};

/* floors that keep the divisions finite: of the normalised slip, and of the available force in N */
#define SLIP_MIN 1e-5
#define AVAILABLE_MIN 1e-30

static double curve(const double *c, double q)
{
    double b = q * c[MF_INVERSE_C];
    double u = b - c[MF_E] * (b - art_atan(b));
    return c[MF_C] * art_atan(u);
}

static void mf_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    double *c = coefficients->value;
    tyre_law_prepare(tyre, STIFFNESS_ARCTANGENT, c);
    c[MF_SLOPE_RATIO] = c[LAW_SLOPE_Y] / c[LAW_SLOPE_X];
    c[MF_C] = tyre->shape_c;
    c[MF_E] = tyre->shape_e;
    c[MF_INVERSE_C] = 1.0 / tyre->shape_c;
    c[MF_TRAIL] = tyre->trail;
    /* the angle C atan(u) rises with q: bisect for pi/2; a curve that never gets there peaks at the upper end */
    double low = 0.0, high = 100.0;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        if (curve(c, middle) < 0.5 * ART_PI) low = middle;
        else high = middle;
    }
    c[MF_PEAK] = 0.5 * (low + high);
    c[MF_INVERSE_Q_PEAK] = 1.0 / c[MF_PEAK];
}

/* a block of wheels; every branch is a select */
static inline void mf_block(const double *c, int i, TyreContacts *contacts)
{
    TyreLaw law = tyre_law(c, i, contacts);

    /* normalised slip and the curve */
    real inverse = 1.0 / real_max(law.available, real_of(AVAILABLE_MIN));
    real slope_qx = law.slope_x * lanes_load(contacts->slip_x + i);
    real slope_qy = law.slope_y * lanes_load(contacts->slip_y + i);
    real qx = slope_qx * inverse, qy = slope_qy * inverse;
    real square = qx * qx + qy * qy + SLIP_MIN * SLIP_MIN;
    real q = real_sqrt(square);
    real b = q * c[MF_INVERSE_C];
    real u = b - c[MF_E] * (b - lanes_atan_positive(b));
    real share = lanes_sin_half_turn(c[MF_C] * lanes_atan_positive(u));

    /* direction: from the slopes of an adhering tyre to the sliding velocity */
    real along = 1.0 + square / (square + c[MF_PEAK] * c[MF_PEAK]) * (c[MF_SLOPE_RATIO] - 1.0);
    real dx = qx * along;
    real ratio = share / real_sqrt(dx * dx + qy * qy + SLIP_MIN * SLIP_MIN);
    real fy = -ratio * slope_qy;
    real trail = c[MF_TRAIL] * real_max(1.0 - q * c[MF_INVERSE_Q_PEAK], real_of(0.0));
    lanes_store(contacts->fx + i, ratio * along * slope_qx);
    lanes_store(contacts->fy + i, fy);
    lanes_store(contacts->mz + i, -trail * fy);
    lanes_store(contacts->use + i, real_select(q > real_of(c[MF_PEAK]), real_of(1.0), share));
    lanes_store(contacts->slope_x + i, ratio * law.slope_x * along);
    lanes_store(contacts->slope_y + i, ratio * law.slope_y);
    lanes_store(contacts->grip_x + i, ratio * along);
    lanes_store(contacts->grip_y + i, ratio);
}

static void mf_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    TyreCoefficients local = *coefficients; /* not reached by the stores, so it stays in registers */
    for (int i = first; i < first + count; i += ART_LANES) mf_block(local.value, i, contacts);
}

const TyreModel tyre_magic_formula = {mf_prepare, mf_forces, tyre_law_stiffness, tyre_stated_relaxation};
