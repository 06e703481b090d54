/* Brush tyre (Fiala): bristles under a parabolic pressure, adhering from the front of the contact to the share l of its
   length, sliding behind. With the theoretical slips (sx, sy) = (kappa, tan alpha)/(1 + kappa), kappa in the direction of travel, and q = |(C_x sx, C_y
   sy)|/(3 mu Fz), l = 1 - q, not below 0: F_i = C_i s_i l^2 + mu Fz (1 - 3 l^2 + 2 l^3) s_i/|s|; adhering bristles pull
   by their stiffnesses, sliding ones against the sliding velocity. For C_x = C_y that is mu Fz (1 - l^3) along the slip.
   Aligning moment by the same bristles, with the trail at zero slip a third of half the contact length: M = 3 t [C_y sy
   (l^2 - 4/3 l^3) - 3 mu Fz l^2 (1 - l)^2 sy/|s|]. Loads by tyre_law.h. Source: Pacejka, Tire and Vehicle Dynamics,
   ch. 3; Fiala 1954. Ignores: bending of the carcass, friction that changes with sliding speed, camber. */
#include "sim/train/tyre_law_lanes.h"

enum { BRUSH_TRAIL = LAW_COUNT };

/* floors that keep the divisions finite: of available force in N, of slips, of 1 + kappa of a locked wheel */
#define AVAILABLE_MIN 1e-30
#define SLIP_MIN 1e-30
#define ROLL_MIN 0.01

static void brush_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    tyre_law_prepare(tyre, STIFFNESS_ARCTANGENT, coefficients->value);
    coefficients->value[BRUSH_TRAIL] = tyre->trail;
}

static inline void brush_block(const double *c, int i, TyreContacts *contacts)
{
    TyreLaw law = tyre_law(c, i, contacts);
    real slip_x = lanes_load(contacts->slip_x + i), slip_y = lanes_load(contacts->slip_y + i);
    real forward = 1.0 - lanes_load(contacts->backing + i);
    real per_roll = 1.0 / real_max(1.0 + forward * slip_x, real_of(ROLL_MIN));
    real sx = slip_x * per_roll, sy = slip_y * per_roll;
    real slip = real_max(real_sqrt(sx * sx + sy * sy), real_of(SLIP_MIN));
    real pull_x = law.slope_x * sx, pull_y = law.slope_y * sy;
    real q =
        real_min(real_sqrt(pull_x * pull_x + pull_y * pull_y) / (3.0 * real_max(law.available, real_of(AVAILABLE_MIN))),
                 real_of(1.0));

    /* secants: adhering part, and the sliding part q^2 (1 + 2 l) of the friction over the slip */
    real l = 1.0 - q;
    real sliding = law.available * q * q * (1.0 + 2.0 * l) / slip;
    real secant_x = law.slope_x * l * l + sliding, secant_y = law.slope_y * l * l + sliding;
    real fx = secant_x * sx, fy = -secant_y * sy;
    real behind = 3.0 * law.available * l * l * q * q / slip;
    real moment = 3.0 * c[BRUSH_TRAIL] * sy * (law.slope_y * l * l * (1.0 - (4.0 / 3.0) * l) - behind);
    real use = real_sqrt(fx * fx + fy * fy) / real_max(law.available, real_of(AVAILABLE_MIN));
    lanes_store(contacts->fx + i, fx);
    lanes_store(contacts->fy + i, fy);
    lanes_store(contacts->mz + i, -moment);
    lanes_store(contacts->use + i, real_min(use, real_of(1.0)));
    lanes_store(contacts->slope_x + i, secant_x * per_roll);
    lanes_store(contacts->slope_y + i, secant_y * per_roll);
    lanes_store(contacts->grip_x + i, real_min(secant_x / real_max(law.slope_x, real_of(SLIP_MIN)), real_of(1.0)));
    lanes_store(contacts->grip_y + i, real_min(secant_y / real_max(law.slope_y, real_of(SLIP_MIN)), real_of(1.0)));
}

static void brush_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    for (int i = first; i < first + count; i += ART_LANES) brush_block(coefficients->value, i, contacts);
}

const TyreModel tyre_brush = {brush_prepare, brush_forces, tyre_law_stiffness, tyre_stated_relaxation};
