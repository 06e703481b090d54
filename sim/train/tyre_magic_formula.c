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

/* A block of wheels on its way through the formula. */
typedef struct MfBlock {
    TyreLaw law;
    real slope_qx, slope_qy; /* N */
    real qx, qy, square, q;  /* normalised slip */
    real b, u, share;        /* of the curve */
} MfBlock;

static inline MfBlock mf_slip(const double *c, int i, const TyreContacts *contacts)
{
    MfBlock w = {.law = tyre_law(c, i, contacts)};
    real inverse = 1.0 / real_max(w.law.available, real_of(AVAILABLE_MIN));
    w.slope_qx = w.law.slope_x * lanes_load(contacts->slip_x + i);
    w.slope_qy = w.law.slope_y * lanes_load(contacts->slip_y + i);
    w.qx = w.slope_qx * inverse;
    w.qy = w.slope_qy * inverse;
    w.square = w.qx * w.qx + w.qy * w.qy + SLIP_MIN * SLIP_MIN;
    w.q = real_sqrt(w.square);
    w.b = w.q * c[MF_INVERSE_C];
    return w;
}

/* Direction: from the slopes of an adhering tyre to the sliding velocity. */
static inline void mf_force(const double *c, const MfBlock *w, int i, TyreContacts *contacts)
{
    real along = 1.0 + w->square / (w->square + c[MF_PEAK] * c[MF_PEAK]) * (c[MF_SLOPE_RATIO] - 1.0);
    real dx = w->qx * along;
    real ratio = w->share / real_sqrt(dx * dx + w->qy * w->qy + SLIP_MIN * SLIP_MIN);
    real fy = -ratio * w->slope_qy;
    real trail = c[MF_TRAIL] * real_max(1.0 - w->q * c[MF_INVERSE_Q_PEAK], real_of(0.0));
    lanes_store(contacts->fx + i, ratio * along * w->slope_qx);
    lanes_store(contacts->fy + i, fy);
    lanes_store(contacts->mz + i, -trail * fy);
    lanes_store(contacts->use + i, real_select(w->q > real_of(c[MF_PEAK]), real_of(1.0), w->share));
    lanes_store(contacts->slope_x + i, ratio * w->law.slope_x * along);
    lanes_store(contacts->slope_y + i, ratio * w->law.slope_y);
    lanes_store(contacts->grip_x + i, ratio * along);
    lanes_store(contacts->grip_y + i, ratio);
}

enum { MF_ABREAST = 3 }; /* blocks: the formula is a chain of divisions and roots, and another block's fill its gaps */

/* Up to MF_ABREAST blocks, step by step; every branch is a select. */
static inline void mf_blocks(const double *c, int first, int blocks, TyreContacts *contacts)
{
    MfBlock w[MF_ABREAST];
    for (int k = 0; k < blocks; k++) w[k] = mf_slip(c, first + k * ART_LANES, contacts);
    for (int k = 0; k < blocks; k++) w[k].u = w[k].b - c[MF_E] * (w[k].b - lanes_atan_positive(w[k].b));
    for (int k = 0; k < blocks; k++) w[k].share = lanes_sin_half_turn(c[MF_C] * lanes_atan_positive(w[k].u));
    for (int k = 0; k < blocks; k++) mf_force(c, &w[k], first + k * ART_LANES, contacts);
}

static void mf_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    TyreCoefficients local = *coefficients; /* not reached by the stores, so it stays in registers */
    int i = first, end = first + count;
    for (; i + (MF_ABREAST - 1) * ART_LANES < end; i += MF_ABREAST * ART_LANES)
        mf_blocks(local.value, i, MF_ABREAST, contacts);
    for (; i < end; i += ART_LANES) mf_blocks(local.value, i, 1, contacts);
}

const TyreModel tyre_magic_formula = {mf_prepare, mf_forces, tyre_law_stiffness, tyre_stated_relaxation};
